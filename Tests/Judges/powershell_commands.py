"""Reads a PowerShell script on stdin. Prints as JSON, in the order of the script, the commands
with their parameters, arguments and splatted variables, the hashtables that are assigned to
variables with their keys, and the names of the functions. An argument has its value where the
script writes it out."""

import json
import re
import sys

import tree_sitter_powershell
from tree_sitter import Language, Parser

source = sys.stdin.buffer.read()
tree = Parser(Language(tree_sitter_powershell.language())).parse(source)
QUOTES = "'\u2018\u2019\u201a\u201b"


def text(node):
    return source[node.start_byte : node.end_byte].decode()


def nodes(node, kind):
    if node.type == kind:
        yield node
        return
    for child in node.children:
        yield from nodes(child, kind)


def all_nodes(node):
    yield node
    for child in node.children:
        yield from all_nodes(child)


def string(written):
    """The value of a single-quoted string; None where it is anything else."""
    if len(written) < 2 or written[0] not in QUOTES or written[-1] not in QUOTES:
        return None
    value, rest = "", written[1:-1]
    while rest:
        if rest[0] in QUOTES:
            if len(rest) < 2 or rest[1] not in QUOTES:
                return None
            value, rest = value + rest[0], rest[2:]
        else:
            value, rest = value + rest[0], rest[1:]
    return value


def literal(written):
    """What kind of value the code writes out, and its texts."""
    written = written.strip()
    if written in ("$true", "$false"):
        return "boolean", ["True" if written == "$true" else "False"]
    if written == "$null":
        return "null", []
    if re.fullmatch(r"\(?-?[0-9]+\)?", written):
        return "integer", [written.strip("()")]
    if string(written) is not None:
        return "string", [string(written)]
    if re.fullmatch(r"[A-Za-z]+", written):
        return "word", [written]
    if written.startswith("@{"):
        return "table", []
    if written.startswith("@(") and written.endswith(")"):
        values = re.findall(rf"[{QUOTES}](?:[^{QUOTES}]|[{QUOTES}]{{2}})*[{QUOTES}]", written[2:-1])
        rest = written[2:-1]
        for value in values:
            rest = rest.replace(value, "", 1)
        if not rest.replace(",", "").strip():
            return "strings", [string(value) for value in values]
    return "other", []


def argument(name, written):
    kind, texts = ("flag", []) if written is None else literal(written)
    return {"name": name, "kind": kind, "texts": texts}


commands, tables, functions = [], {}, []
for node in all_nodes(tree.root_node):
    if node.type == "function_statement":
        functions += [text(name) for name in node.children if name.type == "function_name"]
    if node.type == "assignment_expression":
        left, right = node.children[0], node.children[-1]
        found = list(nodes(right, "hash_literal_expression"))
        name = text(left).strip()
        if found and text(right).lstrip().startswith("@{"):
            tables[name] = [
                argument(
                    text(next(nodes(entry, "key_expression"))).strip("'"),
                    text(entry.children[-1]))
                for body in found[0].children if body.type == "hash_literal_body"
                for entry in body.children if entry.type == "hash_entry"]
        elif "Get-GivenParameter" in text(right):
            # A copy of a table without what has no value.
            copied = tables["$" + text(right).split("$")[-1].strip()]
            tables[name] = [entry for entry in copied if entry["kind"] != "null"]
    if node.type == "command":
        name = next((c for c in node.children if c.type == "command_name"), None)
        if name is None:
            continue
        arguments, splats = [], []
        for child in node.children:
            if child.type != "command_elements":
                continue
            for item in child.children:
                if item.type == "command_parameter":
                    arguments.append(argument(text(item).lstrip("-"), None))
                elif item.type == "command_argument_sep":
                    continue
                elif text(item).startswith("@") and text(item)[1:].isalnum():
                    splats.append("$" + text(item)[1:])
                elif arguments and arguments[-1]["kind"] == "flag":
                    arguments[-1] = argument(arguments[-1]["name"], text(item))
        commands.append({
            "name": text(name),
            "line": node.start_point[0] + 1,
            "parameters": [entry["name"] for entry in arguments],
            "tables": [[entry["name"] for entry in tables.get(s) or []] for s in splats],
            "arguments": arguments + [e for s in splats for e in tables.get(s) or []],
            "unknown": [s for s in splats if s not in tables],
        })
json.dump({"commands": commands, "functions": functions}, sys.stdout)
