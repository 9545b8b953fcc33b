"""Commands with their arguments, and calls of a script's own functions."""

import re

from powershell_values import Leave, PSError, Table, Unsupported, plain


class Calls:
    """Mixed into the interpreter."""

    def command(self, node, received, output):
        name = self.code(node.children[0])
        if node.children[0].type != "command_name":
            self.fail(node, "a call by an operator")
        given, positional = self.arguments(node)
        key = name.lower()
        if key in self.functions:
            if received is not None:
                self.fail(node, "a function within a pipeline")
            self.call(key, given, positional, output)
        else:
            self.world.call(self, name, given, positional, received, output)

    def arguments(self, node):
        given, positional = {}, []
        elements = [c for c in node.children if c.type == "command_elements"]
        parts = [c for c in elements[0].children] if elements else []
        parts = [c for c in parts if not (
            c.type == "command_argument_sep" and self.code(c).strip() == "")]
        index = 0
        while index < len(parts):
            part = parts[index]
            index += 1
            if part.type == "command_parameter":
                parameter = self.code(part)[1:].lower()
                value = True
                if index < len(parts):
                    following = parts[index]
                    if following.type == "command_argument_sep":
                        value = self.argument(parts[index + 1])
                        index += 2
                    elif following.type != "command_parameter" and not self.splat(following):
                        value = self.argument(following)
                        index += 1
                self.give(given, parameter, value, part)
            elif self.splat(part):
                table = self.look_up(self.splat(part), part)
                if not isinstance(table, Table):
                    self.fail(part, "splatting of something other than a table")
                for key, value in table.items():
                    self.give(given, key.lower(), value, part)
            else:
                positional.append(self.argument(part))
        return given, positional

    def give(self, given, name, value, node):
        if name in given:
            raise PSError(f"Cannot bind parameter because parameter '{name}' is given twice.")
        given[name] = plain(value)

    def splat(self, node):
        core = self.core(node)
        code = self.code(core)
        return code[1:] if core.type == "variable" and code.startswith("@") else None

    def argument(self, node):
        if node.type == "generic_token":
            word = self.code(node)
            if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.]*", word):
                self.fail(node, "a bare word")
            return word
        return self.value(node)

    def call(self, key, given, positional, output):
        """A function of the script. One with [Parameter()] is an advanced function."""
        node = self.functions[key]
        block = next(c for c in node.children if c.type == "script_block")
        declared = next((c for c in block.children if c.type == "param_block"), None)
        scope = {}
        self.bind(declared, dict(given), positional, scope, self.code(node.children[1]))
        if len(self.scopes) > 60:
            raise Unsupported("calls that are nested too deep")
        self.scopes.append(scope)
        try:
            for child in block.children:
                if child.type == "script_block_body":
                    self.statements(child, output)
                elif child.type not in ("param_block", "comment"):
                    self.fail(child)
        except Leave as leave:
            if leave.word != "return":
                raise
        finally:
            self.scopes.pop()
