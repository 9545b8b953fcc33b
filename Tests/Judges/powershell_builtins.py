"""The commands of PowerShell itself that mgc's scripts use. Each takes the interpreter, its named
arguments, its positional arguments, what came by the pipeline (None at the beginning of one),
and the output."""

import json
import posixpath

from powershell_values import (
    Block, Item, Moment, PSError, Table, Unsupported, equal, is_number, number, plain,
    sequence, text, truth)


class Cmdlet:
    """`$PSCmdlet` of a script: asks the world, as the person at the console would answer."""

    def __init__(self, world, interpreter, supports):
        self.world, self.interpreter, self.supports = world, interpreter, supports

    def method(self, interpreter, key, values):
        if key == "shouldprocess" and len(values) == 2:
            if not self.supports:
                raise Unsupported("ShouldProcess without SupportsShouldProcess")
            if truth(interpreter.look_up("WhatIfPreference", interpreter.tree)):
                self.world.what_if.append(f"{text(values[0])}: {text(values[1])}")
                return False
            return self.world.asks(f"{text(values[0])}: {text(values[1])}")
        if key == "shouldcontinue" and len(values) == 2:
            return self.world.asks(text(values[1]))
        if key == "getunresolvedproviderpathfrompspath" and len(values) == 1:
            path = text(values[0])
            return path if path.startswith("/") else "/" + path
        raise Unsupported(f"$PSCmdlet.{key}")

    def member(self, key):
        raise Unsupported(f"$PSCmdlet.{key}")


def taken(given, allowed, name):
    unknown = set(given) - set(allowed) - {"erroraction"}
    if unknown:
        raise Unsupported(f"{name} with {sorted(unknown)}")


def only(positional, count, name):
    if len(positional) != count:
        raise Unsupported(f"{name} with {len(positional)} positional arguments")


def where_object(interpreter, given, positional, received, output):
    taken(given, (), "Where-Object")
    only(positional, 1, "Where-Object")
    for element in received:
        result = []
        interpreter.block(positional[0], element, result)
        if truth(result if len(result) != 1 else result[0]):
            output.append(element)


def foreach_object(interpreter, given, positional, received, output):
    taken(given, (), "ForEach-Object")
    only(positional, 1, "ForEach-Object")
    for element in received:
        interpreter.block(positional[0], element, output)


def sort_object(interpreter, given, positional, received, output):
    taken(given, ("unique", "property"), "Sort-Object")
    only(positional, 0, "Sort-Object")
    name = given.get("property")
    if isinstance(name, Block):
        raise Unsupported("Sort-Object by a block")

    def key(element):
        value = element.get(name) if name else element
        if not isinstance(value, (str, int, float)):
            raise Unsupported("Sort-Object of something other than texts and numbers")
        return value.casefold() if isinstance(value, str) else value

    result = []
    for element in sorted(received, key=key):
        if given.get("unique") and result and equal(result[-1], element):
            continue
        result.append(element)
    output.extend(result)


def select_object(interpreter, given, positional, received, output):
    taken(given, ("first",), "Select-Object")
    only(positional, 0, "Select-Object")
    output.extend(received[:number(given["first"])])


def format_list(interpreter, given, positional, received, output):
    taken(given, (), "Format-List")
    only(positional, 0, "Format-List")
    output.extend(received)


def out_string(interpreter, given, positional, received, output):
    taken(given, (), "Out-String")
    lines = []
    for element in received:
        pairs = element.items() if isinstance(element, Item) else [("", element)]
        lines += [f"{name} : {text(value)}" for name, value in pairs]
    output.append("\n".join(lines) + "\n")


def get_command(interpreter, given, positional, received, output):
    taken(given, ("name",), "Get-Command")
    if interpreter.world.has_command(text(given["name"])):
        output.append(Item([("Name", given["name"])], "CommandInfo"))
    elif text(given.get("erroraction")).lower() != "silentlycontinue":
        raise PSError(f"The term '{given['name']}' is not recognized.")


def get_date(interpreter, given, positional, received, output):
    taken(given, ("format",), "Get-Date")
    if "format" in given:
        if given["format"] != "yyyyMMdd-HHmmss":
            raise Unsupported("Get-Date -Format " + text(given["format"]))
        output.append("20270105-000000")
    else:
        output.append(Moment())


def said(kind):
    def command(interpreter, given, positional, received, output):
        taken(given, ("object", "message"), kind)
        values = positional + list(given.values())
        interpreter.world.said.append((kind, " ".join(text(each) for each in values)))
    return command


def write_output(interpreter, given, positional, received, output):
    taken(given, (), "Write-Output")
    for value in positional:
        output.extend(sequence(value))


def set_strict_mode(interpreter, given, positional, received, output):
    if text(given.get("version")) not in ("3.0", "3"):
        raise Unsupported("a strict mode other than 3.0")
    interpreter.strict = True


def start_transcript(interpreter, given, positional, received, output):
    taken(given, ("path", "whatif", "confirm"), "Start-Transcript")
    what_if = interpreter.look_up("WhatIfPreference", interpreter.tree)
    if truth(given.get("whatif", what_if)):
        return
    interpreter.world.starts_transcript(text(given["path"]))
    output.append("Transcript started, output file is " + text(given["path"]))


def stop_transcript(interpreter, given, positional, received, output):
    taken(given, (), "Stop-Transcript")
    interpreter.world.stops_transcript()
    output.append("Transcript stopped")


def join_path(interpreter, given, positional, received, output):
    taken(given, ("path", "childpath"), "Join-Path")
    whole = f"{text(given['path'])}/{text(given['childpath'])}".replace("\\", "/")
    output.append(posixpath.normpath(whole))


def test_path(interpreter, given, positional, received, output):
    taken(given, ("literalpath", "pathtype"), "Test-Path")
    output.append(interpreter.world.exists(text(given["literalpath"])))


def to_json(value, depth):
    value = plain(value)
    if isinstance(value, (list, Table, Item)):
        if depth < 0:
            raise Unsupported("ConvertTo-Json of something deeper than -Depth")
        if isinstance(value, list):
            return [to_json(each, depth - 1) for each in value]
        return {text(name): to_json(each, depth - 1) for name, each in value.items()}
    if value is None or isinstance(value, (str, bool)) or is_number(value):
        return value
    raise Unsupported(f"ConvertTo-Json of {type(value).__name__}")


def convert_to_json(interpreter, given, positional, received, output):
    taken(given, ("inputobject", "depth"), "ConvertTo-Json")
    if received is not None:
        raise Unsupported("ConvertTo-Json at the end of a pipeline, which unrolls lists")
    value = to_json(given["inputobject"], number(given.get("depth", 2)))
    output.append(json.dumps(value, ensure_ascii=False, indent=2))


def from_json(value):
    if isinstance(value, dict):
        return Item([(name, from_json(each)) for name, each in value.items()])
    if isinstance(value, list):
        return [from_json(each) for each in value]
    return value


def convert_from_json(interpreter, given, positional, received, output):
    taken(given, ("inputobject",), "ConvertFrom-Json")
    try:
        value = json.loads(text(given["inputobject"]))
    except ValueError as error:
        raise PSError(f"Conversion from JSON failed with error: {error}") from None
    if not isinstance(value, dict):
        raise Unsupported("ConvertFrom-Json of something other than an object")
    output.append(from_json(value))


def out_null(interpreter, given, positional, received, output):
    taken(given, (), "Out-Null")


BUILT_IN = {
    "where-object": where_object, "foreach-object": foreach_object, "sort-object": sort_object,
    "select-object": select_object, "format-list": format_list, "out-string": out_string,
    "get-command": get_command, "get-date": get_date, "write-warning": said("warning"),
    "write-host": said("host"), "write-verbose": said("verbose"), "write-output": write_output,
    "set-strictmode": set_strict_mode, "start-transcript": start_transcript,
    "stop-transcript": stop_transcript, "join-path": join_path, "test-path": test_path,
    "convertto-json": convert_to_json, "convertfrom-json": convert_from_json,
    "out-null": out_null,
}
