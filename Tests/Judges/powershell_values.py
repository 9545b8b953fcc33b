"""The values of the PowerShell subset that mgc's scripts use, and how they convert and compare.

Written from Microsoft's documentation (about_Comparison_Operators, about_Operators,
about_Arrays, about_Hash_Tables, about_Type_Conversion). What is not known here stops the
test: `Unsupported` can be caught by no script."""

import re


class Unsupported(Exception):
    """The script uses something that the interpreter does not know."""


class PSError(Exception):
    """A terminating error, as `throw` or a failed cmdlet raises it."""

    def __init__(self, message, record=None):
        super().__init__(message)
        self.message = message
        self.record = record or ErrorRecord(message)


class Leave(Exception):
    """`return`, `break`, `continue` and `exit`."""

    def __init__(self, word):
        super().__init__(word)
        self.word = word


class ErrorRecord:
    def __init__(self, message):
        self.message = message


class Absent:
    """What a pipeline without output gives: null as a value, nothing as a sequence."""

    def __repr__(self):
        return "Absent"


ABSENT = Absent()


# [System.Globalization.CultureInfo]::InvariantCulture
INVARIANT = object()


class Table:
    """A hashtable. Its keys have no case and no order: they are listed in reverse, so that a
    script that depends on the order of writing shows."""

    def __init__(self, ordered=False):
        self.entries = {}
        self.ordered = ordered

    @staticmethod
    def key(value):
        return value.lower() if isinstance(value, str) else value

    def set(self, key, value):
        known = self.entries.get(self.key(key))
        self.entries[self.key(key)] = (known[0] if known else key, value)

    def get(self, key):
        found = self.entries.get(self.key(key))
        return found[1] if found else None

    def has(self, key):
        return self.key(key) in self.entries

    def remove(self, key):
        self.entries.pop(self.key(key), None)

    def items(self):
        pairs = list(self.entries.values())
        return pairs if self.ordered else pairs[::-1]


class Item:
    """An object with properties whose names have no case, in their order."""

    def __init__(self, pairs=(), kind="PSCustomObject"):
        self.kind = kind
        self.entries = {}
        for name, value in pairs:
            self.set(name, value)

    def set(self, name, value):
        known = self.entries.get(name.lower())
        self.entries[name.lower()] = (known[0] if known else name, value)

    def has(self, name):
        return name.lower() in self.entries

    def get(self, name):
        return self.entries[name.lower()][1]

    def items(self):
        return list(self.entries.values())


class Switch:
    """The value of a switch parameter: it acts as a Boolean."""


class Moment:
    """A time. The tests know one only."""

    def __init__(self, utc=False):
        self.utc = utc


class Block:
    """A script block."""

    def __init__(self, node):
        self.node = node


class Type:
    def __init__(self, name):
        self.name = name.lower()


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def text(value):
    """`[string] $value`."""
    if value is None or value is ABSENT:
        return ""
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, (int, str)):
        return str(value)
    if isinstance(value, list):
        return " ".join(text(each) for each in value)
    if isinstance(value, ErrorRecord):
        return value.message
    if isinstance(value, Moment):
        return "2027-01-05T00:00:00"
    raise Unsupported(f"the text of {type(value).__name__} {getattr(value, 'kind', '')}")


def truth(value):
    """about_Booleans."""
    if value is None or value is ABSENT:
        return False
    if isinstance(value, bool):
        return value
    if is_number(value):
        return value != 0
    if isinstance(value, str):
        return value != ""
    if isinstance(value, list):
        if len(value) == 1:
            return truth(value[0])
        return len(value) > 0
    return True


def number(value):
    if isinstance(value, bool):
        return int(value)
    if is_number(value):
        return value
    if value is None or value is ABSENT:
        return 0
    if isinstance(value, str):
        stripped = value.strip()
        if re.fullmatch(r"[+-]?[0-9]+", stripped):
            return int(stripped)
        if stripped == "":
            return 0
        raise PSError(f'Cannot convert value "{value}" to type "System.Int32".')
    raise Unsupported(f"a number from {type(value).__name__}")


def sequence(value):
    """The elements that a pipeline or @( ) gets from a value."""
    if value is ABSENT:
        return []
    if isinstance(value, list):
        return list(value)
    return [value]


def collapsed(output):
    """What a variable gets from the output of a pipeline."""
    if not output:
        return ABSENT
    return output[0] if len(output) == 1 else list(output)


def plain(value):
    return None if value is ABSENT else value


def equal(left, right, exact=False):
    """`-eq` of one value; the right side takes the type of the left."""
    left, right = plain(left), plain(right)
    if left is None or right is None:
        return left is None and right is None
    if isinstance(left, bool):
        return left == truth(right)
    if isinstance(left, str):
        other = text(right)
        return left == other if exact else left.casefold() == other.casefold()
    if is_number(left):
        try:
            return left == number(right)
        except PSError:
            return False
    if isinstance(left, list):
        raise Unsupported("a list on the left of a comparison of one value")
    return left is right


def converted(type_name, value):
    """`[type] $value`."""
    name = type_name.lower().removeprefix("system.")
    value = plain(value)
    if name.endswith("[]"):
        if value is None:
            return None
        return [converted(name[:-2], each) for each in sequence(value)]
    if name == "string":
        return text(value)
    if name in ("int", "int32", "long", "int64"):
        return int(number(value))
    if name in ("bool", "switch", "boolean"):
        if isinstance(value, str):
            raise PSError(f'Cannot convert value "{value}" to type "System.Boolean".')
        return truth(value)
    if name == "object":
        return value
    if name == "hashtable":
        if value is not None and not isinstance(value, Table):
            raise PSError("Cannot convert the value to type System.Collections.Hashtable.")
        return value
    if name == "pscustomobject":
        if not isinstance(value, Table):
            raise Unsupported("[pscustomobject] of something other than a table")
        return Item(value.entries.values())
    if name == "ordered":
        raise Unsupported("[ordered] of something other than a table")
    if name == "char":
        return chr(number(value))
    if name == "void":
        return ABSENT
    raise Unsupported(f"[{type_name}]")


def has_type(value, type_name):
    name = type_name.lower().removeprefix("system.")
    value = plain(value)
    kinds = {
        "string": lambda: isinstance(value, str),
        "bool": lambda: isinstance(value, bool),
        "int": lambda: is_number(value),
        "hashtable": lambda: isinstance(value, Table),
        "array": lambda: isinstance(value, list),
        "object[]": lambda: isinstance(value, list),
        "collections.ienumerable": lambda: isinstance(value, (list, str, Table)),
        "pscustomobject": lambda: isinstance(value, Item),
    }
    if name not in kinds:
        raise Unsupported(f"-is [{type_name}]")
    return kinds[name]()
