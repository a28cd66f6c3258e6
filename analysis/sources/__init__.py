"""The log formats that Cartable reads: one SQL file each, whose header says how to know a file and what to keep of it.

Header keys:
    title     what it is, in words (English)
    titre     the same in French, for reports
    fills     the canonical table that it fills
    evidence  how a duration made from it is known (tables with an `evidence` column)
    reads     "csv", "json", "xml", "lines", or several of them
    records   json: where the list of records stands, if it is not the whole file: a key, or keys joined by points (`response.devices`)
    explode   json: a list inside a record that becomes one row per element, its fields named `list.field`; `list.inner` for a list in it
    melts     csv: a regular expression of column names; each filled cell under such a column is a record, its fields named
              `melted.name` and `melted.value`
    line      lines: a regular expression that a line matches whole; its named groups are the columns
    needs     columns without which a file is not this format
    may       columns that it may lack
    part_of   another source, of whose files this one fills a second table: it is read when that one is, and takes over its columns; records
              that its SELECT leaves out are no rows of that table
    by_path   facts that the file does not hold and that its folder tells: "uai", "school_year", "file_stem" (see `path_facts`)
    looks_up  lists that its SELECT uses: "teaching_sites"; when one changes, its files are read again
    nothing   why nothing of such a file may be kept: it is known and refused with these words, and fills no table
    unused    why nothing of such a file is read: it is known, fills no table, and is no fault (a member of an archive that others go with)
    informs   a fact that an unused file tells the files after it in the same archive, and that its SELECT gives: "school_year"
    elsewhere required columns that such rows do not hold, because another file of the same export tells them (a class tells its school)
    aliases   other names of a column
    keys      canonical column = [raw column, system]: replaced by a keyed pseudonym
    drops     columns that may hold personal values and are never kept
    columns   canonical column = [raw column, what is expected there], for the sentences of errors
    lacks     canonical column = why a row without it is set aside, where "empty" would not say it
    gives     what the format can honestly tell
    export    where to click, or what to ask, to get such a file
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from analysis.header import SqlFile, read_folder
from analysis.tables import FOLDER as TABLES
from analysis.tables import Table, load_tables

FOLDER = Path(__file__).parent
_TELLS = {
    "foreground": "minutes",
    "active": "minutes",
    "estimated": "minutes, as a lower bound",
    "network": "minutes of traffic",
    "checkin": "days",
}
MELTED_NAME, MELTED_VALUE = "melted.name", "melted.value"
MELTED = {MELTED_NAME, MELTED_VALUE}
_RELATES_ROWS = r"\b(OVER|GROUP|DISTINCT|JOIN|UNNEST|UNION|EXCEPT|INTERSECT|QUALIFY|WHERE|HAVING|LIMIT|OFFSET|ANY_VALUE|PIVOT|UNPIVOT)\b"


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
    melts: str = ""
    line: str = ""
    part_of: str = ""
    by_path: tuple[str, ...] = ()
    looks_up: tuple[str, ...] = ()
    nothing: str = ""
    unused: str = ""
    informs: str = ""
    elsewhere: tuple[str, ...] = ()
    export: str = ""
    may: tuple[str, ...] = ()
    drops: frozenset[str] = frozenset()
    aliases: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, str, str], ...] = ()
    columns: tuple[tuple[str, str, str], ...] = ()
    lacks: tuple[tuple[str, str], ...] = ()

    @cached_property
    def version(self) -> str:
        """Changes whenever the format's file or its table's does: what was read by another version is read again."""
        kin = [self.name, *([self.part_of] if self.part_of else []), *(part.name for part in self.parts)]
        tables = [TABLES / f"{self.fills}.toml"] if self.fills else []
        files = (*(FOLDER / f"{name}.sql" for name in kin), *tables, FOLDER.parent / "macros.sql")
        return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]

    @property
    def table(self) -> Table:
        """The canonical table that it fills."""
        return load_tables()[self.fills]

    @property
    def tells(self) -> str:
        """What can honestly be said of use: minutes, days, counts; "nothing" for files of which nothing may be kept, "–" for registers."""
        if self.nothing or self.unused:
            return "nothing"
        return self.table.tells or _TELLS.get(self.evidence, "–")

    @property
    def takes(self) -> tuple[str, ...]:
        """The raw columns that its SELECT may name."""
        return self.needs + self.may

    @property
    def parts(self) -> list["Source"]:
        """The sources that fill further tables from the same files."""
        return [source for source in load_sources().values() if source.part_of == self.name]

    @cached_property
    def is_row_by_row(self) -> bool:
        """Whether each record makes one row of its own, whatever the others are. What its SELECT says decides; in doubt, it does not."""
        plain = re.sub(r"--[^\n]*|/\*.*?\*/|'[^']*'|\"[^\"]*\"", " ", self.sql, flags=re.DOTALL).upper()
        return plain.count("SELECT") == 1 and not re.search(_RELATES_ROWS, plain)

    def is_melted(self, column: str) -> bool:
        """Whether the cells under a column of the file are records."""
        return bool(self.melts) and re.fullmatch(self.melts, column.strip()) is not None

    def is_line(self, text: str) -> bool:
        """Whether a line of the file is a record of this format."""
        return bool(self.line) and re.fullmatch(self.line, text.rstrip("\r\n")) is not None

    @property
    def person_system(self) -> str:
        """The system whose identifiers of persons it holds, such as `ent`; empty where it holds none."""
        return next((system for column, _, system in self.keys if column == "person_key"), "")

    def canonical_name(self, column: str) -> str:
        """The name that this source gives to a file's column: known names and aliases in any case, others unchanged."""
        return self._known_names.get(_plain(column), column)

    @cached_property
    def _known_names(self) -> dict[str, str]:
        return dict(self.aliases) | {_plain(name): name for name in (*self.takes, *self.drops)}

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
    files = read_folder(FOLDER)
    return {name: _source(file, files) for name, file in files.items()}


def _source(file: SqlFile, files: dict[str, SqlFile]) -> Source:
    own = file.header
    h = (
        {**files[own["part_of"]].header, "keys": {}, "columns": {}, "lacks": {}, "elsewhere": [], "evidence": "", **own}
        if "part_of" in own
        else own
    )
    return Source(
        name=file.name,
        sql=file.sql,
        title=h["title"],
        titre=h["titre"],
        fills=h.get("fills", ""),
        evidence=h.get("evidence", ""),
        reads=tuple(h["reads"]),
        records=h.get("records", ""),
        explode=h.get("explode", ""),
        melts=h.get("melts", ""),
        line=h.get("line", ""),
        part_of=h.get("part_of", ""),
        by_path=tuple(h.get("by_path", ())),
        looks_up=tuple(h.get("looks_up", ())),
        nothing=h.get("nothing", ""),
        unused=h.get("unused", ""),
        informs=h.get("informs", ""),
        elsewhere=tuple(h.get("elsewhere", ())),
        export=h.get("export", ""),
        needs=tuple(h["needs"]),
        may=tuple(h.get("may", ())),
        drops=frozenset(h.get("drops", ())),
        aliases=tuple((_plain(alias), name) for name, aliases in h.get("aliases", {}).items() for alias in aliases),
        keys=tuple((column, raw, system) for column, (raw, system) in h.get("keys", {}).items()),
        columns=tuple((column, raw, words) for column, (raw, words) in h.get("columns", {}).items()),
        lacks=tuple(h.get("lacks", {}).items()),
        gives=h["gives"],
    )


def _plain(column: str) -> str:
    """A column name as two ways of writing it agree: case, blanks around, composed accents, curly apostrophes."""
    return unicodedata.normalize("NFC", column).strip().casefold().replace("’", "'")
