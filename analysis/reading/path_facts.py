"""What the folder of a file tells where the file itself does not: an export of one school often names neither school nor year.

`data/raw/2025-2026/0920001B/CSVExtraction-eleves.csv` is of that school and that year. Only sources that say so in `by_path` read it.
"""

import re
from pathlib import PurePosixPath

import duckdb

from analysis.engine import literal
from analysis.foreign_text import visible
from analysis.lake import FileRecord
from analysis.reading.dropped import Dropped
from analysis.reading.raw_files import RawFile
from analysis.reading.records import read_records
from analysis.sources import Source, load_sources

_SHAPES = {"uai": r"\d{7}[A-Za-z]", "school_year": r"20\d\d-20\d\d"}


def path_facts(name: str, dropped: Dropped) -> dict[str, str | None]:
    """The UAI and the school year that stand in the path of a file (the innermost ones), and its name without ending.

    `name` is what users know the file by: that of the dropped file, followed by the member of an archive.
    """
    member = name.removeprefix(dropped.name).strip("/")
    place = PurePosixPath(dropped.path.resolve().as_posix(), member)
    found = {fact: re.findall(rf"(?<![0-9A-Za-z]){shape}(?![0-9A-Za-z])", place.as_posix()) for fact, shape in _SHAPES.items()}
    return {**{fact: found[fact][-1].upper() if found[fact] else None for fact in found}, "file_stem": visible(place.name.split(".")[0])}


def tell_path(facts: dict[str, str | None], connection: duckdb.DuckDBPyConnection) -> None:
    """Gives the facts to the SQL of the sources, as `getvariable('path_uai')` and the like."""
    for fact, value in facts.items():
        connection.execute(f"SET VARIABLE path_{fact} = {'NULL::VARCHAR' if value is None else literal(value)}")


def told_by(file: RawFile, source: Source, connection: duckdb.DuckDBPyConnection) -> dict[str, str | None]:
    """The fact that a file tells those after it in the same archive; nothing where it tells none, or several that differ.

    What the export itself says goes before what a folder says. It is no context of a record: the archive's own content decides it.
    """
    if not source.informs:
        return {}
    read_records(file, source, False, connection)
    facts = {fact for (fact,) in connection.execute(source.sql).fetchall() if fact}
    return {source.informs: facts.pop()} if len(facts) == 1 else {}


def context_of(source: Source, facts: dict[str, str | None]) -> str:
    """What a source took from elsewhere than from the file, for its record: from its path, and from a list that it looks up."""
    return " ".join(f"{fact}={facts[fact] or ''}" for fact in (*source.by_path, *source.looks_up))


def is_told_otherwise(record: FileRecord, facts: dict[str, str | None]) -> bool:
    """Whether the facts around a file that was read are others now: it lies in another folder, or a list has changed."""
    source = load_sources().get(record.source)
    return source is not None and record.context != context_of(source, facts)
