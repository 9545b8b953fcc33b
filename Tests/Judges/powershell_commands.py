"""Reads a PowerShell script on stdin. Prints as JSON, in the order of the script, the commands
with their parameters and splatted variables, the hashtables that are assigned to variables with
their keys, and the names of the functions."""

import json
import sys

import tree_sitter_powershell
from tree_sitter import Language, Parser

source = sys.stdin.buffer.read()
tree = Parser(Language(tree_sitter_powershell.language())).parse(source)


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


commands, tables, functions = [], [], []
for node in all_nodes(tree.root_node):
    if node.type == "function_statement":
        functions += [text(name) for name in node.children if name.type == "function_name"]
    if node.type == "assignment_expression":
        left, right = node.children[0], node.children[-1]
        found = list(nodes(right, "hash_literal_expression"))
        if found and text(right).lstrip().startswith("@{"):
            keys = [text(next(nodes(entry, "key_expression"))).strip("'")
                    for entry in nodes(found[0], "hash_entry")]
            tables.append({"name": text(left).strip(), "keys": keys})
        elif "Get-GivenParameter" in text(right):
            # A copy of a table without what has no value.
            copied = text(right).split("$")[-1].strip()
            keys = next(t["keys"] for t in tables if t["name"] == "$" + copied)
            tables.append({"name": text(left).strip(), "keys": keys})
    if node.type == "command":
        name = next((c for c in node.children if c.type == "command_name"), None)
        if name is None:
            continue
        parameters, splats = [], []
        for child in node.children:
            for item in nodes(child, "command_parameter"):
                parameters.append(text(item).lstrip("-").split(":")[0])
            if child.type == "command_elements":
                for item in child.children:
                    if text(item).startswith("@") and text(item)[1:].isalnum():
                        splats.append("$" + text(item)[1:])
        known = {t["name"]: t["keys"] for t in tables}
        commands.append({
            "name": text(name),
            "line": node.start_point[0] + 1,
            "parameters": parameters,
            "tables": [known.get(s) or [] for s in splats],
            "unknown": [s for s in splats if s not in known],
        })
json.dump({"commands": commands, "functions": functions}, sys.stdout)
