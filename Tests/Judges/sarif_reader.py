"""Reads {"logs": [text, …]} on stdin and prints for each SARIF log what is wrong with it, as a list.

pydantic_sarif is generated from the OASIS schema: unknown members, types, enumerations and ranges.
What the generator dropped or JSON Schema cannot say stands below, with sections of SARIF 2.1.0.
"""

import json
import sys
from urllib.parse import urlsplit

from pydantic import ValidationError
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Log


def walk(value, path="$"):
    """Every object in a log, with its path."""
    if isinstance(value, dict):
        yield path, value
        for name, member in value.items():
            yield from walk(member, f"{path}.{name}")
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from walk(element, f"{path}[{index}]")


def region_faults(path, region):
    start = (region["startLine"], region["startColumn"])
    if start > (region["endLine"], region["endColumn"]):
        yield f"{path} ends before it begins (3.30)"
    if region["byteOffset"] < 0 or region["byteLength"] < 0:
        yield f"{path} has a negative byte (3.30)"


def faults(text):
    log = json.loads(text)
    try:
        Log.model_validate(log)
    except ValidationError as error:
        yield from (f"{fault['loc']}: {fault['msg']}" for fault in error.errors())
        return
    for path, value in walk(log):
        if "text" in value and not value["text"]:
            if not path.endswith("insertedContent"):
                yield f"{path} is an empty message (3.11)"
        if "uri" in value:
            uri = value["uri"]
            if not uri.isascii() or any(c in uri for c in ' "<>\\^`{|}[]') or urlsplit(uri).query:
                yield f"{path} is not a URI reference (3.4)"
        if "startLine" in value:
            yield from region_faults(path, value)
    for index, run in enumerate(log["runs"]):
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        if len(set(rules)) != len(rules):
            yield f"run {index} has a rule twice (3.19.23)"
        results = run["results"]
        if len({"suppressions" in result for result in results}) > 1:
            yield f"run {index} has results with and without suppressions (3.27.23)"
        for result in results:
            if rules[result["ruleIndex"]] != result["ruleId"]:
                yield f"the ruleIndex of {result['ruleId']} is another rule's (3.27.6)"
            ids = [place["id"] for place in result.get("relatedLocations", [])]
            if len(set(ids)) != len(ids):
                yield f"two related locations of {result['ruleId']} have one id (3.28.2)"


json.dump([list(faults(text)) for text in json.load(sys.stdin)["logs"]], sys.stdout)
