"""Reads a JSON array of Mermaid charts on stdin and lets Mermaid's own parser read each, in V8 and
without a browser. Prints as JSON the kind of each chart, the labels of its nodes and of its arrows, and
the nodes that each arrow joins. Mermaid keeps character codes in a writing of its own until it draws.
"""

import html
import importlib.util
import json
import re
import sys
from pathlib import Path

from py_mini_racer import MiniRacer

CODE = re.compile("ﬂ°°([0-9]+)¶ß")

package = importlib.util.find_spec("mermaid_parser").submodule_search_locations[0]
engine = MiniRacer()
# What a browser has and the bare engine does not.
engine.eval("""
var globalThis = this, window = this, self = this, module = {exports: {}}, exports = module.exports;
function setTimeout() {}
function structuredClone(value) { return JSON.parse(JSON.stringify(value)); }
""")
engine.eval((Path(package) / "js" / "parser.bundle.js").read_text(encoding="utf-8"))


def label(item):
    # A label of Markdown's would be read once more.
    assert item["labelType"] != "markdown", item
    assert not item.get("styles") and not item["classes"] and not item.get("link"), item
    return [
        html.unescape(CODE.sub(r"&#\1;", line)) for line in item.get("text", "").split("<br/>")]


def read(chart):
    answer = json.loads(engine.eval(f"parse_mermaid({json.dumps(chart)})").get(timeout=120))
    data = answer["graph_data"]
    nodes = list(data["vertices"].values())
    assert not data["subGraphs"] and not data["tooltips"], chart
    return {
        "kind": answer["graph_type"],
        "nodes": [label(node) for node in nodes],
        "shapes": [node["type"] for node in nodes],
        "arrows": [label(edge) for edge in data["edges"]],
        "ends": [[int(edge["start"][1:]), int(edge["end"][1:])] for edge in data["edges"]],
        "lines": [edge["stroke"] + " " + edge["type"] for edge in data["edges"]],
    }


json.dump([read(chart) for chart in json.load(sys.stdin)], sys.stdout)
