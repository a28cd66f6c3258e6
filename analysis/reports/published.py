"""The door of the reports, and what lies behind it: schools, periods, and a fingerprint of each report's figures.

Reports open `published.duckdb`, which holds the schema `published` and nothing else, through a connection that can reach no other file:
not the warehouse, not the lake, whatever SQL is written to it.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from analysis.engine import literal
from analysis.errors import DisclosureError, UserError
from analysis.foreign_text import label

TERRITORY = "territory"  # stands for the UAI in the rows of all schools together
_FOR_EVERYBODY = "settings"  # the one table that is about no place and that the report of a school reads
_OF_THE_BUILD = "build_state"  # no figure: a build that changes none makes no report anew
_LOCKS = (
    "SET enable_external_access = false",  # no other database, no file, no network, no extension
    "SET python_enable_replacements = false",  # nor the frames of the program that asks
    "SET lock_configuration = true",  # and no statement opens any of it again
)


@dataclass(frozen=True)
class Reportable:
    """A school in a period, or the territory (its `uai` is `territory`), that a report can be made of."""

    uai: str
    period: str
    name: str
    kind: str
    has_figures: bool
    is_invented: bool
    commune: str = ""


@contextmanager
def opened(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published tables, read-only, through a connection that sees nothing else.

    Raises UserError if they do not stand, and DisclosureError for a database that holds more than them, such as the warehouse.
    """
    if not published.is_file():
        raise UserError(f"{published.name}: there are no published figures yet. Run `cartable build` first (or `make demo`).")
    with alone(published) as database:
        if _holds_more(database):
            raise DisclosureError(f"{published.name} holds more than published figures: reports open published.duckdb, and nothing else.")
        yield database


@contextmanager
def alone(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file, read-only, through a connection that reaches no other file. Raises duckdb.Error where `path` is none."""
    with duckdb.connect() as database:
        database.execute(f"ATTACH {literal(str(path))} AS apart (READ_ONLY)")
        database.execute("USE apart")
        for lock in _LOCKS:
            database.execute(lock)
        yield database


def _holds_more(database: duckdb.DuckDBPyConnection) -> bool:
    found = database.execute("SELECT table_schema FROM information_schema.tables WHERE table_catalog = 'apart'").fetchall()
    return any(schema != "published" for (schema,) in found)


def reportables(database: duckdb.DuckDBPyConnection) -> list[Reportable]:
    """Every school in every period, in the order of the periods and then by name; never the territory."""
    return [each for each in _places(database) if each.uai != TERRITORY]


def whole_territory(database: duckdb.DuckDBPyConnection) -> list[Reportable]:
    """The territory in every period, in their order."""
    return [each for each in _places(database) if each.uai == TERRITORY]


def _places(database: duckdb.DuckDBPyConnection) -> list[Reportable]:
    sql = (Path(__file__).parent / "reportables.sql").read_text(encoding="utf-8")
    found = [Reportable(*row) for row in database.execute(sql).fetchall()]
    return [replace(each, name=label(each.name), commune=label(each.commune)) for each in found]


def default_period(candidates: list[Reportable]) -> str:
    """The latest trimester with figures, else the latest period with figures, else the latest. Raises UserError if there is none."""
    if not candidates:
        raise UserError("No school is described yet. Drop schools.csv in data/raw, then run `cartable ingest` and `cartable build`.")
    latest_first = [each for each in reversed(candidates) if each.has_figures] or candidates[::-1]
    return next((each for each in latest_first if each.kind == "trimester"), latest_first[0]).period


def fingerprint(database: duckdb.DuckDBPyConnection, uai: str, period: str) -> str:
    """SHA-256 of all published rows that a report may read, whatever their order.

    A school's report reads its own rows and the settings: figures of others do not make it anew. The territory's reads all of the period.
    """
    digest = hashlib.sha256()
    for table in _tables(database):
        columns = {name for name, *_ in database.execute(f'DESCRIBE published."{table}"').fetchall()}
        given = {name: value for name, value in (("uai", uai), ("period", period)) if name in columns and value != TERRITORY}
        if uai == TERRITORY or "uai" in columns or table == _FOR_EVERYBODY:
            limits = " AND ".join(f"{name} = ${name}" for name in given) or "true"
            rows = database.execute(f'SELECT * FROM published."{table}" WHERE {limits} ORDER BY ALL', given).fetchall()
            digest.update(json.dumps([table, rows], default=str).encode())
    return digest.hexdigest()


def figures_of(database: duckdb.DuckDBPyConnection, uai: str, period: str) -> dict[str, object]:
    """How many figures are shown of each measure, each one that is withheld with its reason, and the published coverage of the tablets."""
    rows = _rows("figures_of.sql", database, uai, period)
    shown: dict[str, int] = {}
    for measure, *_, is_shown, _reason in rows:
        shown[measure] = shown.get(measure, 0) + bool(is_shown)
    names = ("measure", "breakdown", "category", "evidence", "reason")
    withheld = [dict(zip(names, (*row[:4], row[5]), strict=True)) for row in rows if not row[4]]
    coverage = [
        dict(zip(("measure", "evidence", "value", "bound"), row, strict=True)) for row in _rows("coverage_of.sql", database, uai, period)
    ]
    return {"shown": shown, "withheld": withheld, "coverage": coverage}


def _rows(file: str, database: duckdb.DuckDBPyConnection, uai: str, period: str) -> list[tuple]:
    sql = (Path(__file__).parent / file).read_text(encoding="utf-8")
    return database.execute(sql, {"uai": uai, "period": period}).fetchall()


def _tables(database: duckdb.DuckDBPyConnection) -> list[str]:
    found = database.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'published' ORDER BY 1").fetchall()
    return [name for (name,) in found if name != _OF_THE_BUILD]
