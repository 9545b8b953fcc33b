"""Reads a runbook in its two forms: JSON on stdin with `markdown` and `html`, each a text, and the
`language` in which to read the HTML. Prints the lines of each form, part by part, as people see them.
"""

import json
import sys

import html5lib
from markdown_it import MarkdownIt

SPACE = "{http://www.w3.org/1999/xhtml}"


def markdown_parts(source):
    parts = []
    cells, inside = [], []
    for token in MarkdownIt("commonmark").enable(["table"]).parse(source):
        if token.nesting == 1:
            inside.append(token.tag)
            if token.tag in ("h1", "h2"):
                parts.append([])
            cells = [] if token.tag == "tr" else cells
        elif token.nesting == -1:
            inside.pop()
            if token.tag == "tr":
                parts[-1].append(" | ".join(cells))
        elif token.type == "inline":
            text = "".join(child.content for child in token.children)
            text = text.removeprefix("[ ] ")
            if "tr" in inside:
                cells.append(text)
            else:
                parts[-1].append(text)
        elif token.type == "fence":
            parts[-1] += token.content.rstrip("\n").split("\n")
    return parts


def texts(element, language, dropped=()):
    """The text in one language, without what only the other form has."""
    if not isinstance(element.tag, str) or element.get("lang", language) != language:
        return ""
    if element.get("class") in ("open", "count", "hidden") or element.tag in dropped:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [texts(child, language, dropped), child.tail or ""]
    return "".join(parts)


def lines(element, language):
    found = []
    for child in element:
        name = child.tag.removeprefix(SPACE) if isinstance(child.tag, str) else ""
        if child.get("lang", language) != language or child.get("class") == "skip" or name == "h3":
            continue
        if name in ("h1", "h2", "p"):
            text = texts(child, language)
            found += [text.strip()] if text.strip() else []
        elif name == "dl":
            items = list(child)
            found += [
                texts(a, language) + ": " + texts(b, language)
                for a, b in zip(items[::2], items[1::2])]
        elif name == "li":
            if child.find(".//" + SPACE + "label") is not None:
                found.append(texts(child.find(".//" + SPACE + "label"), language))
            else:
                found.append(texts(child, language).strip())
        elif name == "tr":
            found.append(" | ".join(texts(cell, language) for cell in child))
        elif name == "pre":
            found += texts(child, language).split("\n")
        elif name != "details":
            found += lines(child, language)
    return found


def html_parts(source, language):
    document = html5lib.parse(source, treebuilder="etree")
    body = document.find(SPACE + "body")
    found = {}
    order = []
    for element in body.iter():
        name = element.tag.removeprefix(SPACE) if isinstance(element.tag, str) else ""
        if name in ("article", "section", "header"):
            key = element.get("id") or name
            order.append(key)
            found[key] = lines(element, language)
    return [[key, found[key]] for key in order]


if __name__ == "__main__":
    job = json.load(sys.stdin)
    json.dump({
        "markdown": markdown_parts(job["markdown"]),
        "html": html_parts(job["html"], job["language"]),
    }, sys.stdout)
