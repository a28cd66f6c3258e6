"""The canonical tables: one TOML file each, with columns, types, meaning, units and checks (design section 4).

A column may say:
    type      DuckDB type of the canonical value
    meaning   what it is, for the dictionary
    unit      its unit, where it has one
    required  a row without it is set aside
    pseudonym the domain (`person`, `device`, `class`) whose key replaces the raw identifier
    values    the values allowed; anything else is set aside
    check     a condition on the row, in SQL; where it is false the row is set aside with `problem`
    problem   the end of the sentence "<column>: ..." that the user reads
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Column:
    """One column of a canonical table."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    required: bool = False
    pseudonym: str = ""
    values: tuple[str, ...] = ()
    check: str = ""
    problem: str = ""

    @property
    def is_free_text(self) -> bool:
        """Text whose values nothing limits: the identifier gate looks at it."""
        return self.type == "VARCHAR" and not self.pseudonym and not self.values


@dataclass(frozen=True)
class Table:
    """One canonical table. `month` is the column whose month (UTC) a row is filed under; `key` tells which newer row replaces which.

    One that `feeds_marts` not is for researchers alone: a change to it touches no month. `tells` is what its rows say of use where that is
    less than their evidence, or where they have none: "counts", "totals", "sessions".
    """

    name: str
    meaning: str
    grain: str
    columns: tuple[Column, ...]
    month: str = ""
    key: tuple[str, ...] = ()
    feeds_marts: bool = True
    tells: str = ""

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        return {c.name: c for c in self.columns}[name]


@cache
def load_tables() -> dict[str, Table]:
    """Every canonical table by name, from the TOML files of this folder."""
    return {path.stem: _read(path) for path in sorted(FOLDER.glob("*.toml"))}


def _read(path: Path) -> Table:
    text = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(Column(name, **_tuples(spec)) for name, spec in text.pop("columns").items())
    return Table(path.stem, columns=columns, **_tuples(text))


def _tuples(spec: dict) -> dict:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in spec.items()}
