"""Reads a zone as octoDNS's YamlProvider does, names in its order and nothing forgiven.

Prints the record sets as [name, type, TTL, [value]]; of TXT the text that goes to a name server,
its strings joined.
"""

import json
import logging
import pathlib
import sys
import tempfile
import warnings

import dns.rdata
from octodns.provider.yaml import YamlProvider
from octodns.zone import Zone

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def text(value):
    data = dns.rdata.from_text("IN", "TXT", value.to_rdata_text())
    return b"".join(data.strings).decode("latin-1")


with tempfile.TemporaryDirectory() as name:
    (pathlib.Path(name) / "example.jp.yaml").write_bytes(sys.stdin.buffer.read())
    provider = YamlProvider(
        "mgc", name, populate_should_replace=True, escaped_semicolons=True, enforce_order=True
    )
    zone = Zone("example.jp.", [])
    provider.populate(zone)
    sets = []
    for record in sorted(zone.records):
        values = getattr(record, "values", None) or [record.value]
        if record._type == "TXT":
            values = [text(value) for value in values]
        elif record._type == "MX":
            values = [f"{value.preference} {value.exchange}" for value in values]
        sets.append([record.name, record._type, record.ttl, sorted(str(one) for one in values)])
    json.dump(sets, sys.stdout)
