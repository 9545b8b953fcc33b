"""Reads a calendar on stdin by Python's icalendar. Prints its events: UID, DTSTAMP, DTSTART, whether
that is a whole day, SUMMARY, DESCRIPTION and the language, and what breaks the rules of lines.
"""

import json
import re
import sys

import icalendar


def lines(data):
    """What RFC 5545 section 3.1 forbids."""
    problems = []
    if not data.endswith(b"\r\n"):
        problems.append("the last line does not end")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        if len(line) > 75:
            problems.append(f"{len(line)} octets")
        if b"\r" in line or b"\n" in line:
            problems.append("a bare line break")
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            problems.append("a character is cut")
    return problems


def strict(data):
    """SUMMARY and DESCRIPTION by the letter of section 3.3.11, without the library."""
    text = data.decode("utf-8").replace("\r\n ", "")
    found = []
    for line in text.split("\r\n"):
        name, _, value = line.partition(":")
        if name.partition(";")[0] in ("SUMMARY", "DESCRIPTION"):
            found.append(re.sub(
                r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value))
    return found


if __name__ == "__main__":
    data = sys.stdin.buffer.read()
    calendar = icalendar.Calendar.from_ical(data)
    events = []
    for event in calendar.walk("VEVENT"):
        start = event["DTSTART"].dt
        events.append({
            "uid": str(event["UID"]), "stamp": event["DTSTAMP"].dt.isoformat(),
            "start": start.isoformat(), "isDay": not hasattr(start, "hour"),
            "summary": str(event["SUMMARY"]), "description": str(event["DESCRIPTION"]),
            "language": event["SUMMARY"].params.get("LANGUAGE"),
        })
    json.dump({
        "version": str(calendar["VERSION"]), "product": str(calendar["PRODID"]),
        "errors": [str(error) for part in calendar.walk() for error in part.errors],
        "events": events, "lines": lines(data), "strict": strict(data),
    }, sys.stdout)
