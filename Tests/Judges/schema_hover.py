"""Reads {"schema": …, "texts": […]} on stdin and looks at every key of the texts as the YAML language
server does for a hover: all schemas that apply to the value, the first title and the first
description of them. Prints how many keys there were, and those that lack something.
"""

import json
import sys

import yaml
from jsonschema import Draft7Validator

task = json.load(sys.stdin)
definitions = task["schema"].get("definitions", {})


def accepts(schema, value):
    return Draft7Validator({"definitions": definitions, **schema}).is_valid(value)


def applying(schema, value):
    """The schemas that apply to a value, in the order in which the server finds them."""
    if schema is True or schema is False:
        return
    if "$ref" in schema:
        target = task["schema"]
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        yield from applying(target, value)
        return
    yield schema
    for part in schema.get("allOf", []):
        yield from applying(part, value)
    for kind in ("anyOf", "oneOf"):
        for part in schema.get(kind, []):
            if accepts(part, value):
                yield from applying(part, value)
    if "if" in schema:
        branch = "then" if accepts(schema["if"], value) else "else"
        yield from applying(schema.get(branch, True), value)


def keys(schemas, value, path):
    if isinstance(value, dict):
        for key, child in value.items():
            found = [part["properties"][key] for part in schemas if key in part.get("properties", {})]
            inner = [schema for part in found for schema in applying(part, child)]
            yield path + "." + key, inner, child
            yield from keys(inner, child, path + "." + key)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            found = [part["items"] for part in schemas if "items" in part]
            inner = [schema for part in found for schema in applying(part, child)]
            yield from keys(inner, child, f"{path}[{index}]")


count = 0
faults = []
for text in task["texts"]:
    value = yaml.load(text, yaml.CBaseLoader)
    # Plain scalars are text here; the numbers and flags of the examples apply all the same.
    for path, schemas, child in keys(list(applying(task["schema"], value)), value, ""):
        count += 1
        for name in ("title", "markdownDescription"):
            texts = [schema[name] for schema in schemas if name in schema]
            if not texts or not texts[0].strip():
                faults.append(f"{path} has no {name}")
        for schema in schemas:
            words = schema.get("enum", [])
            meanings = schema.get("markdownEnumDescriptions", [])
            if words and (len(words) != len(meanings) or not all(meanings)):
                faults.append(f"{path} has words without meaning")
json.dump({"count": count, "faults": faults}, sys.stdout)
