"""The log formats that Cartable reads: one SQL file each, whose header says how to know a file and what to keep of it.

Header keys:
    title     what it is, in words (English)
    titre     the same in French, for reports
    fills     the canonical table that it fills
    evidence  how a duration made from it is known (tables with an `evidence` column)
    reads     "csv", "json" or both
    records   json: the key under which the list of records stands, where it is not the whole file
    explode   json: a list inside a record that becomes one row per element, its fields named `list.field`
    needs     columns without which a file is not this format
    may       columns that it may lack
    aliases   other names of a column
    keys      canonical column = [raw column, system]: replaced by a keyed pseudonym
    drops     columns that may hold personal values and are never kept
    columns   canonical column = [raw column, what is expected there], for the sentences of errors
    gives     what the format can honestly tell
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from analysis.header import SqlFile, read_folder
from analysis.tables import FOLDER as TABLES
from analysis.tables import Table, load_tables

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Source:
    """One log format."""

    name: str
    sql: str
    title: str
    titre: str
    fills: str
    reads: tuple[str, ...]
    needs: tuple[str, ...]
    gives: str
    evidence: str = ""
    records: str = ""
    explode: str = ""
    may: tuple[str, ...] = ()
    drops: frozenset[str] = frozenset()
    aliases: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, str, str], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()

    @cached_property
    def version(self) -> str:
        """Changes whenever the format's file or its table's does: what was read by another version is read again."""
        files = (FOLDER / f"{self.name}.sql", TABLES / f"{self.fills}.toml", FOLDER.parent / "macros.sql")
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]

    @property
    def table(self) -> Table:
        """The canonical table that it fills."""
        return load_tables()[self.fills]

    @property
    def takes(self) -> tuple[str, ...]:
        """The raw columns that its SELECT may name."""
        return self.needs + self.may

    @property
    def person_system(self) -> str:
        """The system whose identifiers of persons it holds, such as `ent`; empty where it holds none."""
        return next((system for column, _, system in self.keys if column == "person_key"), "")

    def canonical_name(self, column: str) -> str:
        """The name that this source gives to a file's column: known names and aliases in any case, others unchanged."""
        known = dict(self.aliases) | {_plain(name): name for name in (*self.takes, *self.drops)}
        return known.get(_plain(column), column)

    def raw_column(self, canonical: str) -> str | None:
        """The raw column that a canonical one is read from, where one alone is."""
        named = {c: raw for c, raw, _ in (*self.columns, *self.keys)}
        return named.get(canonical, canonical if canonical in self.takes else None)

    def expected(self, canonical: str) -> str:
        """What the source expects in that column, in words."""
        return next((words for c, _, words in self.columns if c == canonical), "")


@cache
def load_sources() -> dict[str, Source]:
    """Every source by name, from the SQL files of this folder."""
    return {name: _source(file) for name, file in read_folder(FOLDER).items()}


def _source(file: SqlFile) -> Source:
    h = file.header
    return Source(
        name=file.name,
        sql=file.sql,
        title=h["title"],
        titre=h["titre"],
        fills=h["fills"],
        evidence=h.get("evidence", ""),
        reads=tuple(h["reads"]),
        records=h.get("records", ""),
        explode=h.get("explode", ""),
        needs=tuple(h["needs"]),
        may=tuple(h.get("may", ())),
        drops=frozenset(h.get("drops", ())),
        aliases=tuple((_plain(alias), name) for name, aliases in h.get("aliases", {}).items() for alias in aliases),
        keys=tuple((column, raw, system) for column, (raw, system) in h.get("keys", {}).items()),
        columns=tuple((column, raw, words) for column, (raw, words) in h.get("columns", {}).items()),
        gives=h["gives"],
    )


def _plain(column: str) -> str:
    """A column name as two ways of writing it agree: case, blanks around, composed accents, curly apostrophes."""
    return unicodedata.normalize("NFC", column).strip().casefold().replace("’", "'")
