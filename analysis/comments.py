"""What each table and column of the warehouse means, gathered from the files that say it, and written into the databases as comments.

A canonical table is told by its TOML file, a mart and a published table by the header of its SQL file, the few others and the words that
several tables share by `reference/words.toml`. They are read with `duckdb_tables()` and `duckdb_columns()`: `DESCRIBE` shows no comment.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from analysis.engine import literal, quoted
from analysis.header import read_folder, read_sql
from analysis.tables import Column, Table, load_tables

_HERE = Path(__file__).parent
_WORDS = _HERE / "reference" / "words.toml"


@dataclass(frozen=True)
class Words:
    """What is said of one table: `own` words of columns stand in its own file, `like` names canonical tables whose words it takes over."""

    title: str
    grain: str
    own: Mapping[str, str]
    like: tuple[str, ...] = ()

    @property
    def comment(self) -> str:
        """Title and grain as one comment."""
        return f"{self.title}. One row: {self.grain}."

    def of(self, column: str) -> str:
        """What a column means: the table's own words, else those of a table that it is like, else the shared ones; empty if none."""
        alike = (each for name in self.like for each in load_tables()[name].columns if each.name == column)
        return self.own.get(column) or next(map(_meaning, alike), "") or shared_words().get(column, "")


def words_of_tables() -> dict[str, Words]:
    """The words of every table that this code makes, by its name with its schema, such as `marts.pupil_day`."""
    files = {f"marts.{name}": file for name, file in read_folder(_HERE / "marts").items()}
    files |= {f"published.{name}": file for name, file in read_folder(_HERE / "disclosure").items()}
    files["measures.cell"] = read_sql(_HERE / "disclosure" / "queries" / "cells.sql")
    lake = {f"lake.{name}": _of_canonical(table) for name, table in load_tables().items()}
    others = {name: _of_header(header) for name, header in _written()["tables"].items()}
    return {**lake, **{name: _of_header(file.header) for name, file in files.items()}, **others}


def shared_words() -> Mapping[str, str]:
    """The words of columns that several tables share."""
    return _written()["columns"]


def comment_on(connection: duckdb.DuckDBPyConnection) -> None:
    """Gives every table, view and column of the database in use its comment. What nothing is said of stays without one."""
    words = words_of_tables()
    relations = connection.execute((_HERE / "relations.sql").read_text(encoding="utf-8")).fetchall()
    connection.execute("BEGIN")  # one commit for a thousand comments
    for kind, schema, table, columns in relations:
        told, name = words.get(f"{schema}.{table}"), f"{quoted(schema)}.{quoted(table)}"
        if told:
            connection.execute(f"COMMENT ON {kind} {name} IS {literal(told.comment)}")
            for column, meaning in ((column, told.of(column)) for column in columns):
                if meaning:
                    connection.execute(f"COMMENT ON COLUMN {name}.{quoted(column)} IS {literal(meaning)}")
    connection.execute("COMMIT")


@cache
def _written() -> dict:
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def _of_header(header: Mapping) -> Words:
    return Words(header["title"], header.get("grain", ""), header.get("columns", {}), tuple(header.get("like", ())))


def _of_canonical(table: Table) -> Words:
    return Words(table.meaning, table.grain, {column.name: _meaning(column) for column in table.columns})


def _meaning(column: Column) -> str:
    """Meaning, unit and values allowed."""
    unit = f" [{column.unit}]" if column.unit else ""
    values = f" ({', '.join(column.values)})" if column.values else ""
    return f"{column.meaning}{unit}{values}"
