"""The objects of the fake Exchange Online, with the constraints that Microsoft documents (MicrosoftDocs/office-docs-powershell, exchange-ps/ExchangePowerShell).

Not documented, and chosen so that a script that relies on it fails: names of all connectors are
unique within their kind; a restriction by address needs addresses; ConnectorType has to be
given; a connector that a rule names cannot be removed; people read back by name where the test
says so."""

import copy
import ipaddress
import re

from powershell_values import PSError, Unsupported, number, text

LISTS = {
    "InboundConnector": {
        "SenderDomains", "SenderIPAddresses", "EFSkipIPs", "EFUsers", "AssociatedAcceptedDomains"},
    "OutboundConnector": {"SmartHosts", "RecipientDomains"},
    "TransportRule": {
        "From", "SenderDomainIs", "SenderIpRanges", "ExceptIfHeaderContainsWords",
        "ExceptIfSenderIpRanges"},
    "JournalRule": set(),
}
FLAGS = {
    "InboundConnector": {
        "RequireTls", "RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate",
        "EFSkipLastIP", "Enabled"},
    "OutboundConnector": {
        "UseMXRecord", "IsTransportRuleScoped", "TestMode", "Enabled", "AllAcceptedDomains",
        "RouteAllMessagesViaOnPremises", "IsValidated"},
    "TransportRule": {"StopRuleProcessing"},
    "JournalRule": {"Enabled"},
}
TEXTS = {
    "InboundConnector": {"ConnectorType", "TlsSenderCertificateName", "Comment"},
    "OutboundConnector": {
        "ConnectorType", "TlsSettings", "TlsDomain", "Comment", "LastValidationTimestamp"},
    "TransportRule": {
        "FromScope", "SentToScope", "RouteMessageOutboundConnector", "SetSCL", "Mode", "Comments",
        "ExceptIfHeaderContainsMessageHeader"},
    "JournalRule": {"JournalEmailAddress", "Scope", "Recipient"},
}
# What a new object has. RequireTls is on unless it is switched off (New-InboundConnector).
DEFAULTS = {
    "InboundConnector": {"RequireTls": True, "Enabled": True, "ConnectorSource": "Default"},
    "OutboundConnector": {"UseMXRecord": True, "Enabled": True, "ConnectorSource": "Default"},
    "TransportRule": {"State": "Enabled", "Mode": "Enforce"},
    "JournalRule": {"Enabled": False, "Scope": "Global"},
}
CHOICES = {
    "ConnectorType": {"Partner", "OnPremises"}, "FromScope": {"InOrganization", "NotInOrganization"},
    "SentToScope": {"InOrganization", "NotInOrganization"},
    "TlsSettings": {"EncryptionOnly", "CertificateValidation", "DomainValidation"},
    "Mode": {"Audit", "AuditAndNotify", "Enforce"}, "Scope": {"Global", "Internal", "External"},
}
# An unknown identity gives all objects of these kinds (the caution on each Get- page).
LOOSE = {"InboundConnector", "OutboundConnector", "AcceptedDomain", "DkimSigningConfig"}
READS = {
    "AcceptedDomain", "OrganizationConfig", "DkimSigningConfig", "ArcConfig", "RemoteDomain",
    "JournalRule", "TransportConfig", "HostedConnectionFilterPolicy", "Recipient",
    "EXOMailbox"} | set(LISTS)


def refuse(condition, message):
    if condition:
        raise PSError(message)


def network(value):
    try:
        if "-" in value:
            low, high = (ipaddress.ip_address(part.strip()) for part in value.split("-"))
            return int(low), int(high)
        found = ipaddress.ip_network(value, strict=False)
        return int(found[0]), int(found[-1])
    except ValueError:
        raise PSError(f"'{value}' is not an IP address or a range.") from None


def overlap(left, right):
    return any(
        network(a)[0] <= network(b)[1] and network(b)[0] <= network(a)[1]
        for a in left for b in right)


class Store:
    """The objects, each a dictionary of properties."""

    def __init__(self, objects, names_people):
        self.objects = {kind: [] for kind in sorted(READS)}
        self.names_people = names_people
        self.serial = 0
        for kind, items in objects.items():
            for item in items:
                self.objects[kind].append(self.completed(kind, item))

    def completed(self, kind, item):
        self.serial += 1
        result = {name: [] for name in LISTS.get(kind, ())}
        result.update({name: False for name in FLAGS.get(kind, ())})
        result.update({name: None for name in TEXTS.get(kind, ())})
        result.update(DEFAULTS.get(kind, {}))
        result.update(item)
        result.setdefault("Guid", f"00000000-0000-4000-8000-{self.serial:012d}")
        name = result.get("Name", result.get("DomainName", "Default"))
        result.setdefault("Identity", name)
        result.setdefault("DistinguishedName", f"CN={name},OU=fake")
        if kind == "TransportRule":
            result.pop("Enabled", None)
        return result

    def find(self, kind, identity):
        keys = ("Guid", "Name", "DistinguishedName", "Identity", "Domain", "DomainName",
                "PrimarySmtpAddress", "Alias", "UserPrincipalName")
        wanted = identity.casefold()
        found = [
            item for item in self.objects[kind]
            if any(text(item.get(key)).casefold() == wanted for key in keys)
            or any(text(each).casefold() in ("smtp:" + wanted, wanted)
                   for each in item.get("EmailAddresses", []))]
        return found

    def person(self, value):
        found = self.find("Recipient", value)
        refuse(len(found) != 1, f"Couldn't find the recipient '{value}'.")
        return found[0]["Name"] if self.names_people else found[0]["PrimarySmtpAddress"]

    # Changes

    def values(self, kind, parameters):
        """What the parameters write, after the types that the pages name."""
        result = {}
        for given, value in parameters.items():
            names = LISTS[kind] | FLAGS[kind] | TEXTS[kind]
            name = next((n for n in names if n.lower() == given), None)
            if name is None:
                raise Unsupported(f"{kind} with the parameter {given}")
            if name in LISTS[kind]:
                each = [] if value is None else value if isinstance(value, list) else [value]
                refuse(any(not isinstance(one, str) or "," in one for one in each),
                       f"{name} is not a list of texts.")
                value = [self.element(kind, name, one) for one in each]
            elif name in FLAGS[kind]:
                refuse(not isinstance(value, bool), f"{name} is not a Boolean.")
            elif name == "SetSCL":
                if value is not None:
                    value = number(value)
                    refuse(not -1 <= value <= 9, "SetSCL is between -1 and 9.")
                    value = str(value)
            elif value is not None:
                value = "2027-01-05" if name == "LastValidationTimestamp" else text(value) or None
                refuse(name in CHOICES and value not in CHOICES[name], f"{name} is {value}.")
            result[name] = value
        return result

    def element(self, kind, name, value):
        if name == "SenderDomains":
            refuse(not re.fullmatch(r"\*|(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*", value),
                   f"'{value}' is not a domain.")
            return f"smtp:{value};1"
        if name in ("From", "EFUsers"):
            return self.person(value)
        if name == "SenderIPAddresses":
            found = re.fullmatch(r"[0-9.]+(?:/([0-9]+))?", value)
            refuse(found is None or not 24 <= int(found[1] or 32) <= 32,
                   f"'{value}' is not an IPv4 address or a range from /24 to /32.")
        if name in ("SenderIPAddresses", "EFSkipIPs", "SenderIpRanges", "ExceptIfSenderIpRanges"):
            network(value)
        if name == "EFSkipIPs":
            inside = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
            refuse(overlap([value], inside), f"'{value}' is private.")
        if name == "ExceptIfHeaderContainsWords":
            refuse(value != value.strip(), "Words have no blanks around them.")
        return value

    def check(self, kind, item, changed):
        refuse(len(item["Name"]) > 64, "The name is longer than 64 characters.")
        if kind == "InboundConnector":
            partner = item["ConnectorType"] == "Partner"
            strict = ("RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate")
            refuse(not item["SenderDomains"], "SenderDomains is required.")
            refuse(item["ConnectorType"] is None, "ConnectorType is not given.")
            refuse(not partner and any(item[name] for name in strict),
                   "A restriction needs a connector of the type Partner.")
            refuse(item[strict[1]] and not item["TlsSenderCertificateName"],
                   "RestrictDomainsToCertificate needs TlsSenderCertificateName.")
            refuse(item[strict[0]] and not item["SenderIPAddresses"],
                   "RestrictDomainsToIPAddresses needs SenderIPAddresses.")
            refuse(item[strict[0]] and item[strict[1]],
                   "A connector is restricted by address or by certificate.")
        elif kind == "OutboundConnector":
            self.check_outbound(item, changed)
        elif kind == "JournalRule":
            refuse(not item["JournalEmailAddress"], "JournalEmailAddress is required.")
            home = {domain["DomainName"] for domain in self.objects["AcceptedDomain"]}
            refuse(item["JournalEmailAddress"].split("@")[-1] in home,
                   "Reports are not delivered to a mailbox of Exchange Online.")
        else:
            self.check_rule(item, changed)

    def check_outbound(self, item, changed):
        refuse(item["ConnectorType"] is None, "ConnectorType is not given.")
        refuse(changed.get("UseMXRecord") is False and not changed.get("SmartHosts"),
               "UseMXRecord $false needs SmartHosts on the same command line.")
        refuse(item["UseMXRecord"] and item["SmartHosts"], "SmartHosts needs UseMXRecord $false.")
        validates = item["TlsSettings"] == "DomainValidation"
        refuse(bool(item["TlsDomain"]) != validates, "TlsDomain goes with DomainValidation.")
        refuse(item["ConnectorType"] != "OnPremises"
               and (item["AllAcceptedDomains"] or item["RouteAllMessagesViaOnPremises"]),
               "The connector is not of the type OnPremises.")

    def check_rule(self, item, changed):
        refuse(bool(item["ExceptIfHeaderContainsMessageHeader"])
               != bool(item["ExceptIfHeaderContainsWords"]),
               "The name of a header and its words go together.")
        header = {"ExceptIfHeaderContainsMessageHeader", "ExceptIfHeaderContainsWords"}
        refuse(len(header & set(changed)) == 1, "The header's name and words are given together.")
        refuse(len(item["Comments"] or "") > 1024, "Comments is longer than 1024 characters.")
        conditions = ("From", "FromScope", "SentToScope", "SenderDomainIs", "SenderIpRanges")
        refuse(not any(item[name] for name in conditions), "The rule has no condition.")
        target = item["RouteMessageOutboundConnector"]
        refuse(target and len(self.find("OutboundConnector", target)) != 1,
               f"The connector '{target}' does not exist.")

    def new(self, kind, name, parameters):
        refuse(any(item["Name"].casefold() == name.casefold() for item in self.objects[kind]),
               f"The name '{name}' is taken.")
        parameters = dict(parameters)
        enabled = parameters.pop("enabled", None) if kind == "TransportRule" else None
        values = self.values(kind, parameters)
        item = self.completed(kind, {"Name": name} | values)
        if enabled is not None:
            item["State"] = "Enabled" if enabled else "Disabled"
        self.check(kind, item, values)
        self.objects[kind].append(item)
        return item

    def one(self, kind, identity):
        found = self.find(kind, identity)
        refuse(len(found) != 1, f"{kind} '{identity}' does not exist or is not unique.")
        return found[0]

    def set(self, kind, identity, parameters):
        item = self.one(kind, identity)
        values = self.values(kind, parameters)
        after = copy.deepcopy(item) | values
        self.check(kind, after, values)
        item.update(values)

    def remove(self, kind, identity):
        item = self.one(kind, identity)
        if kind == "OutboundConnector":
            for rule in self.objects["TransportRule"]:
                target = rule["RouteMessageOutboundConnector"]
                refuse(target and self.find(kind, target) == [item],
                       f"The rule '{rule['Name']}' still names the connector.")
        self.objects[kind].remove(item)

    def hazards(self):
        """States in which mail is lost or the gateway's protection is void."""
        found = []
        connectors = self.objects["InboundConnector"]
        for rule in self.objects["TransportRule"]:
            if rule["State"] != "Enabled":
                continue
            target = rule["RouteMessageOutboundConnector"]
            if target and not self.find("OutboundConnector", target)[0]["Enabled"]:
                found.append(f"the enabled rule {rule['Name']} sends to a disabled connector")
            if rule["SetSCL"] != "-1":
                continue
            for connector in connectors:
                if connector["Enabled"] and overlap(rule["SenderIpRanges"], connector["EFSkipIPs"]):
                    found.append(f"{rule['Name']} and enhanced filtering are both on")
        for connector in connectors:
            # Where all senders are restricted, nothing gets in that does not match.
            if connector["Enabled"] and connector["RequireTls"] and not (
                    connector["RestrictDomainsToIPAddresses"]
                    or connector["RestrictDomainsToCertificate"]):
                found.append(f"{connector['Name']} requires TLS of everyone")
        # It spares only what a connector takes by address or certificate.
        spared = [item for item in connectors if item["Enabled"] and "smtp:*;1" in
                  item["SenderDomains"] and (item["RestrictDomainsToIPAddresses"]
                                             or item["RestrictDomainsToCertificate"])]
        if self.objects["OrganizationConfig"][0]["RejectDirectSend"] and not spared:
            found.append("RejectDirectSend refuses own senders by way of the gateway")
        return found
