"""Has LibreOffice read CSV files. Reads from stdin a JSON list of
{"delimiter": ",", "encoding": "utf-8" or "cp932", "columns": 3, "data": base64}.

Prints for each the cells as it shows them where every column is text, and the formulas that it
makes where it may choose the types itself, as when somebody opens the file with a double click.
"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
# LibreOffice's numbers of the encodings.
CHARSETS = {"utf-8": 76, "cp932": 60}
LIMIT_SECONDS = 240


def text(element):
    result = element.text or ""
    for child in element:
        if child.tag == f"{{{TEXT}}}s":
            result += " " * int(child.get(f"{{{TEXT}}}c", "1"))
        elif child.tag == f"{{{TEXT}}}tab":
            result += "\t"
        else:
            result += text(child)
        result += child.tail or ""
    return result


def convert(folder, profile, source, task, columns):
    target = folder / "out"
    options = f"CSV:{ord(task['delimiter'])},34,{CHARSETS[task['encoding']]},1,{columns}"
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless",
         "--norestore", f"--infilter={options}", "--convert-to", "fods", "--outdir", str(target),
         str(source)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT_SECONDS)
    result = target / (source.stem + ".fods")
    if done.returncode != 0 or not result.exists():
        sys.exit(f"soffice: {done.stdout}{done.stderr}")
    root = ET.parse(result).getroot()
    result.unlink()
    return root.iter(f"{{{TABLE}}}table-row")


def cells(rows, width):
    for row in rows:
        line = []
        for cell in row.findall(f"{{{TABLE}}}table-cell"):
            value = "\n".join(text(part) for part in cell.findall(f"{{{TEXT}}}p"))
            count = min(int(cell.get(f"{{{TABLE}}}number-columns-repeated", "1")), width)
            line += [value] * count
        line = (line + [""] * width)[:width]
        # LibreOffice writes the empty rest of a sheet as one row that is repeated.
        count = int(row.get(f"{{{TABLE}}}number-rows-repeated", "1"))
        yield from [line] * (1 if count > 1000 else count)


answers = []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    profile = folder / "profile"
    for task in json.load(sys.stdin):
        source = folder / "list.csv"
        source.write_bytes(base64.b64decode(task["data"]))
        width = task["columns"]
        as_text = "/".join(f"{column}/2" for column in range(1, width + 1))
        read = list(cells(convert(folder, profile, source, task, as_text), width))
        while read and not any(read[-1]):
            read.pop()
        formulas = [
            cell.get(f"{{{TABLE}}}formula")
            for row in convert(folder, profile, source, task, "")
            for cell in row.findall(f"{{{TABLE}}}table-cell")
            if cell.get(f"{{{TABLE}}}formula") is not None
        ]
        answers.append({"rows": read, "formulas": formulas})
json.dump(answers, sys.stdout)
