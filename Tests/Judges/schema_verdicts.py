"""Reads {"schema": …, "texts": […]} on stdin, and prints as JSON for each text of YAML whether the
schema accepts it; null where it is not YAML.

Plain scalars mean what YAML 1.2's core schema says, and patterns are read as ECMA 262, as editors do.
"""

import json
import re
import sys

import regress
import yaml
from jsonschema import Draft7Validator, ValidationError, validators


class Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers = {}


for tag, pattern, first in [
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)"
              r"|\.(?:nan|NaN|NAN)", list("-+0123456789.")),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), first)


def integer(loader, node):
    text = loader.construct_scalar(node)
    if text.startswith(("0o", "0x")):
        return int(text, 0)
    return int(text)


Loader.add_constructor("tag:yaml.org,2002:int", integer)

compiled = {}


def pattern(validator, pattern, instance, schema):
    if not validator.is_type(instance, "string"):
        return
    if pattern not in compiled:
        compiled[pattern] = regress.Regex(pattern, "u")
    if compiled[pattern].find(instance) is None:
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


task = json.load(sys.stdin)
Draft7Validator.check_schema(task["schema"])
judge = validators.extend(Draft7Validator, {"pattern": pattern})(task["schema"])


def verdict(text):
    try:
        value = yaml.load(text, Loader)
    except yaml.YAMLError:
        return None
    return judge.is_valid(value)


json.dump([verdict(text) for text in task["texts"]], sys.stdout)
