"""Reads a page of HTML on stdin as browsers do. Prints, for each `div` with the class "value", its
title and the texts of its `p`, `pre` and `code`, and of its `a` the address (null without one) and
the text. A further line says what would run or load: the names of such elements and attributes.
"""

import json
import sys

import html5lib

SPACE = "{http://www.w3.org/1999/xhtml}"


def text(element):
    return "".join(element.itertext())


def read(source):
    document = html5lib.parse(source, treebuilder="etree")
    values, active = [], []
    for element in document.iter():
        if not isinstance(element.tag, str):
            active.append("comment")
            continue
        name = element.tag.removeprefix(SPACE)
        if name in ("script", "style", "iframe", "img", "object", "embed", "link", "form", "base"):
            active.append(name)
        active += [key for key in element.keys() if key.startswith("on") or key in ("src", "style")]
        if name == "div" and element.get("class") == "value":
            parts = {kind: element.find(SPACE + kind) for kind in ("p", "pre", "code", "a")}
            link = parts["a"]
            values.append([
                element.get("title"), text(parts["p"]), text(parts["pre"]), text(parts["code"]),
                None if link is None else link.get("href"), len(element),
            ])
    return {"values": values, "active": active}


if __name__ == "__main__":
    json.dump(read(sys.stdin.buffer.read().decode("utf-8")), sys.stdout)
