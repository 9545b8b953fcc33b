"""Reads a JSON array of SVG documents on stdin, each by an XML parser. Prints as JSON what each holds:
title, description, labels, the names of its elements and attributes, its ids and what it refers to.
"""

import json
import re
import sys
from xml.etree import ElementTree

SPACE = "{http://www.w3.org/2000/svg}"


def read(text):
    root = ElementTree.fromstring(text)
    everything = list(root.iter())
    assert all(element.tag.startswith(SPACE) for element in everything)
    values = [value for element in everything for value in element.attrib.values()]
    return {
        "title": root.findtext(SPACE + "title"),
        "description": root.findtext(SPACE + "desc"),
        "labels": [element.text or "" for element in root.iter(SPACE + "text")],
        "elements": [element.tag.removeprefix(SPACE) for element in everything],
        "attributes": [name for element in everything for name in element.attrib],
        "ids": [element.attrib["id"] for element in everything if "id" in element.attrib],
        "described": root.attrib["aria-labelledby"],
        "references": re.findall(r"url\(#([^)]*)\)", " ".join(values)),
    }


json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
