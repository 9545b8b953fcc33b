"""Parses a PowerShell script on stdin. Prints the lines with errors as JSON, from 1."""

import json
import sys

import tree_sitter_powershell
from tree_sitter import Language, Parser


def error_lines(source):
    tree = Parser(Language(tree_sitter_powershell.language())).parse(source)
    lines = set()
    pending = [tree.root_node] if tree.root_node.has_error else []
    while pending:
        node = pending.pop()
        if node.is_error or node.is_missing:
            lines.add(node.start_point[0] + 1)
        pending.extend(child for child in node.children if child.has_error or child.is_missing)
    return sorted(lines)


if __name__ == "__main__":
    json.dump(error_lines(sys.stdin.buffer.read()), sys.stdout)
