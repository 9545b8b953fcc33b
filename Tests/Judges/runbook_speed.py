"""Times a long runbook in Chromium against a plain page with the same words, in one run.

    runbook_speed.py PAGE

Prints milliseconds for both, as the least of some rounds: to lay the page out, to scroll through it
(a frame each step), and to tick a box and lay out again.
"""

import json
import pathlib
import sys
import tempfile

from chromium import Chromium

MEASURE = """
(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
  const least = async (rounds, action) => {
    let best = Infinity;
    for (let i = 0; i < rounds; i += 1) {
      const start = performance.now();
      await action(i);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  const boxes = [...document.querySelectorAll('input[type=checkbox]')];
  const layout = () => document.documentElement.getBoundingClientRect().height;
  await frame();
  const scroll = await least(3, async () => {
    for (let step = 0; step <= 40; step += 1) {
      scrollTo(0, step * document.documentElement.scrollHeight / 40);
      layout();
      await frame();
    }
  });
  const tick = await least(20, async (i) => {
    boxes[Math.floor(i * boxes.length / 20)].click();
    layout();
  });
  const wide = await least(5, async (i) => {
    document.body.hidden = true;
    layout();
    document.body.hidden = false;
    layout();
  });
  return { scroll, tick, layout: wide, boxes: boxes.length };
})()
"""


def plain(page):
    """The same words and boxes without style, script or markup of their own."""
    return page.run("""(() => {
      const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
      const lines = document.querySelector('.page').innerText.split('\\n');
      const boxes = document.querySelectorAll('input[type=checkbox]').length;
      return '<!DOCTYPE html><meta charset="utf-8"><title>plain</title>'
        + lines.map((line) => '<p>' + escape(line)).join('\\n')
        + '<p><input type="checkbox">'.repeat(boxes);
    })()""")


if __name__ == "__main__":
    with Chromium() as browser, tempfile.TemporaryDirectory() as folder:
        page = browser.page()
        page.width(1280, 900)
        page.open("file://" + sys.argv[1])
        path = pathlib.Path(folder) / "plain.html"
        path.write_text(plain(page), "utf-8")
        report = {"page": page.run(MEASURE)}
        page.open("file://" + str(path))
        report["plain"] = page.run(MEASURE)
        json.dump(report, sys.stdout)
