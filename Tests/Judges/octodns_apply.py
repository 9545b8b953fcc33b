"""Lets octoDNS make a zone of a name server what sources say, one overlay after another.

Reads {"zone", "port", "overlays": [text], "isForced", "isAlone"}; prints for each overlay how many changes were applied,
how many a second plan still wants, and the zone afterwards, the strings of TXT joined. What an
overlay names to be removed from the own file is removed there first, as a person would.
"""

import json
import logging
import pathlib
import re
import sys
import tempfile
import warnings

import dns.query
import dns.zone
import yaml
from octodns.manager import Manager

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

request = json.load(sys.stdin)
zone = request["zone"]


def transfer():
    found = dns.zone.from_xfr(
        dns.query.xfr("127.0.0.1", zone, port=request["port"], relativize=False),
        relativize=False,
    )
    lines = []
    for name, ttl, data in found.iterate_rdatas():
        kind = dns.rdatatype.to_text(data.rdtype)
        if kind == "SOA":
            continue
        text = data.to_text()
        if kind == "TXT":
            text = b"".join(data.strings).decode("latin-1")
        lines.append(f"{name} {ttl} {kind} {text}")
    return sorted(lines)


def changes(manager, dry_run):
    plans = []
    bind = manager.providers["bind"]
    plan = type(bind).plan

    def counted(self, *arguments, **named):
        result = plan(self, *arguments, **named)
        if result is not None:
            plans.append(len(result.changes))
        return result

    bind.plan = counted.__get__(bind)
    manager.sync(dry_run=dry_run, force=request["isForced"])
    return sum(plans)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for part in ("base", "mgc"):
        (folder / part).mkdir()
    settings = f"""
manager: {{ max_workers: 1 }}
providers:
  base:
    class: octodns.provider.yaml.YamlProvider
    directory: {folder}/base
    escaped_semicolons: true
    enforce_order: false
  mgc:
    class: octodns.provider.yaml.YamlProvider
    directory: {folder}/mgc
    populate_should_replace: true
    escaped_semicolons: true
  bind:
    class: octodns_bind.Rfc2136Provider
    host: 127.0.0.1
    port: {request["port"]}
zones:
  {zone}.:
    sources: {"[mgc]" if request["isAlone"] else "[base, mgc]"}
    targets: [bind]
"""
    (folder / "config.yaml").write_text(settings)
    manager = Manager(str(folder / "config.yaml"))
    manager.dump(
        zone=f"{zone}.", output_dir=str(folder / "base"), lenient=True, split=False,
        sources=["bind"],
    )
    def take_out(overlay):
        """What an overlay says that a person takes out of the zone's own file, for good."""
        gone = re.findall(r"^# remove: (\S+) (\S+), from your own file", overlay, re.M)
        own = folder / "base" / f"{zone}.yaml"
        records = yaml.safe_load(own.read_text()) or {}
        for owner, kind in gone:
            relative = "" if owner == f"{zone}." else owner.removesuffix(f".{zone}.")
            held = records.get(relative, [])
            left = [one for one in (held if isinstance(held, list) else [held]) if one["type"] != kind]
            records[relative] = left
            if not left:
                del records[relative]
        if gone:
            own.write_text(yaml.safe_dump(records, allow_unicode=True))

    results = [{"applied": 0, "left": 0, "zone": transfer()}]
    for overlay in request["overlays"]:
        (folder / "mgc" / f"{zone}.yaml").write_text(overlay)
        take_out(overlay)
        applied = changes(Manager(str(folder / "config.yaml")), dry_run=False)
        left = changes(Manager(str(folder / "config.yaml")), dry_run=True)
        results.append({"applied": applied, "left": left, "zone": transfer()})
    json.dump(results, sys.stdout)
