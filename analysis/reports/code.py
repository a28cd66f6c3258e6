"""The code that shapes a report: what its kernel imports and what makes its files, with the queries, templates and words beside them.

A change in one of them makes all reports anew; a change elsewhere, such as in the portal or in what reads exports, makes none.
"""

import re
from collections.abc import Iterator
from pathlib import Path

_HOUSE = Path(__file__).parents[1]
_ROOTS = ("reports.school", "reports.territory", "reports.execution", "reports.document", "reports.page", "reports.pdf", "reports.logo")
_BESIDE = ("*.sql", "*.typ", "*.css", "*.j2", "locale/**/*.po")
_IMPORT = re.compile(r"^\s*(?:from analysis(?:\.([\w.]+))? import (\([^)]*\)|[^\n]*)|import analysis\.([\w.]+))", re.MULTILINE)


def code_files() -> list[Path]:
    """The files, in order: Python reached from the roots by imports, every figure, and what is no Python in the folder of the reports."""
    waiting = [*_ROOTS, *(f"figures.{path.stem}" for path in (_HOUSE / "figures").glob("*.py"))]
    found: set[Path] = set()
    while waiting:
        for path in _files_of(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting += _imported(path.read_text(encoding="utf-8"))
    return sorted(found | {path for pattern in _BESIDE for path in (_HOUSE / "reports").glob(pattern)})


def _files_of(module: str) -> Iterator[Path]:
    """Its file, and what is run of the packages that it is in."""
    parts = module.split(".")
    candidates = [_HOUSE.joinpath(*parts).with_suffix(".py")]
    candidates += [_HOUSE.joinpath(*parts[:depth], "__init__.py") for depth in range(len(parts) + 1)]
    return (path for path in candidates if path.is_file())


def _imported(source: str) -> Iterator[str]:
    """The names of modules of ours in its imports; a name imported from a package may be a module or not."""
    for package, names, module in _IMPORT.findall(source):
        if module or package:
            yield module or package
        for name in re.findall(r"\w+", names):
            yield f"{package}.{name}" if package else name
