"""Reads a page of Markdown on stdin. Prints its leaf blocks as JSON.

A block is the path of the elements around it and its parts, each a kind and its text, such as
[["p"], [["text", "Open "], ["code_inline", "a.ps1"]]]. Text that touches is one part.

With the argument `pages`, standard input is many pages with NUL between them, and each block of any
is printed as one text: its path and its parts with U+0001 between them.
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
    text = sys.stdin.buffer.read().decode("utf-8")
    if sys.argv[1:] == ["pages"]:
        json.dump([
            "\1".join(path + [piece for part in parts for piece in part])
            for page in text.split("\0") for path, parts in blocks(page)
        ], sys.stdout)
    else:
        json.dump(blocks(text), sys.stdout)
