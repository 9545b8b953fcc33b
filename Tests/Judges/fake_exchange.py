"""A fake Exchange Online for the tests: its cmdlets over the objects of exchange_store, the DNS,
files, and the person at the console."""

import copy
import re

from exchange_store import LISTS, LOOSE, READS, refuse
from powershell_builtins import BUILT_IN, Cmdlet
from powershell_values import Item, PSError, Unsupported, text, truth


class World:
    """What the scripts touch: Exchange, the DNS, files and the person at the console."""

    def __init__(self, store, dns):
        self.store, self.dns = store, dns
        self.files = {}
        self.fresh()

    def fresh(self, fail_at=0, answers=True):
        self.reads, self.changes, self.said, self.what_if = [], [], [], []
        self.errors, self.hazards, self.late, self.questions = [], [], [], []
        self.fail_at, self.answers, self.failed = fail_at, answers, False
        self.transcripts, self.transcript = [], None

    def cmdlet(self, interpreter, supports):
        return Cmdlet(self, interpreter, supports)

    def asks(self, question):
        self.questions.append(question)
        return self.answers

    def write(self, path, content):
        self.files[path] = content

    def read(self, path):
        self.reading("ReadAllText")
        if path not in self.files:
            raise PSError(f"Could not find file '{path}'.")
        return self.files[path]

    def exists(self, path):
        return path in self.files

    def starts_transcript(self, path):
        if self.transcript is not None:
            raise Unsupported("a transcript within a transcript")
        self.transcript = path
        self.transcripts.append(path)

    def stops_transcript(self):
        if self.transcript is None:
            raise PSError("The host is not currently transcribing.")
        self.transcript = None

    def has_command(self, name):
        return name.lower() == "resolve-dnsname"

    def reading(self, what):
        self.reads.append(what)
        if len(self.reads) == self.fail_at:
            self.failed = True
            raise PSError(f"{what}: the server did not answer.")

    def changed(self, what):
        self.changes.append(what)
        if self.failed:
            self.late.append(what)
        self.hazards += [f"after {what}: {each}" for each in self.store.hazards()]

    def call(self, interpreter, name, given, positional, received, output):
        key = name.lower()
        if key in BUILT_IN:
            BUILT_IN[key](interpreter, given, positional, received, output)
            return
        if received is not None or positional:
            raise Unsupported(f"{name} with the pipeline or without names of parameters")
        given = dict(given)
        action = text(given.pop("erroraction", "Continue")).lower()
        if action not in ("stop", "continue", "silentlycontinue"):
            raise Unsupported(f"-ErrorAction {action}")
        try:
            output.extend(self.cmdlet_call(name, key, given))
        except PSError as error:
            if action == "stop":
                raise
            # A module's functions do not see the script's preference: the script goes on.
            self.errors.append(error.message)

    def cmdlet_call(self, name, key, given):
        if key == "resolve-dnsname":
            self.reading(f"{name} {given['name']} {given['type']}")
            return self.dns.answers(given)
        verb, _, noun = name.partition("-")
        kind = next((k for k in READS if k.lower() == noun.lower()), None)
        if kind is None:
            raise Unsupported(f"the command {name}")
        confirm = given.pop("confirm", None)
        if verb.lower() == "get":
            return self.get(kind, name, given)
        if kind == "OrganizationConfig" and verb.lower() == "set":
            if set(given) != {"rejectdirectsend"}:
                raise Unsupported(f"{name} with {sorted(given)}")
            refuse(not isinstance(given["rejectdirectsend"], bool), "Not a Boolean.")
            self.store.objects[kind][0]["RejectDirectSend"] = given["rejectdirectsend"]
            self.changed(f"{name} -RejectDirectSend ${text(given['rejectdirectsend']).lower()}")
            return []
        if kind in ("TransportConfig", "ArcConfig") and verb.lower() == "set":
            return self.set_single(kind, name, given)
        if kind not in LISTS:
            raise Unsupported(f"the command {name}")
        return self.change(verb.lower(), kind, name, given, confirm)

    def set_single(self, kind, name, given):
        """The settings of which there is one for the organization."""
        if kind == "TransportConfig" and set(given) == {"journalingreportndrto"}:
            value = text(given["journalingreportndrto"])
            self.store.objects[kind][0]["JournalingReportNdrTo"] = value
            self.changed(f"{name} -JournalingReportNdrTo {value}")
        elif kind == "ArcConfig" and set(given) == {"identity", "arctrustedsealers"}:
            sealers = given["arctrustedsealers"]
            sealers = sealers if isinstance(sealers, list) else [sealers]
            refuse(not sealers or any(not text(each) for each in sealers),
                   "Cannot bind an empty list.")
            # The list is replaced, and reads back as one text; a blank empties it.
            item = self.store.one(kind, text(given["identity"]))
            item["ArcTrustedSealers"] = ",".join(text(each) for each in sealers).strip()
            self.changed(f"{name} {item['ArcTrustedSealers']}")
        else:
            raise Unsupported(f"{name} with {sorted(given)}")
        return []

    def change(self, verb, kind, name, given, confirm):
        if verb == "new":
            item = self.store.new(kind, text(given.pop("name")), given)
            self.changed(f"{name} {item['Name']}")
            return [shown(item)]
        identity = text(given.pop("identity"))
        refuse(identity == "", "Identity is empty.")
        item = self.store.one(kind, identity)
        label = f"{name} {item['Name']}"
        if verb in ("remove", "disable", "validate") and confirm is not False:
            raise PSError(f"{name} asks for confirmation.")
        if verb == "set":
            self.store.set(kind, identity, given)
            label += " " + " ".join(sorted(given))
        elif verb == "remove" and not given:
            self.store.remove(kind, identity)
        elif verb in ("enable", "disable") and kind == "TransportRule" and not given:
            item["State"] = verb.capitalize() + "d"
        elif verb in ("enable", "disable") and kind == "JournalRule" and not given:
            item["Enabled"] = verb == "enable"
        elif verb == "validate" and kind == "OutboundConnector" and set(given) == {"recipients"}:
            self.reading(name)
            return [Item([("TaskName", "Send test email"), ("Status", "Succeeded")], "Validation")]
        else:
            raise Unsupported(f"{name} with {sorted(given)}")
        self.changed(label)
        return []

    def get(self, kind, name, given):
        self.reading(name)
        limit = text(given.pop("resultsize", "1000"))
        identity = given.pop("identity", None)
        pattern = given.pop("filter", None)
        found = list(self.store.objects[kind])
        if kind == "OutboundConnector":
            scoped = truth(given.pop("istransportrulescoped", False))
            test = truth(given.pop("includetestmodeconnectors", False))
            found = [item for item in found
                     if item["IsTransportRuleScoped"] == scoped and item["TestMode"] == test]
        if kind == "EXOMailbox":
            kinds = given.pop("recipienttypedetails")
            found = [item for item in found if item["RecipientTypeDetails"] in kinds]
        if given:
            raise Unsupported(f"{name} with {sorted(given)}")
        if identity is not None:
            named = [item for item in self.store.find(kind, text(identity)) if item in found]
            if not named and kind not in LOOSE:
                raise PSError(f"{kind} '{identity}' could not be found.")
            found = named or found
        if pattern is not None:
            wanted = re.fullmatch(r"EmailAddresses -eq 'smtp:((?:[^']|'')+)'", pattern)
            if kind != "Recipient" or wanted is None:
                raise Unsupported(f"{name} -Filter {pattern}")
            address = "smtp:" + wanted[1].replace("''", "'")
            found = [item for item in found if address.casefold() in
                     [text(each).casefold() for each in item["EmailAddresses"]]]
        if limit.lower() != "unlimited":
            found = found[:int(limit)]
        return [shown(item) for item in found]


def shown(item):
    return Item([(name, copy.deepcopy(value)) for name, value in sorted(item.items())], "Exchange")


class DNS:
    """Names with their records: {"kaede.example": {"MX": ["mx1.gateway.example"]}}."""

    def __init__(self, zones):
        self.zones = zones

    def answers(self, given):
        allowed = {"name", "type", "dnsonly", "nohostsfile", "server"}
        if set(given) - allowed:
            raise Unsupported(f"Resolve-DnsName with {sorted(set(given) - allowed)}")
        name, kind = text(given["name"]).lower(), text(given["type"]).upper()
        refuse(name not in self.zones, f"{name} : DNS name does not exist")
        records = self.zones[name].get(kind, [])
        if not records:
            return [Item([("Name", name), ("Type", "SOA"), ("Section", "Authority")], "Record")]
        field = {"MX": "NameExchange", "TXT": "Strings"}[kind]
        values = [[value] if kind == "TXT" else value for value in records]
        return [Item([("Name", name), ("Type", kind), ("Section", "Answer"), (field, value)],
                     "Record") for value in values]
