"""Reads programs, one per line in base64, and writes what CPython's parser makes of each, in the form of Dump.java.

Each line of output starts with "ok ", then the tree with positions, or with "no ", then the reason.
"""

import ast
import base64
import struct
import sys

UNARY = {ast.Not: "not", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}
BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.LShift: "<<", ast.RShift: ">>", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^",
}
COMPARE = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}
CONVERSION = {-1: "NONE", ord("s"): "STR", ord("r"): "REPR", ord("a"): "ASCII"}


def hexed(text):
    return "'" + text.encode().hex() + "'"


class Dump:
    def __init__(self, lines):
        self.lines = lines
        self.positions = True

    def at(self, node):
        if not self.positions:
            return ""
        prefix = self.lines[node.lineno - 1].encode()[: node.col_offset]
        return "@%d:%d " % (node.lineno, len(prefix.decode()) + 1)

    def list(self, name, items):
        return "(" + name + " " + " ".join(items) + ")"

    def body(self, statements):
        return self.list("body", [self.at(s) + self.statement(s) for s in statements])

    def maybe(self, node):
        return "-" if node is None else self.expression(node)

    def several(self, name, nodes):
        return self.list(name, [self.expression(n) for n in nodes])

    def statement(self, s):
        match s:
            case ast.Expr():
                return "(expr %s)" % self.expression(s.value)
            case ast.Assign():
                return "(assign %s %s)" % (self.several("targets", s.targets), self.expression(s.value))
            case ast.AugAssign():
                return "(aug %s %s %s)" % (BINARY[type(s.op)], self.expression(s.target), self.expression(s.value))
            case ast.AnnAssign():
                return "(ann %s %s %s)" % (
                    self.expression(s.target), self.expression(s.annotation), self.maybe(s.value))
            case ast.If():
                return "(if %s %s %s)" % (self.expression(s.test), self.body(s.body), self.body(s.orelse))
            case ast.For():
                return "(for %s %s %s %s)" % (
                    self.expression(s.target), self.expression(s.iter), self.body(s.body), self.body(s.orelse))
            case ast.While():
                return "(while %s %s %s)" % (self.expression(s.test), self.body(s.body), self.body(s.orelse))
            case ast.Break():
                return "(break)"
            case ast.Continue():
                return "(continue)"
            case ast.Pass():
                return "(pass)"
            case ast.Return():
                return "(return %s)" % self.maybe(s.value)
            case ast.FunctionDef():
                return "(def %s %s %s %s)" % (s.name, self.parameters(s.args), self.maybe(s.returns), self.body(s.body))
            case ast.Raise():
                return "(raise %s %s)" % (self.maybe(s.exc), self.maybe(s.cause))
            case ast.Try():
                handlers = [
                    "(except %s %s %s)" % (self.maybe(h.type), h.name or "-", self.body(h.body)) for h in s.handlers]
                return "(try %s %s %s %s)" % (
                    self.body(s.body), self.list("handlers", handlers), self.body(s.orelse), self.body(s.finalbody))
            case ast.ClassDef():
                members = [self.member(m) for m in s.body]
                return "(class %s %s %s)" % (
                    s.name, self.several("bases", s.bases), self.list("members", [m for m in members if m]))
            case ast.Assert():
                return "(assert %s %s)" % (self.expression(s.test), self.maybe(s.msg))
            case ast.Delete():
                return self.list("del", [self.expression(t) for t in self.flat(s.targets)])
            case ast.Import() | ast.ImportFrom():
                module = getattr(s, "module", None) or "-"
                names = ["%s:%s" % (n.name, n.asname or "-") for n in s.names]
                return "(import %s %s)" % (module, self.list("names", names))
        raise ValueError(type(s).__name__)

    def flat(self, targets):
        for target in targets:
            if isinstance(target, (ast.Tuple, ast.List)):
                yield from self.flat(target.elts)
            else:
                yield target

    def member(self, m):
        match m:
            case ast.Pass() | ast.Expr(value=ast.Constant(value=str())):
                return ""
            case ast.AnnAssign():
                return "(field %s %s %s)" % (m.target.id, self.expression(m.annotation), self.maybe(m.value))
            case ast.Assign():
                return "(choice %s %s)" % (m.targets[0].id, self.expression(m.value))
        raise ValueError(type(m).__name__)

    def parameters(self, a):
        absent = [None] * (len(a.args) - len(a.defaults))
        positional = [self.parameter(p, d) for p, d in zip(a.args, absent + a.defaults)]
        named = [self.parameter(p, d) for p, d in zip(a.kwonlyargs, a.kw_defaults)]
        rest = self.parameter(a.vararg, None) if a.vararg else "-"
        keywords = self.parameter(a.kwarg, None) if a.kwarg else "-"
        return "(params %s %s %s %s)" % (self.list("positional", positional), rest, self.list("named", named), keywords)

    def parameter(self, p, default):
        return "(param %s %s %s)" % (p.arg, self.maybe(p.annotation), self.maybe(default))

    def expression(self, e):
        return self.at(e) + self.bare(e)

    def bare(self, e):
        match e:
            case ast.Constant():
                return self.constant(e.value)
            case ast.JoinedStr():
                return self.text(e)
            case ast.Name():
                return "(name %s)" % e.id
            case ast.Attribute():
                return "(attr %s %s)" % (self.expression(e.value), e.attr)
            case ast.Subscript():
                return "(sub %s %s)" % (self.expression(e.value), self.expression(e.slice))
            case ast.Slice():
                return "(slice %s %s %s)" % (self.maybe(e.lower), self.maybe(e.upper), self.maybe(e.step))
            case ast.Call():
                named = ["%s%s" % ("**" if k.arg is None else k.arg + "=", self.expression(k.value)) for k in e.keywords]
                parts = [self.expression(e.func)] + [self.expression(a) for a in e.args] + named
                return "(call %s)" % " ".join(parts)
            case ast.Tuple() | ast.List():
                if isinstance(e.ctx, ast.Store):
                    return self.several("several", e.elts)
                return self.several("tuple" if isinstance(e, ast.Tuple) else "list", e.elts)
            case ast.Set():
                return self.several("set", e.elts)
            case ast.Dict():
                entries = [
                    "(unpack %s)" % self.expression(v) if k is None
                    else "(pair %s %s)" % (self.expression(k), self.expression(v))
                    for k, v in zip(e.keys, e.values)]
                return self.list("dict", entries)
            case ast.ListComp():
                return self.comprehension("LIST", e.elt, None, e)
            case ast.SetComp():
                return self.comprehension("SET", e.elt, None, e)
            case ast.GeneratorExp():
                return self.comprehension("GENERATOR", e.elt, None, e)
            case ast.DictComp():
                return self.comprehension("DICT", e.key, e.value, e)
            case ast.UnaryOp():
                return "(unary %s %s)" % (UNARY[type(e.op)], self.expression(e.operand))
            case ast.BinOp():
                return "(binary %s %s %s)" % (BINARY[type(e.op)], self.expression(e.left), self.expression(e.right))
            case ast.BoolOp():
                return self.several("and" if isinstance(e.op, ast.And) else "or", e.values)
            case ast.Compare():
                links = [COMPARE[type(o)] + " " + self.expression(c) for o, c in zip(e.ops, e.comparators)]
                return "(compare %s %s)" % (self.expression(e.left), self.list("links", links))
            case ast.IfExp():
                return "(cond %s %s %s)" % (
                    self.expression(e.test), self.expression(e.body), self.expression(e.orelse))
            case ast.Lambda():
                return "(lambda %s %s)" % (self.parameters(e.args), self.expression(e.body))
            case ast.NamedExpr():
                return "(walrus %s %s)" % (e.target.id, self.expression(e.value))
            case ast.Starred():
                return "(star %s)" % self.expression(e.value)
        raise ValueError(type(e).__name__)

    def constant(self, value):
        if isinstance(value, bool) or value is None:
            return str(value)
        if isinstance(value, int):
            return "(int %x)" % value
        if isinstance(value, float):
            return "(float %s)" % struct.pack(">d", value).hex()
        if isinstance(value, str):
            return "(str %s)" % hexed(value)
        raise ValueError(type(value).__name__)

    def comprehension(self, kind, element, value, e):
        clauses = [
            "(for %s %s %s)" % (
                self.expression(c.target), self.expression(c.iter), self.several("conditions", c.ifs))
            for c in e.generators]
        return "(%s %s %s %s)" % (kind, self.expression(element), self.maybe(value), self.list("clauses", clauses))

    def text(self, e):
        outer, self.positions = self.positions, False
        text = self.list("text", self.parts(e))
        self.positions = outer
        return text

    def parts(self, e):
        parts = []
        literal = ""
        for value in e.values:
            if isinstance(value, ast.Constant):
                literal += value.value
                continue
            if literal:
                parts.append("(literal %s)" % hexed(literal))
                literal = ""
            spec = self.parts(value.format_spec) if value.format_spec else []
            parts.append("(field %s %s %s)" % (
                CONVERSION[value.conversion], self.expression(value.value), self.list("spec", spec)))
        if literal:
            parts.append("(literal %s)" % hexed(literal))
        return parts


def answer(source):
    try:
        tree = ast.parse(source)
        compile(source, "plan", "exec")
    except (SyntaxError, ValueError, RecursionError) as reason:
        return "no %s: %s" % (type(reason).__name__, str(reason).replace("\n", " "))
    try:
        return "ok " + Dump(source.split("\n")).body(tree.body)
    except (KeyError, ValueError, AttributeError) as reason:
        return "ok with what is not in the subset: " + str(reason)


for line in sys.stdin:
    print(answer(base64.b64decode(line).decode()))
