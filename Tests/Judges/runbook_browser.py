"""Works through a runbook in Chromium as a person would. Prints what happened as JSON.

    runbook_browser.py PAGE [OTHER]      OTHER: a page whose ticks PAGE must refuse
"""

import json
import pathlib
import sys
import tempfile

from chromium import Chromium

# The contrast of each text with what is behind it (WCAG 2.2, success criterion 1.4.3).
CONTRAST = """
(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const parse = (color) => {
    if (!known.has(color)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
      known.set(color, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(color);
  };
  const light = (color) => {
    const [r, g, b] = color.map((c) => c / 255)
      .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
      if (color[3] > 0) return null;
    }
    return null;
  };
  let least = 100, texts = 0;
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    if (element.closest('.hidden, .skip, script')) continue;
    const style = getComputedStyle(element), ground = behind(element);
    const front = parse(style.color);
    texts += 1;
    if (!ground || front[3] !== 255) { poor.push('no ground: ' + node.data.slice(0, 40)); continue; }
    const [a, b] = [light(front), light(ground)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    least = Math.min(least, ratio);
    if (ratio < 4.5) poor.push(ratio.toFixed(2) + ': ' + node.data.slice(0, 40));
  }
  return { least, texts, poor: poor.slice(0, 5) };
})()
"""

STATE = """
(() => ({
  boxes: document.querySelectorAll('input[type=checkbox]').length,
  ticked: [...document.querySelectorAll('input[type=checkbox]:checked')].map((box) => box.id),
  progress: document.getElementById('progress').textContent,
  status: document.getElementById('status').textContent,
  done: document.querySelectorAll('article.done').length,
  parts: document.querySelectorAll('article').length,
  language: document.documentElement.lang,
  title: document.title,
}))()
"""


def names(page):
    """Roles without a name, names that two boxes share, and how headings descend."""
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    counts, unnamed, levels, boxes = {}, [], [], []
    for node in nodes:
        if node.get("ignored"):
            continue
        role = node.get("role", {}).get("value", "")
        name = node.get("name", {}).get("value", "").strip()
        counts[role] = counts.get(role, 0) + 1
        if role in ("button", "checkbox", "link", "heading", "region", "article", "table") and not name:
            unnamed.append(role)
        if role == "checkbox":
            boxes.append(name)
        if role == "heading":
            levels += [p["value"]["value"] for p in node["properties"] if p["name"] == "level"]
    skips = [(a, b) for a, b in zip(levels, levels[1:]) if b > a + 1]
    return {"roles": counts, "unnamed": unnamed, "skips": skips, "first": levels[:1]}


def exported(page, browser, folder):
    browser.call(
        "Browser.setDownloadBehavior", behavior="allow", downloadPath=folder, eventsEnabled=True)
    page.run("document.getElementById('export').click()")
    begun = browser.event("Browser.downloadWillBegin")
    browser.event(
        "Browser.downloadProgress",
        lambda p: p["guid"] == begun["guid"] and p["state"] == "completed")
    return pathlib.Path(folder) / begun["suggestedFilename"]


def imported(page, path):
    """Gives the page a file, and waits for what it says of it."""
    page.run("document.getElementById('status').textContent = ''")
    root = page.call("DOM.getDocument")["root"]["nodeId"]
    node = page.call("DOM.querySelector", nodeId=root, selector="#import")["nodeId"]
    page.call("DOM.setFileInputFiles", files=[str(path)], nodeId=node)
    page.run("""new Promise((done) => {
      const status = document.getElementById('status');
      if (status.textContent) done();
      new MutationObserver(() => { if (status.textContent) done(); }).observe(status, { childList: true });
    })""")
    return page.run(STATE)


def work(browser, source, other):
    page = browser.page()
    report = {}
    page.width(1280, 900)
    page.open("file://" + source)
    report["begin"] = page.run(STATE)
    report["names"] = names(page)

    # By keyboard alone: the first stop leads to the work, and a blank ticks the box in focus.
    page.key("Tab", 9)
    report["skip"] = page.run("document.activeElement.className")
    page.run("document.querySelector('input[type=checkbox]').focus()")
    page.key(" ", 32, " ")
    report["keyboard"] = page.run("document.activeElement.checked")
    page.key(" ", 32, " ")

    page.run("document.querySelectorAll('input[type=checkbox]').forEach((box) => box.click())")
    report["all"] = page.run(STATE)
    page.reload()
    report["reloaded"] = page.run(STATE)
    with tempfile.TemporaryDirectory() as folder:
        path = exported(page, browser, folder)
        report["file"] = path.name
        report["exported"] = json.loads(path.read_text("utf-8"))
        page.run("localStorage.clear()")
        page.reload()
        report["cleared"] = page.run(STATE)
        report["imported"] = imported(page, path)

        # A later version of the runbook: what stayed the same stays ticked, the rest does not.
        changed = dict(report["exported"], plan="0", ticks=report["exported"]["ticks"][1:] + ["gone"])
        other_path = pathlib.Path(folder) / "changed.json"
        other_path.write_text(json.dumps(changed), "utf-8")
        report["changed"] = imported(page, other_path)
        other_path.write_text(json.dumps(dict(changed, tenant="<b>x</b>")), "utf-8")
        report["foreign"] = imported(page, other_path)
        other_path.write_text("{", "utf-8")
        report["broken"] = imported(page, other_path)
        page.reload()
        report["kept"] = page.run(STATE)
        if other:
            page.open("file://" + other)
            report["other"] = page.run(STATE)
            page.open("file://" + source)

    # Every copy button gives its value, as it is shown.
    browser.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
    report["copies"] = page.run("""(async () => {
      const written = [];
      navigator.clipboard.writeText = async (text) => { written.push(text); };
      const buttons = [...document.querySelectorAll('button[data-copy]')];
      for (const button of buttons) button.click();
      await Promise.resolve();
      const shown = buttons.map((b) => document.getElementById(b.dataset.copy).querySelector('pre').textContent);
      return { buttons: buttons.length, same: JSON.stringify(written) === JSON.stringify(shown),
        empty: shown.filter((text) => !text).length };
    })()""")

    for name in ("en", "ja"):
        page.run(f"document.querySelector('[data-language-button={name}]').click()")
        other_name = "ja" if name == "en" else "en"
        report[name] = page.run(STATE)
        report[name]["shown"] = page.run(
            f"[...document.querySelectorAll('body [lang={other_name}]')].filter((e) => e.checkVisibility()).length")
        for scheme in ("light", "dark"):
            page.scheme(scheme)
            report[name][scheme] = page.run(CONTRAST)
    page.reload()
    report["languageKept"] = page.run(STATE)["language"]

    for label, width in (("phone", 390), ("desk", 1280)):
        page.width(width, 844, width < 500)
        report[label] = page.run(
            "({ page: document.documentElement.scrollWidth, window: innerWidth })")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "paper.pdf"
        page.paper(path)
        report["paper"] = path.read_bytes()[:5].decode("latin-1")
    report["console"], requests = page.problems()
    report["requests"] = sorted({url for url in requests if not url.startswith("blob:")})
    return report


if __name__ == "__main__":
    with Chromium() as browser:
        json.dump(work(browser, sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None), sys.stdout)
