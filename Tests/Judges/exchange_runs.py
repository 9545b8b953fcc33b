"""Runs mgc's Exchange scripts in a fake organization. Reads from stdin what there is and what to
do, and prints what happened as JSON.

Input: `scripts` (path to text), `objects` (kind to objects, as JSON), `dns` (name to records),
`steps`. A step runs a script (`run`, with `arguments`), or changes the world (`scripts`, `dns`,
`people`, `edit`, `forget`); with `isProbe` the world is as before afterwards. With `failEach` the script is run once for each read that it makes, always from the
same world, with that read failing; the world stays as it was."""

import copy
import json
import sys

from exchange_store import Store
from fake_exchange import DNS, World
from powershell_interpreter import Interpreter
from powershell_values import Item, PSError, Unsupported, text


def cell(value):
    if isinstance(value, list):
        return ", ".join(text(each) for each in value)
    return text(value)


def rows(output):
    result = []
    for value in output:
        pairs = value.items() if isinstance(value, Item) else [("Text", value)]
        result.append({name: cell(each) for name, each in pairs})
    return result


def run(world, scripts, step, fail_at=0):
    world.fresh(fail_at, step.get("answers", True))
    before = copy.deepcopy(world.store.objects)
    files = dict(world.files)
    path = step["run"]
    interpreter = Interpreter(scripts[path].encode(), world, path)
    error = None
    try:
        interpreter.run(step.get("arguments", {}))
    except PSError as failure:
        error = failure.message
    assert world.transcript is None, "a transcript that was not stopped"
    return {
        "script": path, "error": error, "exit": interpreter.exit_code, "reads": world.reads, "changes": world.changes,
        "late": world.late, "errors": world.errors, "hazards": world.hazards,
        "warnings": [said for kind, said in world.said if kind == "warning"],
        "notes": [said for kind, said in world.said if kind == "host"],
        "whatIf": world.what_if, "questions": world.questions,
        "transcripts": world.transcripts, "output": rows(interpreter.output),
        "same": world.store.objects == before,
        "files": sorted(name for name in world.files if files.get(name) != world.files[name]),
        "state": json.dumps(world.store.objects, sort_keys=True),
        "listing": listing(world.store.objects)}


def listing(objects):
    """The objects that scripts may change, a line each, without what is empty."""
    lines = []
    for kind in ("InboundConnector", "OutboundConnector", "TransportRule", "OrganizationConfig"):
        for item in objects[kind]:
            shown = [f"{name} {cell(value)}" for name, value in sorted(item.items())
                     if value not in (None, [], False)
                     and name not in ("Name", "Guid", "Identity", "DistinguishedName")]
            lines.append(f"{kind} {item['Name']}: {', '.join(shown)}")
    return lines


def edited(store, edit):
    for kind, items in edit.items():
        for item in items:
            found = [known for known in store.objects[kind]
                     if known.get("Name", known.get("DomainName")) == item.get("Name")]
            if item.get("Remove"):
                store.objects[kind].remove(found[0])
            elif found:
                found[0].update(item)
            else:
                store.objects[kind].append(store.completed(kind, item))


def main():
    work = json.load(sys.stdin)
    world = World(Store(json.loads(work["objects"]), False), DNS(work["dns"]))
    results = []
    for step in work["steps"]:
        world.dns = DNS(step.get("dns", world.dns.zones))
        if "people" in step:
            world.store.names_people = step["people"] == "names"
        work["scripts"] = step.get("scripts", work["scripts"])
        if "edit" in step:
            edited(world.store, json.loads(step["edit"]))
        for name in step.get("forget", []):
            world.files = {path: content for path, content in world.files.items()
                           if not path.endswith(name)}
        if "run" not in step:
            results.append([])
        elif step.get("failEach"):
            whole = run(copy.deepcopy(world), work["scripts"], step)
            results.append([whole] + [
                run(copy.deepcopy(world), work["scripts"], step, fail)
                for fail in range(1, len(whole["reads"]) + 1)])
        elif step.get("isProbe"):
            results.append([run(copy.deepcopy(world), work["scripts"], step)])
        else:
            results.append([copy.deepcopy(run(world, work["scripts"], step))])
    json.dump({"results": results, "files": world.files}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    try:
        main()
    except Unsupported as problem:
        sys.exit(f"the interpreter does not know this: {problem}")
