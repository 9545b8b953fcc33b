"""Properties and methods of values, in strict mode: what is missing is an error."""

import math
import posixpath

from powershell_values import (
    ABSENT, INVARIANT, ErrorRecord, Item, Moment, PSError, Table, Unsupported, is_number, number, plain, text)


class Properties:
    """`$object.PSObject.Properties`."""

    def __init__(self, item):
        self.item = item

    def property_named(self, name):
        if not self.item.has(name):
            return None
        return Item([("Name", name), ("Value", self.item.get(name))], "Property")


class Wrapper:
    """`$object.PSObject`."""

    def __init__(self, item):
        self.item = item


def missing(name):
    return PSError(
        f"The property '{name}' cannot be found on this object. Verify that the property exists.")


def member(interpreter, holder, name):
    """`$holder.name`."""
    key = name.lower()
    holder = plain(holder)
    if isinstance(holder, list):
        if key in ("count", "length"):
            return len(holder)
        found = []
        for element in holder:
            value = member(interpreter, element, name)
            found += value if isinstance(value, list) else [value]
        if not holder:
            raise missing(name)
        return found[0] if len(found) == 1 else found
    if isinstance(holder, Table):
        if holder.has(name):
            return holder.get(name)
        if key == "count":
            return len(holder.entries)
        if key == "keys":
            return [each for each, _ in holder.items()]
        if key == "values":
            return [value for _, value in holder.items()]
        raise missing(name)
    if isinstance(holder, Item):
        if key == "psobject":
            return Wrapper(holder)
        if holder.has(name):
            return holder.get(name)
        raise missing(name)
    if isinstance(holder, Wrapper):
        if key == "properties":
            return Properties(holder.item)
        raise missing(name)
    if isinstance(holder, Properties):
        if key == "name":
            return [each for each, _ in holder.item.items()]
        raise missing(name)
    if isinstance(holder, ErrorRecord):
        if key == "exception":
            return Item([("Message", holder.message)], "Exception")
        raise missing(name)
    if isinstance(holder, str) and key == "length":
        return len(holder)
    if hasattr(holder, "member"):
        return holder.member(key)
    # In Windows PowerShell 5.1 and strict mode, one value has no Count either.
    raise missing(name)


def call_method(interpreter, holder, name, values):
    key = name.lower()
    if hasattr(holder, "method"):
        return holder.method(interpreter, key, values)
    if holder is None:
        raise PSError("You cannot call a method on a null-valued expression.")
    if isinstance(holder, str):
        return string_method(holder, key, values)
    if isinstance(holder, Table):
        if key in ("containskey", "contains") and len(values) == 1:
            return holder.has(values[0])
        if key == "remove" and len(values) == 1:
            holder.remove(values[0])
            return ABSENT
    if isinstance(holder, Moment):
        if key == "touniversaltime" and not values:
            return Moment(utc=True)
        # Without the culture the separators are those of the person's region.
        if key == "tostring" and values == ["yyyy-MM-ddTHH:mm:ss", INVARIANT]:
            return "2027-01-05T00:00:00"
    raise Unsupported(f"the method {name} of {type(holder).__name__}")


def string_method(value, key, values):
    if all(isinstance(each, str) for each in values):
        if key == "tolowerinvariant" and not values:
            return value.lower()
        if key == "trim" and not values:
            return value.strip()
        if key == "trimend" and len(values) == 1:
            return value.rstrip(values[0])
        if key == "endswith" and len(values) == 1:
            return value.endswith(values[0])
        if key == "startswith" and len(values) == 1:
            return value.startswith(values[0])
    raise Unsupported(f"the method {key} of a text, with {len(values)} values")


def call_static(interpreter, type_name, name, values):
    key = f"{type_name.removeprefix('system.')}::{name.lower()}"
    if key == "math::pow" and len(values) == 2 and all(is_number(each) for each in values):
        return math.pow(*values)
    if key == "char::convertfromutf32" and len(values) == 1:
        return chr(number(values[0]))
    if key == "io.path::getfilenamewithoutextension" and len(values) == 1:
        return posixpath.splitext(posixpath.basename(text(values[0])))[0]
    if key == "io.file::writealltext" and len(values) == 2:
        interpreter.world.write(text(values[0]), text(values[1]))
        return ABSENT
    if key == "io.file::readalltext" and len(values) == 1:
        return interpreter.world.read(text(values[0]))
    raise Unsupported(f"[{type_name}]::{name} with {len(values)} values")
