"""Runs a PowerShell script of the subset that mgc's scripts use, over the tree of
tree-sitter-powershell, in strict mode 3.0. Commands that are neither functions of the script nor
in powershell_builtins come from the world that the test gives.

Anything else is `Unsupported`: no script catches it, and the test fails."""

from powershell_calls import Calls
from powershell_operators import Operators
from powershell_parameters import Parameters
from powershell_tree import parsed
from powershell_values import (
    ErrorRecord, Leave, PSError, Table, Unsupported, collapsed, plain, sequence, text, truth)

STEPS = 2_000_000


class Interpreter(Operators, Calls, Parameters):
    """One run of one script. `world` answers commands, files and questions."""

    def __init__(self, source, world, path):
        self.source = source.removeprefix(b"\xef\xbb\xbf")
        self.world = world
        self.functions = {}
        self.strict = False
        self.steps = 0
        self.output = []
        folder = path.rsplit("/", 1)[0] if "/" in path else "."
        self.scopes = [{
            "psscriptroot": "/" + folder, "pscommandpath": "/" + path,
            "erroractionpreference": "Continue",
            "whatifpreference": False, "true": True, "false": False, "null": None}]
        self.tree = parsed(self.source)
        if self.tree is None:
            raise Unsupported("a script with syntax errors")

    def run(self, arguments):
        """Runs the script with named arguments; the output so far stays in `output`."""
        root = self.tree
        self.exit_code = 0
        declared = next((c for c in root.children if c.type == "param_block"), None)
        self.bind_script(declared, arguments)
        for child in root.children:
            if child.type == "statement_list":
                try:
                    self.statements(child, self.output)
                except Leave as leave:
                    if leave.word not in ("return", "exit"):
                        raise Unsupported(f"{leave.word} outside a loop") from None
            elif child.type not in ("comment", "param_block"):
                raise Unsupported(child.type)

    def bind_script(self, declared, arguments):
        attributes = self.attributes(declared)
        binding = attributes.get("cmdletbinding")
        scope = self.scopes[0]
        given = {key.lower(): value for key, value in arguments.items()}
        if binding is not None:
            scope["pscmdlet"] = self.world.cmdlet(self, supports="supportsshouldprocess" in binding)
            if "supportsshouldprocess" in binding:
                scope["whatifpreference"] = truth(given.pop("whatif", False))
        self.bind(declared, given, [], scope, "the script")

    # Names and text

    def code(self, node):
        return node.text

    def fail(self, node, what=None):
        raise Unsupported(f"line {node.line}: {what or node.type}: {self.code(node)[:80]}")

    def step(self, node):
        self.steps += 1
        if self.steps > STEPS:
            self.fail(node, "too many steps")

    # Variables: functions see what their callers have, and set their own.

    def look_up(self, name, node):
        key = name.lower()
        if ":" in key:
            self.fail(node, "a variable of another drive or scope")
        for scope in reversed(self.scopes):
            if key in scope:
                return scope[key]
        if self.strict:
            raise PSError(f"The variable '${name}' cannot be retrieved because it has not been set.")
        self.fail(node, "a variable without a value before strict mode")

    def assign(self, name, value, node):
        key = name.lower()
        if key == "null":
            return
        if key in ("true", "false", "pscmdlet", "psscriptroot", "pscommandpath", "_", "error", "input", "args",
                   "matches", "host", "this"):
            self.fail(node, "an assignment to a variable of PowerShell's own")
        if ":" in key:
            self.fail(node, "a variable of another drive or scope")
        self.scopes[-1][key] = value

    # Statements

    def statements(self, node, output):
        for child in node.children:
            self.statement(child, output)

    def statement(self, node, output):
        self.step(node)
        kind = node.type
        if kind in ("comment", "empty_statement"):
            return
        if kind == "pipeline":
            self.pipeline(node, output)
        elif kind == "function_statement":
            name = next(self.code(c) for c in node.children if c.type == "function_name")
            self.functions[name.lower()] = node
        elif kind == "if_statement":
            self.if_statement(node, output)
        elif kind == "foreach_statement":
            self.foreach_statement(node, output)
        elif kind == "while_statement":
            condition = next(c for c in node.children if c.type == "while_condition")
            body = node.children[-1]
            self.loop(lambda: truth(self.pipeline_value(condition.children[0])), body, output)
        elif kind == "flow_control_statement":
            self.flow(node, output)
        elif kind == "try_statement":
            self.try_statement(node, output)
        elif kind == "statement_list":
            self.statements(node, output)
        else:
            self.fail(node)

    def body(self, node, output):
        for child in node.children:
            if child.type not in ("{", "}"):
                self.statement(child, output)

    def if_statement(self, node, output):
        branches = []
        for child in node.children:
            if child.type == "pipeline":
                branches.append([child, None])
            elif child.type == "statement_block":
                branches[-1][1] = child
            elif child.type == "elseif_clauses":
                for clause in child.children:
                    branches.append([
                        next(c for c in clause.children if c.type == "pipeline"),
                        clause.children[-1]])
            elif child.type == "else_clause":
                branches.append([None, child.children[-1]])
        for condition, block in branches:
            if condition is None or truth(self.pipeline_value(condition)):
                self.body(block, output)
                return

    def foreach_statement(self, node, output):
        variable = next(c for c in node.children if c.type == "variable")
        source = self.pipeline_value(next(c for c in node.children if c.type == "pipeline"))
        elements = [] if plain(source) is None else sequence(source)
        name = self.code(variable)[1:]
        pending = iter(elements)

        def following():
            for element in pending:
                self.assign(name, element, variable)
                return True
            return False

        self.loop(following, node.children[-1], output)

    def loop(self, goes_on, block, output):
        while goes_on():
            try:
                self.body(block, output)
            except Leave as leave:
                if leave.word == "break":
                    return
                if leave.word != "continue":
                    raise

    def flow(self, node, output):
        word = self.code(node.children[0]).lower()
        value = node.children[1] if len(node.children) > 1 else None
        if word == "throw":
            if value is None:
                raise self.look_up("_", node).error
            thrown = self.pipeline_value(value)
            if isinstance(thrown, ErrorRecord):
                raise PSError(thrown.message, thrown)
            raise PSError(text(thrown))
        if word == "return" and value is not None:
            self.pipeline(value, output)
        elif word == "exit" and value is not None:
            self.exit_code = self.pipeline_value(value)
        elif word not in ("return", "break", "continue") or value is not None:
            self.fail(node)
        raise Leave(word)

    def try_statement(self, node, output):
        block = next(c for c in node.children if c.type == "statement_block")
        clauses = [c for c in node.children if c.type == "catch_clauses"]
        final = [c for c in node.children if c.type == "finally_clause"]
        try:
            try:
                self.body(block, output)
            except PSError as error:
                if not clauses:
                    raise
                catch = clauses[0].children[0]
                if len(clauses[0].children) != 1 or len(catch.children) != 2:
                    self.fail(catch, "a catch of one type")
                error.record.error = error
                with self.item(error.record):
                    self.body(catch.children[-1], output)
        finally:
            for clause in final:
                self.body(clause.children[-1], output)

    def item(self, value):
        """`$_` for the time of a block."""
        scope = self.scopes[-1]

        class Held:
            def __enter__(held):
                held.before = scope.get("_", held)
                scope["_"] = value

            def __exit__(held, *_):
                if held.before is held:
                    scope.pop("_", None)
                else:
                    scope["_"] = held.before

        return Held()

    # Pipelines

    def pipeline(self, node, output):
        """Runs a pipeline; its output is enumerated into `output` as it comes."""
        first = node.children[0]
        if first.type == "assignment_expression":
            self.assignment(first)
            return
        if len(node.children) != 1 or first.type != "pipeline_chain":
            self.fail(node, "a chain of pipelines")
        parts = [c for c in first.children if c.type != "|"]
        if len(parts) == 1 and parts[0].type == "command":
            self.command(parts[0], None, output)
            return
        current = None
        for index, part in enumerate(parts):
            last = index == len(parts) - 1
            received = [] if not last else output
            if part.type == "command":
                self.command(part, current, received)
            elif index == 0:
                silent = self.core(part).type in (
                    "post_increment_expression", "post_decrement_expression")
                value = self.value(part)
                if not silent:
                    received.extend(sequence(value))
            else:
                self.fail(part, "an expression within a pipeline")
            current = received

    def pipeline_value(self, node):
        """What an expression in parentheses, or the right side of an assignment, is."""
        if node.type != "pipeline":
            output = []
            self.statement(node, output)
            return collapsed(output)
        chain = node.children[0]
        if chain.type == "pipeline_chain" and len(chain.children) == 1:
            if chain.children[0].type != "command":
                return self.value(chain.children[0])
        output = []
        self.pipeline(node, output)
        return collapsed(output)

    def assignment(self, node):
        left, operator, right = node.children
        target = self.core(left)
        value = self.pipeline_value(right)
        sign = self.code(operator)
        if sign not in ("=", "+="):
            self.fail(operator)
        if target.type == "variable":
            name = self.code(target)[1:]
            if sign == "+=":
                value = self.sum(self.look_up(name, target), value, node)
            self.assign(name, value, target)
        elif target.type == "element_access" and sign == "=":
            holder = self.value(target.children[0])
            if not isinstance(holder, Table):
                self.fail(target, "an element of something other than a table")
            holder.set(self.value(target.children[2]), plain(value))
        elif target.type == "member_access":
            name = self.member_name(target.children[2])
            self.fail(target, f"the property {name}, which is set")
        else:
            self.fail(target)

    def block(self, block, element, output):
        """A script block for one element of a pipeline: in the caller's own scope."""
        with self.item(element):
            body = next((c for c in block.node.children if c.type == "script_block"), None)
            for child in body.children if body else []:
                if child.type != "script_block_body":
                    self.fail(child)
                self.statements(child, output)
