"""Which source a raw file is: known by its columns, never by its name or folder."""

from dataclasses import dataclass

import duckdb

from analysis.engine import literal
from analysis.errors import UserError
from analysis.reading.json_records import json_path, read_documents, records_of
from analysis.reading.raw_files import RawFile
from analysis.reading.xml_documents import read_xml_documents
from analysis.sources import MELTED, Source, load_sources

_SAMPLE = 20_000  # records looked at to learn the fields of a JSON file


@dataclass(frozen=True)
class Match:
    """How far a file's columns (`present`, by the source's names) fulfil a source: what is missing, how many it knows."""

    source: Source
    present: frozenset[str]
    missing: tuple[str, ...]
    found: int


class NoRecordError(UserError):
    """A JSON or XML file in order, but with nothing in it: a day without events, or without changes."""


def recognise(file: RawFile, connection: duckdb.DuckDBPyConnection) -> Source:
    """The one source whose needed columns the file has.

    Raises UserError with the nearest format and what is missing, and NoRecordError for a list without any record.
    """
    return best_of(explain(file, connection), file, connection).source


def best_of(matches: list[Match], file: RawFile, connection: duckdb.DuckDBPyConnection) -> Match:
    """The one match that lacks nothing, of those that `explain` found. Raises as `recognise` does."""
    if file.form != "csv" and _is_empty(connection):
        raise NoRecordError(f"{file.name}: holds no record, so there is nothing to load.")
    full = [m for m in matches if not m.missing]
    if not full:
        raise UserError(f"{file.name}: {_nearest(matches)}")
    best = max(m.found for m in full)
    winners = [m for m in full if m.found == best]
    if len(winners) > 1:
        names = " or ".join(w.source.title for w in winners)
        raise UserError(f"{file.name}: could be {names}. Remove the columns that only one of them needs, or leave one of the two out.")
    return winners[0]


def explain(file: RawFile, connection: duckdb.DuckDBPyConnection) -> list[Match]:
    """Every source of the file's form with what the file lacks for it, the nearest first."""
    sources = [source for source in load_sources().values() if not source.part_of]
    if file.form == "csv":
        matches = [_match(s, _csv_columns(s, file)) for s in sources if {"csv", "lines"} & set(s.reads)]
    else:
        places = _json_columns(file, connection)
        form = "xml" if file.form == "xml" else "json"
        matches = [_match(s, places[s.records]) for s in sources if form in s.reads]
    return sorted(matches, key=lambda m: (len(m.missing) / len(m.source.needs), -m.found, m.source.name))


def _csv_columns(source: Source, file: RawFile) -> set[str]:
    """The columns that a source finds in a text: by its header, or, where each line is a record, whether a first line has the form."""
    if source.line:
        return set(source.takes) if any(source.is_line(line) for line in file.first_lines) else set()
    melted = MELTED if any(source.is_melted(column) for column in file.columns) else set()
    return {source.canonical_name(column) for column in file.columns} | melted


def _match(source: Source, present: set[str]) -> Match:
    missing = tuple(need for need in source.needs if need not in present and not _inside(need, source, present))
    # what may only be there inside a list is no sign of a format: another one may have a list of that name
    return Match(source, frozenset(present), missing, len(present & {*source.takes}))


def _inside(need: str, source: Source, present: set[str]) -> bool:
    """Whether a field of the exploded list can be there: a device without any day of use has an empty list, or none."""
    outermost = source.explode.split(".")[0]
    return bool(outermost) and need.startswith(f"{outermost}.") and outermost in present


def _json_columns(file: RawFile, connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Field names of the records, for each place where a known format keeps its records ("" = the file's own top level)."""
    places = {"", *(source.records for source in load_sources().values())}
    read_xml_documents(file, connection) if file.form == "xml" else read_documents(file, connection)
    outermost = _keys("", connection)  # a file that lacks the first step to a place is looked at as it stands
    return {place: _keys(place, connection) if place.split(".")[0] in outermost else outermost for place in places}


def _keys(place: str, connection: duckdb.DuckDBPyConnection) -> set[str]:
    sample = f"SELECT UNNEST(json_keys(record_json)) FROM (FROM ({records_of(place)}) LIMIT {_SAMPLE})"
    return {key for (key,) in connection.execute(f"SELECT DISTINCT * FROM ({sample})").fetchall()}


def _is_empty(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the file is an empty list, or holds one where a known format keeps its records."""
    places = [literal(json_path(place)) for place in {s.records for s in load_sources().values() if s.records}]
    empty = " OR ".join(f"(json_type(json, {place}) = 'ARRAY' AND json_array_length(json, {place}) = 0)" for place in places)
    # the first document that holds something ends the search
    filled = f"SELECT 1 FROM documents WHERE NOT COALESCE({empty}, false) LIMIT 1"
    return not connection.execute(filled).fetchall()


def _nearest(matches: list[Match]) -> str:
    near = next((m for m in matches if m.found), None)
    if near is None:
        return "no known format has these columns. `cartable sources` lists the formats that are read."
    columns = "column" if len(near.missing) == 1 else "columns"
    return (
        f"no format recognises it. The nearest is “{near.source.title}”, for which the {columns} {', '.join(near.missing)} would be needed."
    )
