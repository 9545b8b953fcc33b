"""Walks mgc's scripts for Postfix through every stage, with mail at each, on three real instances.

Reads {"scripts": {name: text}} and prints what passed where, what the scripts said, and what was
left of the configuration.
"""

import concurrent.futures
import json
import sys
import tempfile
from pathlib import Path

import postfix_lab as lab
from postfix_lab import (
    CUSTOMER, GATEWAY, MISNAMED, OUTSIDE, PLAIN, PRINTER, STRANGER, speak, until)

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
            }, f"{PLAIN}:25 inet n - n - - smtpd\n  -o smtpd_tls_security_level=none\n"
               f"{MISNAMED}:25 inet n - n - - smtpd\n"
               f"  -o smtpd_tls_cert_file={folder}/tls/elsewhere.example.pem\n"
               f"  -o smtpd_tls_key_file={folder}/tls/elsewhere.example.key\n")
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
        self.main = lab.Scripts(self.scripts, self.customer.config, self.runs)
        self.tools = folder / "tools"
        self.tools.mkdir()

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

        def next_to(domain):
            self.token()
            return me(domain)

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
            self.send(stage, "out without a sender", c, PRINTER, "", next_to("outside.example"), c),
            self.send(stage, "out, the IDN as it is read", c, STRANGER,
                      address("もみじ.example"), me("outside.example"), c, port=587, login=LOGIN),
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
        for level in ("opportunistic", "required", "certificate"):
            self.main.run(f"start-outbound-{level}.sh", "start")
            for offer, address in (
                    ("no TLS", PLAIN), ("another name", MISNAMED), ("own name", GATEWAY)):
                lab.Names.update(f"update delete relay.gateway.example. A\n"
                                 f"update add relay.gateway.example. 1 A {address}")
                token = self.token()
                recipient = f"{token}@outside.example"
                seen = len(self.customer.lines())
                refusal = speak(CUSTOMER, STRANGER, f"{token}@{HOME}", recipient,
                                b"Subject: TLS\r\n\r\nTLS\r\n", port=587, login=LOGIN)
                assert not refusal, refusal
                line = until(
                    lambda: self.customer.lines(f"to=<{recipient}>", "status="),
                    f"{level}, {offer}: no status")[-1]
                trust = [words.split("]: ")[1].split(" ")[0]
                         for words in self.customer.lines()[seen:] if "TLS connection est" in words
                         and "to relay.gateway.example" in words]
                found.append({
                    "level": level, "offer": offer, "trust": trust[-1] if trust else "none",
                    "status": line.split("status=")[1].split(" ")[0], "log": line.split(": ", 1)[1]})
        lab.run("postsuper", "-c", str(self.customer.config), "-d", "ALL")
        return found

    # The stages

    def idle(self, runs):
        """A configuration that someone else edits, of a Postfix that does not run."""
        settings = {"virtual_mailbox_domains": HOME, "smtp_tls_policy_maps": "inline:{a.example=may}"}
        idle = lab.Instance(self.scripts.parent, "idle", "idle.example", STRANGER, settings)
        at = lab.Scripts(self.scripts, idle.config, runs)
        main = idle.config / "main.cf"
        at.run("connect.sh", "connect")
        at.run("start-outbound-certificate.sh", "start")
        edited = main.read_text().replace("myhostname = idle.example", "myhostname = edited.example")
        main.write_text(edited + "# someone's own\n")
        (idle.config / "mailgates-backup" / "running").mkdir()
        at.run("stop-outbound.sh", "stop")
        (idle.config / "mailgates-backup" / "running").rmdir()
        at.run("stop-outbound.sh", "stop")
        at.run("disconnect.sh", "disconnect")
        left = main.read_text()
        clients = idle.config / "mailgates_clients.cidr"
        clients.write_text("203.0.113.0/24 OK\n")
        at.run("connect.sh", "connect")
        clients.unlink()
        clients.symlink_to("elsewhere")
        at.run("connect.sh", "connect")
        return left

    def ended(self, number):
        """A run that is ended at once before a file comes into place; the next one takes it up."""
        settings = {"virtual_mailbox_domains": HOME}
        idle = lab.Instance(
            self.scripts.parent, f"idle-{number}", "idle.example", STRANGER, settings)
        at = lab.Scripts(self.scripts, idle.config, [])
        first = at.snapshot()
        tools = self.tools / f"ended-{number}"
        count = self.tools / f"count-{number}"
        lab.tools(tools, fakes=[(
            "mv", f"#!/bin/sh\necho x >>{count}\n"
            f"if [ \"$(wc -l <{count})\" = {number} ]; then kill -9 $PPID; exit 1; fi\n"
            'exec /bin/mv "$@"\n')])
        runs = []
        other = lab.Scripts(at.folder, at.config, runs)
        other.run("connect.sh", "connect", path=tools)
        main = (at.config / "main.cf").read_text()
        whole = "mailgates" not in main or (at.config / "mailgates_clients.cidr").exists()
        quiet = lab.run("postconf", "-c", str(at.config), "-n").stderr == ""
        (at.config / "mailgates-backup" / "running").rmdir()
        other.run("connect.sh", "connect")
        other.run("disconnect.sh", "disconnect")
        return {"status": [run["status"] for run in runs], "whole": whole and quiet,
                "restored": at.snapshot() == first}

    def walk(self):
        apart = []
        with concurrent.futures.ThreadPoolExecutor() as pool:
            idle = pool.submit(self.idle, apart)
            ended = [pool.submit(self.ended, number) for number in (1, 2, 3)]
            result = self.stages()
            return result | {"idle": {
                "runs": apart, "main": idle.result(), "ended": [run.result() for run in ended]}}

    def stages(self):
        first = self.main.snapshot()
        self.mails("before")
        # What a look and a deed refuse.
        self.main.run("lockdown.sh", "lockdown")
        self.main.with_main(lambda text: text.replace("mynetworks = ", f"mynetworks = {GATEWAY}/32, "),
                       "connect.sh", "connect")
        self.main.with_main(lambda text: text.replace("mynetworks = ", "mynetworks = 192.0.0.0/16, "),
                       "connect.sh", "connect")
        self.main.with_main(lambda text: text + "smtpd_relay_restrictions =\n", "connect.sh", "connect")
        self.main.with_main(lambda text: text + "no_such_parameter = 1\n", "connect.sh", "connect")
        self.main.with_main(lambda text: text + "relay_domains = branch.example\n",
                       "start-outbound.sh", "start")
        self.main.with_main(lambda text: text + "default_transport = smtp:[192.0.2.99]\n",
                       "start-outbound.sh", "start")
        self.main.run("connect.sh", "nonsense")
        self.main.run("lockdown.sh", "warn", "lockdown")
        # A Postfix that finds fault with what was written.
        count = self.tools / "count"
        self.main.run("connect.sh", "connect", path=lab.tools(self.tools / "fault", fakes=[
            ("postfix", f"#!/bin/sh\necho x >>{count}\n"
             f"if [ \"$(wc -l <{count})\" -gt 1 ]; then echo broken >&2; exit 1; fi\n")]))
        refused = self.main.snapshot()

        self.main.act("connect.sh", "connect")
        self.mails("connected")
        self.main.act("start-outbound.sh", "start")
        self.routed = True
        self.mails("outbound started")
        self.main.run("disconnect.sh", "disconnect")
        self.main.act("lockdown.sh", "warn")
        self.mails("warn")
        self.main.run("lockdown.sh", "lockdown")
        self.main.run("lockdown.sh", "lockdown", "--mx-has-moved")
        self.main.run("lockdown.sh", "lockdown", path=lab.tools(self.tools / "early", without=("dig",)))
        self.main.run("lockdown.sh", "lockdown", "--nameserver", "127.0.0.9")
        exchangers = "\n".join(
            f"update delete {name}. MX\nupdate add {name}. 1 MX 10 mx1.gateway.example."
            for name in (HOME, IDN))
        lab.Names.update(exchangers)
        until(lambda: lab.Names.ask(IDN, "MX") == ["10 mx1.gateway.example."], "the MX does not move")
        self.mails("cutover")
        bare = lab.tools(self.tools / "bare", without=("dig", "host"))
        self.main.run("lockdown.sh", "check", path=bare)
        self.main.run("lockdown.sh", "check", "--mx-has-moved", path=bare)
        host = lab.tools(self.tools / "host", without=("dig",))
        self.main.run("lockdown.sh", "check", path=host)
        self.main.with_main(
            lambda text: text + "virtual_alias_domains = outside.example\n", "lockdown.sh", "lockdown")
        self.main.act("lockdown.sh", "lockdown")
        self.mails("lockdown")
        self.main.run("connect.sh", "connect")
        self.main.run("lockdown.sh", "warn")
        self.main.run("disconnect.sh", "disconnect")
        self.main.act("reopen.sh", "reopen")
        self.mails("reopened")
        back = "\n".join(
            f"update delete {name}. MX\nupdate add {name}. 1 MX 10 mail.kaede.example."
            for name in (HOME, IDN))
        lab.Names.update(back)
        until(lambda: lab.Names.ask(IDN, "MX") == ["10 mail.kaede.example."], "the MX stays")
        tls = self.tls()
        self.main.act("stop-outbound.sh", "stop")
        self.routed = False
        self.main.act("disconnect.sh", "disconnect")
        self.mails("undone")
        last = self.main.snapshot()
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
