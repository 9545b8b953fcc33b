"""Compares mgc with octoDNS in planning one zone, with named-checkzone in reading a zone of a hundred
thousand records, with bare libyaml in reading ten megabytes, and with check-jsonschema in checking a
thousand tenants.

Both sides of a comparison run in turns, and the ratio is the median of the ratios of pairs, so that
a slow phase of the machine falls on both. Nothing here touches the network.

    make bench
    python3 Benchmarks/bench.py --pairs 21 plan
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEMBERS = 250_000
TENANTS = 1_000
RECORDS = 100_000


def run(command, folder):
    """Seconds and peak memory in bytes of one run; ends the benchmark if the run fails.

    The peak is never below this script's own, which a new process starts from.
    """
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        child = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            log.seek(0)
            text = log.read()[-4000:].decode("utf-8", "replace")
            sys.exit(f"{command[0]} ended with {child.returncode}:\n{text}")
    # Linux counts ru_maxrss in units of 1024 bytes, macOS in bytes.
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def compare(ours, theirs, pairs):
    """Runs both commands in turns, changing who is first, after one run of each to warm up."""
    sides = [ours, theirs]
    for side in sides:
        run(*side)
    results = []
    for pair in range(pairs):
        order = (0, 1) if pair % 2 == 0 else (1, 0)
        measured = {index: run(*sides[index]) for index in order}
        results.append((measured[0], measured[1]))
    return results


def report(title, ours, theirs, results):
    ratios = sorted(our[0] / their[0] for our, their in results)
    print(f"\n{title}")
    for name, side in ((ours, 0), (theirs, 1)):
        seconds = statistics.median(result[side][0] for result in results)
        memory = max(result[side][1] for result in results)
        print(f"  {name:<16} {seconds * 1000:10.1f} ms   peak {memory / 1e6:8.1f} MB")
    quarter = len(ratios) // 4
    print(
        f"  time ratio {ours}/{theirs}: {statistics.median(ratios):.3f}"
        f"   (quartiles {ratios[quarter]:.3f} to {ratios[-1 - quarter]:.3f},"
        f" {len(ratios)} pairs)"
    )


# The same records as the example's. octoDNS takes a zone file that it is to write as empty, so it
# plans to create each of them; mgc reads what the zone holds besides, so the difference is in
# octoDNS's favor.
WANTED = """\
'':
  - type: NS
    ttl: 3600
    values: [ns1.kaede.example., ns2.kaede.example.]
  - type: MX
    ttl: 300
    values:
      - {preference: 10, exchange: mx1.gateway.example.}
      - {preference: 20, exchange: mx2.gateway.example.}
  - type: TXT
    ttl: 3600
    value: v=spf1 include:spf.protection.outlook.com ip4:198.51.100.7 include:spf.gateway.example ~all
_dmarc:
  type: TXT
  ttl: 3600
  value: v=DMARC1\\; p=none\\; rua=mailto:dmarc@kaede.example
_smtp._tls:
  type: TXT
  ttl: 3600
  value: v=TLSRPTv1\\; rua=mailto:tls@kaede.example
ns1:
  type: A
  ttl: 3600
  value: 198.51.100.53
ns2:
  type: A
  ttl: 3600
  value: 198.51.100.54
"""

CONFIG = """\
manager:
  max_workers: 1
providers:
  wanted:
    class: octodns.provider.yaml.YamlProvider
    directory: ./wanted
    default_ttl: 3600
    enforce_order: false
  zones:
    class: octodns_bind.ZoneFileProvider
    directory: ./zones
    file_extension: .zone
zones:
  kaede.example.:
    sources: [wanted]
    targets: [zones]
"""


def plan(mgc, example, pairs, folder):
    sync = shutil.which("octodns-sync")
    if sync is None:
        sys.exit("octodns-sync is not on PATH; make bench puts it there")
    for name, text in (
        ("wanted/kaede.example.yaml", WANTED),
        ("config.yaml", CONFIG),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    results = compare(
        ([mgc, "plan", example], ROOT),
        ([sync, "--config-file", folder / "config.yaml"], folder),
        pairs,
    )
    report(f"Planning: {example.name}", "mgc", "octoDNS", results)


def zone_lines(origin, count):
    """A zone as a company of that size has one: hosts of all kinds, most with an address."""
    yield f"$ORIGIN {origin}."
    yield "$TTL 3600"
    yield "@ IN SOA ns hostmaster 1 7200 900 604800 900"
    yield "@ IN NS ns.hosting.example."
    yield "@ IN MX 10 mail.hosting.example."
    kinds = (
        ["IN A 192.0.{high}.{low}"] * 5
        + [
            "600 IN AAAA 2001:db8::{low:x}", "IN CNAME host-{number:06}", "IN TXT \"verification={number}\"",
            "IN MX 10 mail.hosting.example.", "IN SRV 10 20 5060 sip.hosting.example.",
        ]
    )
    for number in range(count - 3):
        data = kinds[number % len(kinds)].format(
            number=number - number % len(kinds), high=number // 250 % 250, low=number % 250 + 1
        )
        yield f"host-{number:06} {data}"


def zone(mgc, tenant, pairs, folder):
    """mgc reads the zone, judges, and plans; named-checkzone reads it and checks what is local."""
    checker = shutil.which("named-checkzone")
    if checker is None:
        sys.exit("named-checkzone is not on PATH; make bench installs it")
    place = folder / "zone"
    place.mkdir()
    text, count = re.subn(
        r"name: (minimal\.example),", r"name: \1, zone: { file: minimal.example.zone },",
        tenant.read_text(encoding="utf-8"), count=1,
    )
    if count != 1:
        sys.exit(f"{tenant} has no domain minimal.example to give a zone")
    (place / "tenant.yaml").write_text(text, encoding="utf-8")
    file = place / "minimal.example.zone"
    file.write_text("\n".join(zone_lines("minimal.example", RECORDS)) + "\n")
    for lookups in ("local", "none"):
        results = compare(
            ([mgc, "plan", place], place),
            ([checker, "-q", "-i", lookups, "minimal.example", file], place),
            pairs,
        )
        report(
            f"Planning with a zone of {RECORDS:,} records, {file.stat().st_size / 1e6:.1f} MB"
            f" (named-checkzone -i {lookups})", "mgc", "named-checkzone", results,
        )


def check(mgc, tenant, pairs, folder):
    drain = folder / "drain"
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "yaml-0.1"],
        check=True, capture_output=True, text=True,
    ).stdout.split()
    source = ROOT / "Benchmarks" / "drain.c"
    subprocess.run(["cc", "-O2", "-o", drain, source, *flags], check=True)
    path = folder / "tenant.yaml"
    head = tenant.read_text(encoding="utf-8")
    with path.open("w", encoding="utf-8") as file:
        file.write(head.rstrip("\n") + "\ngroups:\n  - path: /g\n    members:\n")
        for number in range(1, MEMBERS + 1):
            file.write(f"      - employee.{number:06}@minimal.example\n")
    size = path.stat().st_size
    print(f"\n{MEMBERS:,} members, {size / 1e6:.1f} MB", end="")
    results = compare(([mgc, "check", path], folder), ([drain, path], folder), pairs)
    report("Reading", "mgc", "libyaml", results)
    peak = max(our[1] for our, _ in results)
    print(f"  peak memory of mgc / input: {peak / size:.2f}")


def check_many(mgc, pairs, folder):
    """A thousand tenants in one call: every example in turn, each with an id of its own. mgc reads
    the files that they name as well, and judges; check-jsonschema judges the form of tenant.yaml."""
    judge = shutil.which("check-jsonschema")
    if judge is None:
        sys.exit("check-jsonschema is not on PATH; make bench puts it there")
    examples = sorted(path.parent for path in (ROOT / "examples").glob("*/tenant.yaml"))
    tenants = folder / "tenants"
    files = []
    for number in range(TENANTS):
        example = examples[number % len(examples)]
        target = tenants / f"tenant-{number:04}"
        shutil.copytree(example, target, ignore=shutil.ignore_patterns("out", "tenant.lock.json"))
        file = target / "tenant.yaml"
        text, count = re.subn(
            r"\bid: [a-z0-9-]+", f"id: tenant-{number:04}", file.read_text(encoding="utf-8"), count=1
        )
        if count != 1:
            sys.exit(f"{example.name} has no tenant.id to vary")
        file.write_text(text, encoding="utf-8")
        files.append(file)
    schema = ROOT / "schema/tenant.v1.json"
    results = compare(
        ([mgc, "check", tenants], folder),
        ([judge, "--schemafile", schema, *files], folder),
        pairs,
    )
    title = f"Checking {TENANTS:,} tenants, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB"
    report(title, "mgc", "check-jsonschema", results)
    times = statistics.median(their[0] / our[0] for our, their in results)
    print(f"  mgc is {times:.0f} times faster")
    if times < 10:
        sys.exit("mgc must be ten times faster")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", choices=["plan", "zone", "check", "many", []], help="default: all")
    parser.add_argument("--mgc", type=Path, default=ROOT / ".build/release/mgc")
    parser.add_argument("--example", type=Path, default=ROOT / "examples/kaede-trading")
    parser.add_argument(
        "--tenant", type=Path, default=ROOT / "examples/minimal/tenant.yaml",
        help="a tenant.yaml without groups to put them in",
    )
    parser.add_argument("--pairs", type=int, default=11)
    options = parser.parse_args()
    what = options.what or ["plan", "zone", "check", "many"]
    with tempfile.TemporaryDirectory(prefix="mgc-bench-") as name:
        folder = Path(name)
        if "plan" in what:
            plan(options.mgc, options.example, options.pairs, folder)
        if "zone" in what:
            zone(options.mgc, options.tenant, options.pairs, folder)
        if "check" in what:
            check(options.mgc, options.tenant, options.pairs, folder)
        if "many" in what:
            # A run of the other side takes half a minute.
            check_many(options.mgc, min(options.pairs, 3), folder)


if __name__ == "__main__":
    main()
