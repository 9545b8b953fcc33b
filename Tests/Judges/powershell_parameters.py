"""How arguments are bound to the parameters of scripts and functions
(about_Functions_Advanced_Parameters)."""

from powershell_values import PSError, converted, plain, text, truth

COMMON = {"erroraction", "warningaction"}


class Parameters:
    """Mixed into the interpreter."""

    def attributes(self, declared):
        """The attributes before `param`, each with the names of its arguments."""
        found = {}
        for child in declared.children if declared else []:
            if child.type == "attribute_list":
                for attribute in child.children:
                    name, words, _ = self.attribute(attribute)
                    found[name] = words
        return found

    def attribute(self, node):
        """Name, named arguments with their values, positional arguments."""
        name = next((c for c in node.children if c.type == "attribute_name"), None)
        if name is None:
            return self.code(node)[1:-1].strip(), None, None
        named, plain_ones = {}, []
        for child in node.children:
            for argument in child.children if child.type == "attribute_arguments" else []:
                if argument.type != "attribute_argument":
                    continue
                if argument.children[0].type == "simple_name":
                    named[self.code(argument.children[0]).lower()] = self.value(
                        argument.children[2])
                else:
                    plain_ones.append(self.value(argument.children[0]))
        return self.code(name).lower(), named, plain_ones

    def bind(self, declared, given, positional, scope, owner):
        positional = list(positional)
        listed = []
        for child in declared.children if declared else []:
            if child.type == "parameter_list":
                listed = [c for c in child.children if c.type == "script_parameter"]
        for parameter in listed:
            self.bind_parameter(parameter, given, positional, scope, owner)
        unknown = [name for name in given if name not in COMMON]
        if unknown or positional:
            raise PSError(
                f"A parameter of {owner} cannot be found that matches {unknown or positional}.")

    def parameter_rules(self, node):
        """Name, type, attributes and default of a parameter, which never change."""
        kind, rules, default = None, {}, None
        for child in node.children:
            if child.type == "attribute_list":
                for attribute in child.children:
                    name, named, values = self.attribute(attribute)
                    if named is None:
                        kind = name
                    else:
                        rules[name] = (named, values)
            elif child.type == "script_parameter_default":
                default = child.children[-1]
        unknown = set(rules) - {"parameter", "allownull", "allowemptystring", "validateset",
                                "allowemptycollection"}
        if unknown:
            self.fail(node, f"the attributes {unknown}")
        name = self.code(next(c for c in node.children if c.type == "variable"))[1:]
        return name, kind, rules, default

    def bind_parameter(self, node, given, positional, scope, owner):
        if node.rules is None:
            node.rules = self.parameter_rules(node)
        name, kind, rules, default = node.rules
        is_switch = kind is not None and kind.lower() == "switch"
        needed = truth(rules.get("parameter", ({}, []))[0].get("mandatory", False))
        if name.lower() in given:
            value = given.pop(name.lower())
        elif positional and not is_switch:
            value = plain(positional.pop(0))
        elif needed:
            raise PSError(f"{owner} is missing the mandatory parameter {name}.")
        else:
            value = self.value(default) if default is not None else None
            value = plain(value)
            if is_switch:
                value = truth(value)
            elif kind is not None and (default is not None or kind.lower() == "string"):
                value = converted(kind, value)
            scope[name.lower()] = value
            return
        if kind is not None:
            value = converted(kind, value)
        if needed and "allownull" not in rules and value is None:
            raise PSError(f"Cannot bind argument to parameter '{name}' because it is null.")
        if needed and "allowemptystring" not in rules and value == "":
            raise PSError(
                f"Cannot bind argument to parameter '{name}' because it is an empty string.")
        if needed and "allowemptycollection" not in rules and value == []:
            raise PSError(
                f"Cannot bind argument to parameter '{name}' because it is an empty collection.")
        if "validateset" in rules:
            allowed = [text(each).lower() for each in rules["validateset"][1]]
            if text(value).lower() not in allowed:
                raise PSError(f"Cannot validate argument on parameter '{name}': {text(value)}.")
        scope[name.lower()] = value
