"""Walks mgc's scripts for Postfix through every stage, with mail at each, on three real instances.

Reads {"scripts": {name: text}} and prints what passed where, what the scripts said, and what was
left of the configuration.
"""

import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path

import postfix_lab as lab
from postfix_lab import CUSTOMER, GATEWAY, OUTSIDE, PRINTER, STRANGER, speak, until

HOME, IDN = "kaede.example", "xn--78j0di.example"
RECORDS = f"""\
mail.kaede.example. A {CUSTOMER}
mx1.gateway.example. A {GATEWAY}
relay.gateway.example. A {GATEWAY}
mail.outside.example. A {OUTSIDE}
{HOME}. MX 10 mail.kaede.example.
{IDN}. MX 10 mail.kaede.example.
outside.example. MX 10 mail.outside.example.
foreign.example. MX 10 mail.outside.example.
"""
LOGIN = ("user", "right")


class Walk:
    def __init__(self, folder, scripts):
        self.rows, self.runs, self.number = [], [], 0
        self.scripts = folder / "scripts"
        self.scripts.mkdir()
        for name, text in scripts.items():
            (self.scripts / name).write_text(text)
        lab.certificates(folder / "tls")
        lab.Names(folder / "names", RECORDS)
        users = folder / "users"
        users.mkdir()
        lab.Logins(users / "auth").start()
        submission = "587 inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n" \
            "  -o smtpd_client_restrictions=permit_sasl_authenticated,reject\n" \
            "2587 inet n - n - - smtpd\n  -o smtpd_sasl_auth_enable=yes\n"
        self.customer = lab.Instance(
            folder, "customer", "mail.kaede.example", CUSTOMER, {
                "virtual_mailbox_domains": f"{HOME}, {IDN}",
                "mynetworks": f"127.0.0.0/8, {PRINTER}/32",
                "smtpd_sasl_type": "dovecot", "smtpd_sasl_path": users / "auth",
                "smtp_tls_CAfile": folder / "tls" / "ca.pem",
                "smtpd_client_restrictions":
                    "permit_mynetworks,\n    # of the customer's own\n"
                    "    check_client_access inline:{198.51.100.200=REJECT}",
            }, submission)
        self.gateway = lab.Instance(
            folder, "gateway", "relay.gateway.example", GATEWAY, {
                "mynetworks": CUSTOMER,
                "relay_domains": f"{HOME}, {IDN}",
                "transport_maps": "texthash:$config_directory/transport",
                # What the vendor says: only senders of the contract may relay.
                "smtpd_sender_restrictions":
                    "check_sender_access texthash:$config_directory/senders, "
                    "check_client_access cidr:$config_directory/customers",
                "smtpd_tls_cert_file": folder / "tls" / "relay.gateway.example.pem",
                "smtpd_tls_key_file": folder / "tls" / "relay.gateway.example.key",
                "smtpd_tls_security_level": "may",
            })
        route = f"smtp:[{CUSTOMER}]:25"
        (self.gateway.config / "transport").write_text(f"{HOME} {route}\n{IDN} {route}\n")
        (self.gateway.config / "senders").write_text(f"{HOME} OK\n{IDN} OK\n<> OK\n")
        (self.gateway.config / "customers").write_text(f"{CUSTOMER} REJECT not of the contract\n")
        self.outside = lab.Instance(
            folder, "outside", "mail.outside.example", OUTSIDE, {
                "mynetworks": OUTSIDE,
                "virtual_mailbox_domains": "outside.example, foreign.example",
            })
        for instance in (self.customer, self.gateway, self.outside):
            instance.start()
        self.environment = os.environ | {"MAIL_CONFIG": str(self.customer.config)}

    # The customer's configuration

    def snapshot(self, backups=False):
        """Every file of the configuration: its mode and its bytes."""
        found = {}
        for path in sorted(self.customer.config.rglob("*")):
            name = str(path.relative_to(self.customer.config))
            if path.is_file() and (backups or not name.startswith("mailgates-backup")):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                found[name] = f"{path.stat().st_mode:o} {digest}"
        return found

    def script(self, name, *words, path=None):
        before = self.snapshot(backups=True)
        environment = self.environment | ({"PATH": path} if path else {})
        done = lab.run("/bin/sh", str(self.scripts / name), *words, check=False, env=environment)
        after = self.snapshot(backups=True)
        kept = {key: value for key, value in after.items() if key in before}
        overwritten = [
            key for key, value in before.items()
            if "/before/" in key and kept.get(key) != value]
        self.runs.append({
            "command": " ".join((name, *words)), "status": done.returncode,
            "said": done.stdout, "errors": done.stderr, "changed": before != after,
            "overwritten": overwritten})
        return done

    def act(self, name, word, *more):
        """A look, the deed, and the deed again."""
        self.script(name)
        self.script(name, word, *more)
        self.script(name, word, *more)

    def with_main(self, edit, name, *words):
        """Runs a script on a main.cf that someone changed, then brings it back."""
        main = self.customer.config / "main.cf"
        text = main.read_text()
        main.write_text(edit(text))
        self.script(name, *words)
        main.write_text(text)

    # Mail

    def token(self):
        self.number += 1
        return f"m{self.number}x"

    def send(self, stage, mail, server, source, sender, recipient, to, bounces=None, **more):
        """Sends one message and remembers how to see what became of it."""
        body = f"From: {sender}\r\nTo: {recipient}\r\nSubject: {mail}\r\n\r\n{mail}\r\n".encode()
        refusal = speak(server.address, source, sender, recipient, body, **more)
        row = {"stage": stage, "mail": mail, "path": [], "result": "passed", "answer": refusal or ""}
        self.rows.append(row)

        def finish():
            box = bounces or recipient
            holder = self.customer if box.split("@")[1] in (HOME, IDN) else self.outside
            if refusal:
                row["result"] = "refused"
                wanted = (server, f"<{sender}>", "reject")
            else:
                def why():
                    logs = [line for i in (self.customer, self.gateway, self.outside)
                            for line in i.lines(recipient.split("@")[0])]
                    return f"{stage}, {mail}: not arrived\n" + "\n".join(logs)
                message = until(lambda: holder.mail(box), why)[0]
                row["path"] = lab.path_of(message)
                if bounces:
                    row["result"] = "bounced"
                wanted = (to, f"to=<{recipient}>", "status=")
            lines = until(lambda: wanted[0].lines(*wanted[1:]), f"{stage}, {mail}: not in the log")
            row["log"] = lines[-1].split(": ", 1)[1]
            warnings = self.customer.lines(f"to=<{recipient}>", "NOQUEUE: warn: RCPT")
            row["warning"] = warnings[-1].split(": ", 1)[1] if warnings else ""
        return finish

    def mails(self, stage):
        """One message of every kind."""
        c, o, g = self.customer, self.outside, self.gateway

        def address(domain):
            return f"{self.token()}@{domain}"

        def me(domain):
            return f"s{self.number}x@{domain}"

        todo = [
            self.send(stage, "in", o, OUTSIDE, address("outside.example"), me(HOME), c),
            self.send(stage, "in to the IDN", o, OUTSIDE, address("outside.example"), me(IDN), c),
            self.send(stage, "in, unknown user", o, OUTSIDE, address("outside.example"),
                      f"nosuch{self.number}x@{HOME}", o, bounces=f"m{self.number}x@outside.example"),
            self.send(stage, "direct", c, STRANGER, address("foreign.example"), me(HOME), c),
            self.send(stage, "another customer's, by the gateway", c, GATEWAY,
                      address("foreign.example"), me(HOME), c),
            self.send(stage, "from a printer", c, PRINTER, address(HOME), me(HOME), c),
            self.send(stage, "out, submission", c, STRANGER, address(HOME), me("outside.example"), c,
                      port=587, login=LOGIN),
            self.send(stage, "out, port without restrictions of its own", c, STRANGER, address(HOME),
                      me("outside.example"), c, port=2587, login=LOGIN),
            self.send(stage, "out of the IDN", c, STRANGER, address(IDN), me("outside.example"), c,
                      port=587, login=LOGIN),
            self.send(stage, "out of a foreign sender", c, PRINTER, address("foreign.example"),
                      me("outside.example"), c),
            self.send(stage, "within the domain", c, STRANGER, address(HOME), me(HOME), c, port=587,
                      login=LOGIN),
            self.send(stage, "out, unknown user", c, STRANGER, address(HOME),
                      f"nosuch{self.number}x@outside.example",
                      g if self.routed else c, bounces=f"m{self.number}x@{HOME}",
                      port=587, login=LOGIN),
            self.send(stage, "submission without a login", c, STRANGER, address(HOME),
                      me("outside.example"), c, port=587),
            self.send(stage, "relay attempt", c, STRANGER, address("foreign.example"),
                      me("outside.example"), c),
            self.send(stage, "relay attempt of a forged sender", c, STRANGER, address(HOME),
                      me("outside.example"), c),
            self.send(stage, "relay attempt of the gateway", c, GATEWAY, address(HOME),
                      me("outside.example"), c),
        ]
        for finish in todo:
            finish()

    routed = False

    # TLS

    def tls(self):
        """Each level before a gateway without TLS, with another's certificate, and with its own."""
        found = []
        folder = self.gateway.folder.parent / "tls"
        offers = {
            "no TLS": ["smtpd_tls_security_level=none"],
            "another name": ["smtpd_tls_security_level=may"] + [
                f"smtpd_tls_{kind}_file={folder}/elsewhere.example.{end}"
                for kind, end in (("cert", "pem"), ("key", "key"))],
            "own name": ["smtpd_tls_security_level=may"] + [
                f"smtpd_tls_{kind}_file={folder}/relay.gateway.example.{end}"
                for kind, end in (("cert", "pem"), ("key", "key"))],
        }
        for level in ("opportunistic", "required", "certificate"):
            self.script(f"start-outbound-{level}.sh", "start")
            for offer, settings in offers.items():
                self.gateway.set(*settings)
                token = self.token()
                recipient = f"{token}@outside.example"
                refusal = speak(CUSTOMER, STRANGER, f"{token}@{HOME}", recipient,
                                b"Subject: TLS\r\n\r\nTLS\r\n", port=587, login=LOGIN)
                assert not refusal, refusal
                line = until(
                    lambda: self.customer.lines(f"to=<{recipient}>", "status="),
                    f"{level}, {offer}: no status")[-1]
                trust = [other for other in self.customer.lines("TLS connection established to relay")]
                found.append({
                    "level": level, "offer": offer,
                    "status": line.split("status=")[1].split(" ")[0], "log": line.split(": ", 1)[1],
                    "trust": trust[-1].split(": ", 1)[1].split(" ")[0] if trust else ""})
                lab.run("postsuper", "-c", str(self.customer.config), "-d", "ALL")
        return found

    # The stages

    def walk(self):
        first = self.snapshot()
        self.mails("before")
        # What a look and a deed refuse.
        self.script("lockdown.sh", "lockdown")
        self.with_main(lambda text: text.replace("mynetworks = ", f"mynetworks = {GATEWAY}/32, "),
                       "connect.sh", "connect")
        self.with_main(lambda text: text.replace("mynetworks = ", "mynetworks = 192.0.0.0/16, "),
                       "connect.sh", "connect")
        self.with_main(lambda text: text + "smtpd_relay_restrictions =\n", "connect.sh", "connect")
        self.with_main(lambda text: text + "no_such_parameter = 1\n", "connect.sh", "connect")
        self.with_main(lambda text: text + "relay_domains = branch.example\n",
                       "start-outbound.sh", "start")
        self.with_main(lambda text: text + "default_transport = smtp:[192.0.2.99]\n",
                       "start-outbound.sh", "start")
        self.script("connect.sh", "nonsense")
        refused = self.snapshot()

        self.act("connect.sh", "connect")
        self.mails("connected")
        self.act("start-outbound.sh", "start")
        self.routed = True
        self.mails("outbound started")
        self.script("disconnect.sh", "disconnect")
        self.act("lockdown.sh", "warn")
        self.mails("warn")
        self.script("lockdown.sh", "lockdown")
        self.script("lockdown.sh", "lockdown", "--mx-has-moved")
        exchangers = "\n".join(
            f"update delete {name}. MX\nupdate add {name}. 1 MX 10 mx1.gateway.example."
            for name in (HOME, IDN))
        lab.Names.update(exchangers)
        until(lambda: lab.Names.ask(IDN, "MX") == ["10 mx1.gateway.example."], "the MX does not move")
        self.mails("cutover")
        self.with_main(
            lambda text: text + "virtual_alias_domains = outside.example\n", "lockdown.sh", "lockdown")
        self.act("lockdown.sh", "lockdown")
        self.mails("lockdown")
        self.script("connect.sh", "connect")
        self.script("lockdown.sh", "warn")
        self.script("disconnect.sh", "disconnect")
        self.act("reopen.sh", "reopen")
        self.mails("reopened")
        back = "\n".join(
            f"update delete {name}. MX\nupdate add {name}. 1 MX 10 mail.kaede.example."
            for name in (HOME, IDN))
        lab.Names.update(back)
        until(lambda: lab.Names.ask(IDN, "MX") == ["10 mail.kaede.example."], "the MX stays")
        tls = self.tls()
        self.act("stop-outbound.sh", "stop")
        self.routed = False
        self.act("disconnect.sh", "disconnect")
        self.mails("undone")
        last = self.snapshot()
        return {
            "rows": self.rows, "runs": self.runs, "tls": tls,
            "refusalsLeaveBytes": refused == first, "wayBackLeavesBytes": last == first,
            "complaints": [
                line for i in (self.customer, self.gateway, self.outside)
                for line in i.lines("/") if " fatal: " in line or " panic: " in line
                or "loops back" in line or "too many hops" in line],
        }


def main():
    if "--inside" not in sys.argv:
        lab.enter([*sys.argv, "--inside"])
    request = json.load(sys.stdin)
    folder = Path(tempfile.mkdtemp(prefix="mgc-postfix-"))
    try:
        lab.prepare(folder)
        walk = Walk(folder, request["scripts"])
        result = walk.walk()
    finally:
        lab.run("umount", "-l", str(folder), check=False)
        folder.rmdir()
    json.dump(result, sys.stdout)


main()
