"""The tree of a script, by tree-sitter-powershell."""

import functools

import tree_sitter_powershell
from tree_sitter import Language, Parser

GRAMMAR = Parser(Language(tree_sitter_powershell.language()))


class Node:
    """A node of the tree with its text; asking tree-sitter each time is slow."""

    __slots__ = ("type", "children", "text", "line", "core", "rules")

    def __init__(self, node, source):
        self.type = node.type
        self.children = [Node(child, source) for child in node.children]
        self.text = source[node.start_byte:node.end_byte].decode()
        self.line = node.start_point[0] + 1
        self.core = self.rules = None


@functools.cache
def parsed(source):
    root = GRAMMAR.parse(source).root_node
    return None if root.has_error else Node(root, source)
