"""Lets three name servers' readers read whole zones: BIND's, NSD's and ldns's.

Reads {"readers": [name], "zones": [{"origin", "text" in base64, "meant": [line]}]}. Prints for each
zone what each reader and the lines that are meant come to, record by record with the data as on the
wire, without the SOA; null where a reader refuses the zone, or a record is of a kind that only some
of them know.
"""

import base64
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.zone

NAMES = ("CNAME", "MX", "NS", "PTR", "SRV")


def record(owner, ttl, data):
    kind = dns.rdatatype.to_text(data.rdtype)
    # Case means nothing in the names of old types, and everything elsewhere.
    wire = data.to_digestable(dns.name.root) if kind in NAMES else data.to_wire(None)
    return f"{owner.canonicalize().to_text()} {ttl} {kind} {wire.hex()}"


def lines(text):
    """One record a line, all names absolute."""
    found = set()
    for line in text.split("\n"):
        if not line.strip() or line.startswith(";"):
            continue
        owner, ttl, _, kind, data = (re.split("[ \t]+", line, maxsplit=4) + [""])[:5]
        if kind != "SOA":
            value = dns.rdata.from_text("IN", kind, data.replace("\\;", ";") if kind == "TXT" else data)
            found.add(record(dns.name.from_text(owner), ttl, value))
    return sorted(found)


def whole(text, origin):
    zone = dns.zone.from_text(text, origin=origin, relativize=False, check_origin=False)
    return sorted({
        record(name, ttl, data)
        for name, ttl, data in zone.iterate_rdatas() if data.rdtype != dns.rdatatype.SOA
    })


def run(folder, *command):
    done = subprocess.run(
        command, cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=60
    )
    return done.stdout.decode("latin-1") if done.returncode == 0 else None


def named(folder, origin):
    text = run(
        folder, "named-checkzone", "-q", "-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore",
        "-n", "ignore", "-r", "ignore", "-S", "ignore", "-W", "ignore", "-D", "-s", "full", "-o", "-",
        origin, "zone",
    )
    return None if text is None else lines(text)


def nsd(folder, origin):
    text = run(folder, "nsd-checkzone", "-p", origin, "zone")
    return None if text is None else whole(text, origin + ".")


def ldns(folder, origin):
    text = run(folder, "ldns-read-zone", "with-origin")
    return None if text is None else lines(text)


READERS = {"named": named, "nsd": nsd, "ldns": ldns}
request = json.load(sys.stdin)


def judge(zone):
    origin = zone["origin"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        text = base64.b64decode(zone["text"])
        (folder / "zone").write_bytes(text)
        (folder / "with-origin").write_bytes(f"$ORIGIN {origin}.\n".encode() + text)
        result = {}
        for reader in request["readers"]:
            try:
                result[reader] = READERS[reader](folder, origin)
            except dns.exception.DNSException:
                # dnspython, which only makes the three comparable, does not know the record.
                result[reader] = None
        try:
            result["meant"] = lines("\n".join(zone["meant"]))
        except dns.exception.DNSException:
            result["meant"] = None
    return result


with concurrent.futures.ThreadPoolExecutor(4) as pool:
    json.dump(list(pool.map(judge, request["zones"])), sys.stdout)
