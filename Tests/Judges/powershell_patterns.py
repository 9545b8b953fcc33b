"""Patterns: -like, -match, -replace and -f."""

import fnmatch
import re

from powershell_values import Item, PSError, Table, Unsupported, text


def wildcard(pattern):
    """A pattern of -like as a regular expression."""
    if "[" in pattern or "`" in pattern:
        raise Unsupported(f"-like with {pattern}")
    return re.compile(fnmatch.translate(pattern), re.IGNORECASE)


def regex(pattern, exact=False):
    """Only what .NET and Python write alike."""
    if re.search(r"\\[pPkGZ]|\(\?[^:=!]", pattern):
        raise Unsupported(f"the regular expression {pattern}")
    return re.compile(pattern, 0 if exact else re.IGNORECASE)


def substitution(replacement):
    """A replacement of -replace, where $1 is a group."""
    if re.search(r"\$(?![0-9$])", replacement):
        raise Unsupported(f"the replacement {replacement}")
    return lambda match: re.sub(
        r"\$([0-9$])",
        lambda found: "$" if found[1] == "$" else (match[int(found[1])] or ""),
        replacement)


def formatted(pattern, values):
    """The operator -f."""
    def place(found):
        if found[0] in ("{{", "}}"):
            return found[0][0]
        if found[1] is None:
            raise PSError("Error formatting a string: Input string was not in a correct format.")
        index = int(found[1])
        if index >= len(values):
            raise PSError("Error formatting a string: Index must be less than the arguments.")
        value = values[index]
        if isinstance(value, (list, Table, Item)):
            raise Unsupported(f"{type(value).__name__} within -f")
        return text(value)

    return re.sub(r"\{\{|\}\}|\{([0-9]+)\}|[{}]", place, pattern)
