"""Reads a page of Markdown on stdin. Prints its leaf blocks as JSON.

A block is the path of the elements around it and its parts, each a kind and its text, such as
[["p"], [["text", "Open "], ["code_inline", "a.ps1"]]]. Text that touches is one part.
"""

import json
import sys

from markdown_it import MarkdownIt

reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def blocks(text):
    found = []
    path = []
    for token in reader.parse(text):
        if token.nesting == 1:
            path.append(token.tag)
        elif token.nesting == -1:
            path.pop()
        elif token.type == "inline":
            parts = []
            for child in token.children:
                kind = "text" if child.type == "text_special" else child.type
                content = child.attrGet("href") if child.type == "link_open" else child.content
                if kind == "text" and not content:
                    continue
                if kind == "text" and parts and parts[-1][0] == "text":
                    parts[-1][1] += content
                else:
                    parts.append([kind, content])
            found.append([list(path), parts])
        else:
            found.append([list(path), [[token.type, token.info + "\n" + token.content]]])
    return found


if __name__ == "__main__":
    json.dump(blocks(sys.stdin.buffer.read().decode("utf-8")), sys.stdout)
