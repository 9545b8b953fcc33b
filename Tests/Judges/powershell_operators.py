"""The expressions of the PowerShell subset: operators, literals, members."""

from powershell_members import call_method, call_static, member
from powershell_patterns import formatted, regex, substitution, wildcard
from powershell_values import (
    INVARIANT, Block, PSError, Table, Type, converted, equal, has_type, is_number, number, plain,
    sequence, text, truth)

THROUGH = {
    f"{name}_{kind}" for kind in ("expression", "argument_expression") for name in (
        "logical", "bitwise", "comparison", "additive", "multiplicative", "format", "range",
        "array_literal")
} | {"unary_expression", "left_assignment_expression", "argument_expression", "string_literal",
     "integer_literal", "expression_with_unary_operator", "pipeline", "pipeline_chain"}


class Operators:
    """Mixed into the interpreter."""

    def core(self, node):
        """The node without the levels of the grammar that add nothing."""
        if node.core is None:
            inner = node
            while len(inner.children) == 1 and inner.type in THROUGH:
                inner = inner.children[0]
            node.core = inner
        return node.core

    def value(self, node):
        self.steps += 1
        if node.core is None:
            self.core(node)
        node = node.core
        method = getattr(self, "value_" + node.type, None)
        if method is not None:
            return method(node)
        if len(node.children) == 3 and node.type in THROUGH:
            return self.binary(node)
        if node.type in THROUGH and node.type.startswith("array_literal"):
            return [plain(self.value(c)) for c in node.children if c.type != ","]
        self.fail(node)

    # Literals

    def value_variable(self, node):
        name = self.code(node)
        if not name.startswith("$"):
            self.fail(node)
        return self.look_up(name[1:], node)

    def value_verbatim_string_characters(self, node):
        inner = self.code(node)[1:-1]
        result, index = [], 0
        while index < len(inner):
            result.append(inner[index])
            # Any of the five single quotes, doubled, stands for the first of the two.
            index += 2 if inner[index] in "'\u2018\u2019\u201a\u201b" else 1
        return "".join(result)

    def value_expandable_string_literal(self, node):
        self.fail(node, "an expandable string, which mgc's scripts do not use")

    def value_decimal_integer_literal(self, node):
        return int(self.code(node))

    def value_real_literal(self, node):
        return float(self.code(node))

    def value_hexadecimal_integer_literal(self, node):
        return int(self.code(node), 16)

    def value_array_expression(self, node):
        output = []
        for child in node.children:
            if child.type == "statement_list":
                self.statements(child, output)
            elif child.type not in ("@(", ")", "comment"):
                self.fail(child)
        return output

    def value_hash_literal_expression(self, node):
        table = Table()
        for body in (c for c in node.children if c.type == "hash_literal_body"):
            for entry in (c for c in body.children if c.type == "hash_entry"):
                key = entry.children[0].children[0]
                name = self.code(key) if key.type == "simple_name" else self.value(key)
                if table.has(name):
                    raise PSError(f"Duplicate keys '{name}' are not allowed in hash literals.")
                table.set(name, plain(self.statement_value(entry.children[2])))
        return table

    def statement_value(self, node):
        return self.pipeline_value(node)

    def value_script_block_expression(self, node):
        return Block(node)

    def value_parenthesized_expression(self, node):
        return self.pipeline_value(node.children[1])

    def value_type_literal(self, node):
        return Type(self.code(node)[1:-1].strip())

    def value_cast_expression(self, node):
        name = self.code(node.children[0])[1:-1].strip()
        if name.lower() == "ordered":
            table = self.value(node.children[1])
            table.ordered = True
            return table
        inner = self.value(node.children[1])
        if name.lower() == "pscustomobject" and isinstance(inner, Table):
            # Written as a literal, the properties keep their order.
            return converted(name, inner)
        return converted(name, inner)

    # Operators

    def value_expression_with_unary_operator(self, node):
        sign = self.code(node.children[0]).lower()
        value = self.value(node.children[1])
        if sign in ("-not", "!"):
            return not truth(value)
        if sign == "-":
            return -number(value)
        if sign == ",":
            return [plain(value)]
        if sign == "-join":
            return "".join(text(each) for each in sequence(value))
        self.fail(node)

    def value_post_increment_expression(self, node):
        name = self.code(node.children[0])[1:]
        before = self.look_up(name, node)
        self.assign(name, number(before) + 1, node)
        return before

    def value_array_literal_expression(self, node):
        return [plain(self.value(c)) for c in node.children if c.type != ","]

    def binary(self, node):
        left_node, sign_node, right_node = node.children
        sign = self.code(sign_node).lower()
        if sign == "-and":
            return truth(self.value(left_node)) and truth(self.value(right_node))
        if sign == "-or":
            return truth(self.value(left_node)) or truth(self.value(right_node))
        left = self.value(left_node)
        if sign in ("-is", "-isnot"):
            right = self.value(right_node)
            name = right.name if isinstance(right, Type) else text(right)
            return has_type(left, name) == (sign == "-is")
        right = self.value(right_node)
        if sign == "-f":
            values = right if isinstance(right, list) else [right]
            return formatted(text(left), values)
        if sign in ("+", "-", "*", "/", "%"):
            return self.arithmetic(sign, left, right, node)
        return self.comparison(sign, left, right, node)

    def sum(self, left, right, node):
        return self.arithmetic("+", left, right, node)

    def arithmetic(self, sign, left, right, node):
        left, right = plain(left), plain(right)
        if sign == "+" and isinstance(left, list):
            return left + sequence(right)
        if sign == "+" and isinstance(left, str):
            if isinstance(right, (list, Table)):
                self.fail(node, "a list added to a text")
            return left + text(right)
        if not is_number(left):
            self.fail(node, "arithmetic with something other than a number")
        right = number(right)
        if sign in ("/", "%") and right == 0:
            raise PSError("Attempted to divide by zero.")
        if sign == "/":
            return left // right if left % right == 0 else left / right
        if sign == "%":
            return left - right * int(left / right)
        return {"+": left + right, "-": left - right, "*": left * right}[sign]

    def comparison(self, sign, left, right, node):
        exact = sign.startswith("-c") and sign != "-contains"
        name = sign[1:]
        if exact or name in ("ieq", "ine", "ilike"):
            name = name[1:]
        if name in ("contains", "notcontains"):
            found = any(equal(each, right, exact) for each in sequence(left))
            return found == (name == "contains")
        if name in ("in", "notin"):
            found = any(equal(each, left, exact) for each in sequence(right))
            return found == (name == "in")
        if name == "join":
            return text(right).join(text(each) for each in sequence(left))
        if name == "split":
            parts = []
            for each in sequence(left):
                parts += regex(text(right), exact).split(text(each))
            return parts
        if name == "replace":
            pattern, by = (right + [""])[:2] if isinstance(right, list) else (right, "")
            results = [
                regex(text(pattern), exact).sub(substitution(text(by)), text(each))
                for each in sequence(left)]
            return results if isinstance(left, list) else results[0]
        tests = {
            "eq": lambda each: equal(each, right, exact),
            "ne": lambda each: not equal(each, right, exact),
            "like": lambda each: wildcard(text(right)).fullmatch(text(each)) is not None,
            "notlike": lambda each: wildcard(text(right)).fullmatch(text(each)) is None,
            "match": lambda each: regex(text(right), exact).search(text(each)) is not None,
            "notmatch": lambda each: regex(text(right), exact).search(text(each)) is None,
            "gt": lambda each: self.ordering(each, right, node) > 0,
            "ge": lambda each: self.ordering(each, right, node) >= 0,
            "lt": lambda each: self.ordering(each, right, node) < 0,
            "le": lambda each: self.ordering(each, right, node) <= 0,
        }
        if name not in tests:
            self.fail(node, f"the operator {sign}")
        # A list on the left is filtered.
        if isinstance(left, list):
            return [each for each in left if tests[name](each)]
        return tests[name](plain(left))

    def ordering(self, left, right, node):
        if not is_number(plain(left)):
            self.fail(node, "an order of something other than numbers")
        return left - number(right)

    # Members

    def member_name(self, node):
        child = node.children[0] if node.children else node
        if child.type == "simple_name":
            return self.code(child)
        return text(self.value(child))

    def value_member_access(self, node):
        if node.text == "[System.Globalization.CultureInfo]::InvariantCulture":
            return INVARIANT
        if self.code(node.children[1]) != ".":
            self.fail(node, "a static property")
        holder = self.value(node.children[0])
        return member(self, holder, self.member_name(node.children[2]))

    def value_element_access(self, node):
        holder = plain(self.value(node.children[0]))
        index = plain(self.value(node.children[2]))
        if holder is None:
            raise PSError("Cannot index into a null array.")
        if isinstance(holder, Table):
            return holder.get(index)
        if hasattr(holder, "property_named"):
            return holder.property_named(text(index))
        if isinstance(holder, (list, str)):
            if not is_number(index):
                self.fail(node, "an index that is not a number")
            if not -len(holder) <= index < len(holder):
                raise PSError("Index was outside the bounds of the array.")
            return holder[index]
        self.fail(node, f"an element of {type(holder).__name__}")

    def value_invokation_expression(self, node):
        holder, dot, name, arguments = node.children
        values = []
        for listing in arguments.children:
            if listing.type == "argument_expression_list":
                values = [plain(self.value(c)) for c in listing.children if c.type != ","]
        method = self.member_name(name)
        if self.code(dot) == "::":
            return call_static(self, self.value(holder).name, method, values)
        return call_method(self, plain(self.value(holder)), method, values)
