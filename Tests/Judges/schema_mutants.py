"""Reads {"schema": …, "document": …} on stdin, and damages the document at every place.

Prints as JSON how many damaged documents there were, the places where the schema let one pass,
and the objects of the schema that are not closed or lack a title in both languages.
"""

import copy
import json
import sys

from jsonschema import Draft7Validator

task = json.load(sys.stdin)
schema, document = task["schema"], task["document"]
Draft7Validator.check_schema(schema)
validator = Draft7Validator(schema)
assert validator.is_valid(document), list(validator.iter_errors(document))[0].message


def places(value, path=()):
    yield path, value
    items = []
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, child in items:
        yield from places(child, path + (key,))


def damaged(path, change):
    copied = copy.deepcopy({"root": document})
    holder = copied
    for key in ("root",) + path[:-1] if path else ():
        holder = holder[key]
    change(holder, path[-1] if path else "root")
    return copied["root"]


def wrong(value):
    return [] if not isinstance(value, list) else {}


count = 0
passed = []
for path, value in list(places(document)):
    changes = [lambda holder, key: holder.__setitem__(key, wrong(value))]
    changes.append(lambda holder, key: holder.__setitem__(key, None))
    if isinstance(value, str):
        changes.append(lambda holder, key: holder.__setitem__(key, ""))
        changes.append(lambda holder, key: holder.__setitem__(key, 7))
    if isinstance(value, dict):
        changes.append(lambda holder, key: holder[key].__setitem__("unknown", 1))
        if value:
            changes.append(lambda holder, key: holder[key].__setitem__(next(iter(value)), 0.5))
    for number, change in enumerate(changes):
        count += 1
        if validator.is_valid(damaged(path, change)):
            passed.append([list(path), number])

faults = []
for path, value in places(schema):
    if isinstance(value, dict) and value.get("type") == "object":
        if value.get("additionalProperties") is not False or " / " not in value.get("title", ""):
            faults.append(list(path))
json.dump({"count": count, "passed": passed, "faults": faults}, sys.stdout)
