"""What a report notebook may do: open the published figures, and show them. Its cells are read before it is run, and nothing else passes.

A notebook that imports something else, reads a file, writes SQL or calls a shell is refused, even if nothing it finds would be shown: it
is a researcher's, opens the warehouse in JupyterLab, and never becomes a report.

What this does not do: the text of Markdown cells is what its author wrote, numbers included; and the modules that cells call are this
project's own, trusted code. A person who may run Python as this user can open every file that this user can open, the warehouse and the
key included. Only the operating system can prevent that (another user, other rights on `data/`); no check of a notebook does.
"""

import ast
import inspect
import re
from pathlib import Path

from nbformat import NotebookNode

from analysis.errors import DisclosureError
from analysis.reports import blocks

_IMPORTS = {
    "analysis": {"figures"},
    "analysis.reports": {"blocks"},
    "analysis.reports.school": {"open_school"},
    "analysis.reports.territory": {"open_territory"},
}
_FUNCTIONS = {"open_school", "open_territory", "print"}
_TYPES = {"str", "int", "float", "bool"}  # annotations of parameters
_FIGURES = {path.stem for path in (Path(__file__).parents[1] / "figures").glob("*.py") if not path.stem.startswith("_")}
_BLOCKS = {
    name for name, each in vars(blocks).items() if inspect.isfunction(each) and each.__module__ == blocks.__name__ and name[0] != "_"
}
_ROOMS = {"figures": _FIGURES, "blocks": _BLOCKS | {"Table"}}
_TAKEN = {*_ROOMS, *_FUNCTIONS}
# syntax that computes and shows, and reaches nothing
_HARMLESS = (
    *(ast.Module, ast.Expr, ast.keyword, ast.expr_context, ast.List, ast.Tuple, ast.Dict, ast.JoinedStr, ast.FormattedValue),
    *(ast.BinOp, ast.operator, ast.UnaryOp, ast.unaryop, ast.Compare, ast.cmpop),
)
_SQL = re.compile(r"\b(select|attach|pragma|copy|install)\s|\bread_\w+\s*\(|\bfrom\s+\S+\s+(where|join|limit)\b", re.IGNORECASE)


def refuse_all_but_figures(notebook: NotebookNode, kind: str) -> None:
    """Raises DisclosureError that names the first cell that does more than open the published figures and show them."""
    fault = fault_of(notebook)
    if fault:
        what_next = "Show published figures only, as the other notebooks do; a researcher's notebook is run in JupyterLab and is no report"
        raise DisclosureError(f"{kind}: {fault}, which a report may not. {what_next} (leave out its parameters period and lang).")


def fault_of(notebook: NotebookNode) -> str:
    """ "cell 3, line 2 imports pandas": the first thing that a report may not do; empty if there is none. Repeats no word of a text."""
    known: set[str] = {"print"}
    for number, cell in enumerate(notebook.cells, start=1):
        try:
            _read_cell(cell, known)
        except _FaultError as fault:
            line = f", line {fault.line}" if fault.line else ""
            return f"cell {number}{line} {fault}"
    return ""


class _FaultError(Exception):
    def __init__(self, what: str, node: ast.AST | None = None) -> None:
        super().__init__(what)
        self.line = getattr(node, "lineno", None)


def _read_cell(cell: NotebookNode, known: set[str]) -> None:
    if cell.cell_type not in ("code", "markdown"):
        raise _FaultError("is neither code nor text, and would be kept unread")
    if cell.get("attachments"):
        raise _FaultError("has a file attached")
    if cell.cell_type == "code":
        try:
            tree = ast.parse(cell.source)
        except (SyntaxError, ValueError):
            raise _FaultError("is not plain Python (a magic or a shell command?)") from None
        _Reader(known).visit(tree)


class _Reader(ast.NodeVisitor):
    """Walks over the syntax of one cell; `known` are the names that stand for something by then."""

    def __init__(self, known: set[str]) -> None:
        self.known = known

    def generic_visit(self, node: ast.AST) -> None:
        """What is not among the harmless is refused."""
        if not isinstance(node, _HARMLESS):
            raise _FaultError(f"uses {type(node).__name__} of Python", node)
        super().generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        """No module as a whole: it would bring what it imports."""
        raise _FaultError(f"imports {node.names[0].name}", node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """Only the doors and the figures."""
        allowed = set() if node.level else _IMPORTS.get(node.module or "", set())
        if not {each.name for each in node.names} <= allowed or any(each.asname for each in node.names):
            raise _FaultError(f"imports from {node.module or 'a package beside it'}", node)
        self.known.update(each.name for each in node.names)

    def visit_Assign(self, node: ast.Assign) -> None:
        """A value under a new name."""
        self.visit(node.value)
        for target in node.targets:
            self._name(target)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """The same with a type, as parameters have."""
        if not isinstance(node.annotation, ast.Name) or node.annotation.id not in _TYPES or node.value is None:
            raise _FaultError("has an annotation that is no plain type", node)
        self.visit(node.value)
        self._name(node.target)

    def _name(self, target: ast.expr) -> None:
        if not isinstance(target, ast.Name) or target.id in _TAKEN or target.id.startswith("_"):
            raise _FaultError("assigns to something else than a new name", target)
        self.known.add(target.id)

    def visit_Name(self, node: ast.Name) -> None:
        """A name that a cell gave: the others are Python's own, or IPython's commands."""
        if node.id not in self.known or node.id in _TAKEN:
            raise _FaultError("uses a name that no cell before it gave, or a function without calling it", node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """A public part of something opened, such as `territory.whole`, and no part of that part."""
        if node.attr.startswith("_") or not isinstance(node.value, ast.Name):
            raise _FaultError("reaches into the inside of an object", node)
        self.visit_Name(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        """A figure, a block, or one of the doors."""
        if not self._may_call(node.func):
            raise _FaultError("calls something else than a figure", node)
        for argument in (*node.args, *node.keywords):
            self.visit(argument)

    def _may_call(self, called: ast.expr) -> bool:
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            return called.value.id in self.known and called.attr in _ROOMS.get(called.value.id, set())
        return isinstance(called, ast.Name) and called.id in _FUNCTIONS & self.known

    def visit_Constant(self, node: ast.Constant) -> None:
        """A number or a text; not a question to a database."""
        if isinstance(node.value, str) and _SQL.search(node.value):
            raise _FaultError("holds SQL", node)
