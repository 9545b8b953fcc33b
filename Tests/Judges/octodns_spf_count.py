"""Lets octodns-spf count the look-ups of an SPF record over a DNS in memory.

Reads {"record": text, "texts": {name: [text]}}; prints {"lookups"} or {"refusal"}, the other null.
"""

import json
import logging
import sys
from types import SimpleNamespace

import dns.resolver
from octodns_spf.processor import SpfDnsLookupProcessor

logging.disable(logging.CRITICAL)
request = json.load(sys.stdin)


def resolve(name, kind):
    texts = request["texts"].get(name.rstrip("."), [])
    return [SimpleNamespace(to_text=lambda text=text: f'"{text}"') for text in texts]


dns.resolver.resolve = resolve
verdict = {"lookups": None, "refusal": None}
try:
    verdict["lookups"] = SpfDnsLookupProcessor("spf").check_dns_lookups(
        "p0.example.", [request["record"]])
except Exception as refusal:
    verdict["refusal"] = str(refusal)
json.dump(verdict, sys.stdout)
