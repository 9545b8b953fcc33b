"""Lets pyspf evaluate policies over a DNS that is in the policy itself; nothing is asked of the network.

Reads a JSON object a line: {"dns": {name: {type: [data]}}, "ip", "from", "helo"}; an absent name or type has no
records, and null in place of the list is a server's failure. Prints a JSON array with, for each line,
{"result", "lookups", "voids", "names", "problem", "explanation"}.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")
import spf

records = {}


def lookup(name, kind, *_):
    # A name asked for in full, in any case.
    data = records.get(name.lower().rstrip("."), {}).get(kind, [])
    if data is None:
        raise spf.TempError("DNS failure")
    values = {
        "TXT": lambda text: (text.encode(),),
        "MX": lambda pair: (pair["preference"], pair["host"]),
    }.get(kind, lambda text: text)
    return [((name, kind), values(datum)) for datum in data]


class Query(spf.query):
    names = 0

    def getp(self):
        self.names += 1
        return super().getp()


spf.DNSLookup = lookup
results = []
for line in sys.stdin:
    policy = json.loads(line)
    records = policy["dns"]
    query = Query(i=policy["ip"], s=policy["from"], h=policy["helo"], querytime=0)
    result, _, explanation = query.check()
    results.append({
        "result": result,
        "lookups": query.lookups,
        "voids": query.void_lookups,
        "names": query.names,
        "problem": getattr(query, "prob", "") if result.endswith("error") else "",
        "explanation":
            explanation if result == "fail" and explanation != spf.EXPLANATIONS["fail"] else None,
    })
json.dump(results, sys.stdout)
