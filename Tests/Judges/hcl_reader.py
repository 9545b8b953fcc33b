"""Reads Terraform's language by python-hcl2.

Prints the record sets of aws_route53_record as [name, type, ttl, [value]], a TXT value in the quotes
that the provider adds. With the argument `values`, standard input is many files with NUL between
them; prints for each `locals` block of any its text, its list and its value as one list of texts.
"""

import json
import re
import sys

import hcl2

def name(key):
    return key.strip('"')


def plain(value):
    """The text that a quoted template without references stands for."""
    if value.startswith('"') and value.endswith('"'):
        value = value[1:-1]
    escapes = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}

    def one(match):
        found = match.group(0)
        if found in ("$${", "%%{"):
            return found[1:]
        if found[1] in "uU":
            return chr(int(found[2:], 16))
        return escapes[found[1]]

    return re.sub(r'\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\[nrt"\\]|\$\$\{|%%\{', one, value)


text = sys.stdin.buffer.read().decode()
if sys.argv[1:] == ["values"]:
    blocks = [block for file in text.split("\0") for block in hcl2.loads(file)["locals"]]
    json.dump(
        [[plain(one) for one in [block["text"], *block["list"], *block["value"]]] for block in blocks],
        sys.stdout,
    )
    sys.exit()
records = []
for block in hcl2.loads(text).get("resource", []):
    for kind, named in block.items():
        for body in named.values():
            if name(kind) == "aws_route53_record":
                values = [plain(one) for one in body["records"]]
                if plain(body["type"]) == "TXT":
                    values = [f'"{one}"' for one in values]
                records.append(
                    [plain(body["name"]) + ".", plain(body["type"]), body["ttl"], sorted(values)]
                )
json.dump(records, sys.stdout)
