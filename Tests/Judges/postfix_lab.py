"""Three Postfix instances and a name server, in namespaces of their own.

The customer, the gateway and the outside world have addresses on one loopback, each with port 25.
Everything runs as children of one process: when it ends, the kernel ends the rest.
"""

import base64
import hashlib
import os
import re
import shutil
import smtplib
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

CUSTOMER, GATEWAY, OUTSIDE = "203.0.113.25", "192.0.2.5", "198.51.100.50"
PRINTER, STRANGER = "203.0.113.70", "198.51.100.99"
# Further addresses of the gateway: without TLS, and with the certificate of another host.
PLAIN, MISNAMED = "192.0.2.6", "192.0.2.7"
PATIENCE = 60.0
SERVICES = """\
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def enter(arguments):
    """Runs this program again, alone in namespaces for processes, network and mounts."""
    unshare = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    command = unshare + [sys.executable, *arguments]
    if os.geteuid() != 0:
        command = ["sudo", "-n", *command]
    os.execvp(command[0], command)


def run(*command, check=True, **more):
    """Runs a program to its end."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, **more)
    if check and done.returncode:
        raise RuntimeError(f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def until(look, what):
    """Looks until there is something, and not for ever."""
    end = time.monotonic() + PATIENCE
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > end:
            raise TimeoutError(what() if callable(what) else what)
        time.sleep(0.02)


class Logins(threading.Thread):
    """Answers Postfix about users, by the protocol of Dovecot's authentication."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(str(path))
        self.server.listen()
        os.chmod(path, 0o666)

    def run(self):
        while True:
            client = self.server.accept()[0]
            threading.Thread(target=self.answer, args=(client,), daemon=True).start()

    @staticmethod
    def answer(client):
        greeting = "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00\nDONE\n"
        client.sendall(greeting.encode())
        for line in client.makefile():
            words = line.rstrip("\n").split("\t")
            if words[0] != "AUTH":
                continue
            response = next((w[5:] for w in words if w.startswith("resp=")), "")
            user, password = base64.b64decode(response).decode().split("\0")[1:3]
            verdict = f"OK\t{words[1]}\tuser={user}" if password == "right" else f"FAIL\t{words[1]}"
            client.sendall((verdict + "\n").encode())


class Instance:
    """A Postfix with a configuration and a queue of its own."""

    def __init__(self, lab, name, host, address, settings, services=""):
        self.name, self.host, self.address = name, host, address
        self.folder = lab / name
        self.config = self.folder / "etc"
        self.log = self.folder / "log"
        self.boxes = self.folder / "boxes"
        for part in ("etc", "queue", "boxes", "data"):
            (self.folder / part).mkdir(parents=True)
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.boxes, "nobody")
        self.log.touch()
        base = {
            "compatibility_level": "3.6",
            "queue_directory": self.folder / "queue",
            "data_directory": self.folder / "data",
            "maillog_file": self.log,
            "maillog_file_prefixes": lab,
            "myhostname": host,
            "inet_interfaces": address,
            "inet_protocols": "ipv4",
            "smtp_bind_address": address,
            "mydestination": "",
            "alias_maps": "",
            "alias_database": "",
            "local_recipient_maps": "",
            "virtual_mailbox_base": self.boxes,
            "virtual_mailbox_maps": "texthash:$config_directory/boxes",
            "smtpd_recipient_restrictions":
                "check_recipient_access regexp:$config_directory/unknown",
            "virtual_uid_maps": "static:65534",
            "virtual_gid_maps": "static:65534",
            "smtp_tls_loglevel": "1",
            "minimal_backoff_time": "600s",
        }
        lines = ["# A configuration as someone wrote it,", "# with a comment of two lines.", ""]
        for key, value in (base | settings).items():
            lines.append(f"{key} = {value}" if value != "" else f"{key} =")
        (self.config / "main.cf").write_text("\n".join(lines) + "\n")
        (self.config / "master.cf").write_text(f"smtp inet n - n - - smtpd\n{services}{SERVICES}")
        domains = [d for d in str(settings.get("virtual_mailbox_domains", "")).split(", ") if d]
        boxes = "".join(f"@{domain} {domain}/\n" for domain in domains)
        (self.config / "boxes").write_text(boxes)
        unknown = "".join(f"/^nosuch.*@{domain}$/ 550 5.1.1 unknown user\n" for domain in domains)
        (self.config / "unknown").write_text(unknown)

    def postfix(self, word):
        return run("postfix", "-c", str(self.config), word)

    def start(self):
        self.postfix("start")
        until(self.answers, f"{self.name} does not answer")

    def answers(self):
        try:
            with socket.create_connection((self.address, 25), timeout=5) as link:
                return link.recv(3) == b"220"
        except OSError:
            return False

    def set(self, *pairs):
        """Changes settings; for the stand-ins only."""
        run("postconf", "-c", str(self.config), "-e", *pairs)
        self.postfix("reload")

    def lines(self, *words):
        text = self.log.read_text(errors="replace")
        return [line for line in text.splitlines() if all(word in line for word in words)]

    def mail(self, recipient):
        """What a mailbox has got."""
        folder = self.boxes / recipient.split("@")[1] / "new"
        mark = f"Delivered-To: {recipient}\n".encode()
        texts = [path.read_bytes() for path in folder.iterdir()] if folder.is_dir() else []
        return [text for text in texts if mark in text]


class Scripts:
    """mgc's scripts, run on a configuration as an administrator does."""

    def __init__(self, folder, config, runs):
        self.folder, self.config, self.runs = folder, config, runs
        self.environment = os.environ | {"MAIL_CONFIG": str(config)}

    def snapshot(self, backups=False):
        """Every file of the configuration: its mode and its bytes."""
        found = {}
        for path in sorted(self.config.rglob("*")):
            name = str(path.relative_to(self.config))
            if path.is_file() and (backups or not name.startswith("mailgates-backup")):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                found[name] = f"{path.stat().st_mode:o} {digest}"
        return found

    def run(self, name, *words, path=None):
        """Runs a script, and remembers what it said and did."""
        before = self.snapshot(backups=True)
        started = time.monotonic()
        done = run("/bin/sh", str(self.folder / name), *words, check=False,
                   env=self.environment | ({"PATH": str(path)} if path else {}))
        after = self.snapshot(backups=True)
        self.runs.append({
            "command": " ".join((name, *words)), "status": done.returncode,
            "said": done.stdout, "errors": done.stderr, "changed": before != after,
            "overwritten": [key for key, value in before.items()
                            if "/before/" in key and after.get(key) != value],
            "seconds": round(time.monotonic() - started, 2)})

    def act(self, name, word, *more):
        """A look, the deed, and the deed again."""
        self.run(name)
        self.run(name, word, *more)
        self.run(name, word, *more)

    def with_main(self, edit, name, *words):
        """Runs a script on a main.cf that someone changed, then brings it back."""
        main = self.config / "main.cf"
        text = main.read_text()
        main.write_text(edit(text))
        # Postfix waits before it reads a file that was written just now.
        os.utime(main, (1e9, 1e9))
        self.run(name, *words)
        main.write_text(text)
        os.utime(main, (1e9, 1e9))


def tools(folder, without=(), fakes=()):
    """A folder of the programs that scripts use, without some, and with others in their place."""
    folder.mkdir()
    for place in ("/bin", "/usr/bin"):
        for program in Path(place).iterdir():
            link = folder / program.name
            if program.name not in without and not link.is_symlink():
                link.symlink_to(program)
    for name, text in fakes:
        (folder / name).unlink(missing_ok=True)
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return folder


def path_of(message):
    """The hosts that wrote a Received line, the first one first."""
    head = message.split(b"\n\n", 1)[0].decode(errors="replace")
    unfolded = re.sub(r"\n[ \t]+", " ", head)
    hosts = re.findall(r"^Received: .*? by (\S+) \(", unfolded, re.M)
    hosts += re.findall(r"^Received: by (\S+) \(", unfolded, re.M)
    return hosts[::-1]


class Names:
    """A BIND that has the whole of the lab's DNS in one zone."""

    def __init__(self, folder, records):
        folder.mkdir()
        zone = "$TTL 1\n. IN SOA ns. root. 1 60 60 60 1\n. IN NS ns.\nns. IN A 127.0.0.1\n"
        (folder / "zone").write_text(zone + records)
        (folder / "named.conf").write_text(
            f'options {{ directory "{folder}"; pid-file "{folder}/pid"; recursion no;\n'
            f'  session-keyfile "{folder}/key"; listen-on {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};\n'
            "  dnssec-validation no; empty-zones-enable no; notify no; };\n"
            "controls { };\n"
            'zone "." { type primary; file "zone"; allow-update { any; }; };\n'
        )
        self.log = folder / "log"
        self.process = subprocess.Popen(
            ["named", "-g", "-4", "-n", "1", "-c", str(folder / "named.conf")],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.log.open("w"))
        until(lambda: self.ask(".", "SOA"), lambda: self.log.read_text())

    @staticmethod
    def ask(name, kind):
        done = run("dig", "+short", "+tries=1", "+time=1", "@127.0.0.1", name, kind, check=False)
        return sorted(done.stdout.split("\n")[:-1]) if done.returncode == 0 else []

    @staticmethod
    def update(script):
        run("nsupdate", "-v", input=f"server 127.0.0.1\nzone .\n{script}\nsend\n")


def prepare(lab):
    """Addresses, a resolver, and a folder that is gone with its namespace."""
    run("mount", "-t", "tmpfs", "-o", "mode=755", "lab", str(lab))
    run("ip", "link", "set", "lo", "up")
    for address in (CUSTOMER, GATEWAY, PLAIN, MISNAMED, OUTSIDE, PRINTER, STRANGER):
        run("ip", "address", "add", f"{address}/32", "dev", "lo")
    resolver = lab / "resolv.conf"
    resolver.write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:2\n")
    run("mount", "--bind", str(resolver), os.path.realpath("/etc/resolv.conf"))


def speak(server, source, sender, recipient, body, port=25, login=None):
    """Hands a message over; the answer of the server where it refuses."""
    link = smtplib.SMTP(server, port, "client.example", timeout=30, source_address=(source, 0))
    try:
        link.ehlo()
        if login:
            link.login(*login)
        options = ["SMTPUTF8"] if not sender.isascii() else []
        for reply in (link.mail(sender, options), link.rcpt(recipient)):
            if reply[0] >= 400:
                return f"{reply[0]} {reply[1].decode(errors='replace')}"
        reply = link.data(body)
        return None if reply[0] == 250 else f"{reply[0]} {reply[1].decode(errors='replace')}"
    except smtplib.SMTPException as error:
        return f"{error}"
    finally:
        try:
            link.quit()
        except smtplib.SMTPException:
            pass


def certificates(folder):
    """An authority, a certificate of the relay, and one of another host."""
    folder.mkdir()

    def openssl(*words):
        run("openssl", *words, cwd=folder)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Lab CA",
            "-days", "2")
    for host in ("relay.gateway.example", "elsewhere.example"):
        openssl("req", *key, "-keyout", f"{host}.key", "-out", f"{host}.csr", "-subj", f"/CN={host}")
        (folder / "ext").write_text(f"subjectAltName=DNS:{host}\n")
        openssl("x509", "-req", "-in", f"{host}.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-out", f"{host}.pem", "-days", "2", "-extfile", "ext")
