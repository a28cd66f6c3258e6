"""SQL files that describe themselves: a TOML header in the leading comment, then one statement."""

import tomllib
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class SqlFile:
    """One .sql file: its name without ending, its header as a dict, and its statement."""

    name: str
    header: dict[str, Any]
    sql: str


def read_sql(path: Path) -> SqlFile:
    """The SQL file at `path`. Raises ValueError when the leading /* ... */ comment with the header is absent or not TOML."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("/*") or "*/" not in text:
        raise ValueError(f"{path.name}: the file does not start with a /* TOML header */")
    return _parsed(path.stem, text)


def read_folder(folder: Path) -> dict[str, SqlFile]:
    """Every SQL file of `folder` by name: adding one is adding a file."""
    return {path.stem: read_sql(path) for path in sorted(folder.glob("*.sql"))}


def in_order(files: dict[str, SqlFile]) -> list[SqlFile]:
    """The files of a folder, each after those that its header `needs`. Raises ValueError for one that does not exist or a circle."""
    graph = {name: [n for n in file.header.get("needs", []) if n in files] for name, file in files.items()}
    return [files[name] for name in TopologicalSorter(graph).static_order()]


@cache  # a build asks for the same folders again and again, and to parse their headers takes longer than a small mart
def _parsed(name: str, text: str) -> SqlFile:
    header, sql = text[2:].split("*/", 1)
    return SqlFile(name, tomllib.loads(header), sql.strip().rstrip(";"))
