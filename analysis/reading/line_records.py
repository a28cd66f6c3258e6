"""The records of a text of which each line is one, in the fixed form that a regular expression tells (the log of a proxy)."""

from collections.abc import Iterator

import duckdb

from analysis.engine import literal, quoted
from analysis.reading.batches import count_rows, insert_parts
from analysis.reading.raw_files import RawFile
from analysis.reading.splitting import Split, Unsplit

NOT_A_LINE = "not a line of this format"


def read_line_records(file: RawFile, pattern: str, connection: duckdb.DuckDBPyConnection) -> list[Unsplit]:
    """Fills `records` (record, line, text, then the named groups of the pattern) and returns the lines that do not match it.

    Blank lines are no records.
    """
    if not _read_at_once(file, connection):
        connection.execute("CREATE OR REPLACE TEMP TABLE texts (record BIGINT, line BIGINT, text VARCHAR)")
        insert_parts(_lines(file), "texts", ["text"], connection)
    matches = f"regexp_full_match(text, {literal(pattern)})"
    broken = connection.execute(f"SELECT line FROM texts WHERE NOT {matches} AND TRIM(text) != '' ORDER BY line").fetchall()
    names = _groups(pattern)
    fields = ", ".join(f"NULLIF(found.{quoted(name)}, '') AS {quoted(name)}" for name in names)
    split = f"SELECT record, line, text, regexp_extract(text, {literal(pattern)}, {names!r}) AS found FROM texts WHERE {matches}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE records AS SELECT record, line, text, {fields} FROM ({split})")
    connection.execute("DROP TABLE texts")
    return [Unsplit(line, NOT_A_LINE) for (line,) in broken]


def _groups(pattern: str) -> list[str]:
    import re

    return sorted(re.compile(pattern).groupindex, key=re.compile(pattern).groupindex.__getitem__)


def _read_at_once(file: RawFile, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the engine took every line as one text."""
    # a delimiter that no log writes: what it would cut is read line by line
    options = "delim = '\\x1F', columns = {'text': 'VARCHAR'}, header = false, quote = '', escape = '', auto_detect = false"
    scan = f"SELECT ROW_NUMBER() OVER () AS record, record AS line, text FROM read_csv({literal(str(file.path))}, {options})"
    try:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE texts AS {scan}")
    except duckdb.Error:
        return False
    return count_rows("texts", connection) == file.lines


def _lines(file: RawFile) -> Iterator[Split | Unsplit]:
    with file.path.open(encoding="utf-8", newline="") as text:
        for number, line in enumerate(text, start=1):
            if line.strip():
                yield Split(number, [line.rstrip("\r\n")])
