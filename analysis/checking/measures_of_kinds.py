"""Which measures a kind of report speaks of, read from its notebook and from the code of the figures and sentences that it calls.

So a share of days that the report on use shows explains nothing in the report on equity. Nothing is registered: a figure that names
another measure lets its reports show it.
"""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from analysis.measures import load_measures
from analysis.reports.orders import NOTEBOOKS

_HOUSE = Path(__file__).parents[1]
_SPEAKS = ("analysis.figures", "analysis.reports.sentences", "analysis.reports.school", "analysis.reports.territory")
_LEAST_PREFIX = 6  # letters of a name that is put together: f"share_pupil_days_{part}"


@cache
def measures_of(kind: str) -> frozenset[str]:
    """The measures that a kind of report may speak of; all of them for a kind that has no notebook."""
    notebook, everything = NOTEBOOKS / f"{kind}.ipynb", frozenset(load_measures())
    if not notebook.is_file():
        return everything
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    found = {name for module in _reached(code) for name in _names_in(module, everything)}
    return frozenset(found)


def _reached(code: str) -> set[Path]:
    """The modules of the figures that a notebook calls, and those that they import from the same rooms."""
    waiting = [_HOUSE / "figures" / f"{name}.py" for name in re.findall(r"\bfigures\.(\w+)", code)]
    reached: set[Path] = set()
    while waiting:
        module = waiting.pop()
        if module not in reached and module.is_file():
            reached.add(module)
            waiting += _imported(module)
    return reached


def _imported(module: Path) -> Iterator[Path]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                if name.startswith(_SPEAKS):
                    yield _HOUSE.parent / f"{name.replace('.', '/')}.py"


def _names_in(module: Path, measures: frozenset[str]) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Constant) and node.value in measures:
            yield str(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(start := node.values[0], ast.Constant):
            prefix = str(start.value)
            yield from (name for name in measures if len(prefix) >= _LEAST_PREFIX and name.startswith(prefix))


@cache
def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))
