"""Parses a PowerShell script on stdin. Prints the lines with errors as JSON, from 1."""

import json
import sys

import tree_sitter_powershell
from tree_sitter import Language, Parser

tree = Parser(Language(tree_sitter_powershell.language())).parse(sys.stdin.buffer.read())
lines = set()
pending = [tree.root_node] if tree.root_node.has_error else []
while pending:
    node = pending.pop()
    if node.is_error or node.is_missing:
        lines.add(node.start_point[0] + 1)
    pending.extend(child for child in node.children if child.has_error or child.is_missing)
json.dump(sorted(lines), sys.stdout)
