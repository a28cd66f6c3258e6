"""The lake as DuckDB sees it while a build runs: schema `lake`, the roster's newest rows, and the calendar's days."""

from collections.abc import Sequence
from datetime import date

import duckdb
import polars as pl
from scipy.special import stdtrit

from analysis.calendar import (
    Calendar,
    bell_windows,
    default_timezone,
    holiday_spans,
    load_calendar,
    periods,
    school_days,
    school_year_of,
)
from analysis.config import Config
from analysis.engine import frame_of, quoted
from analysis.lake import FileRecord, Lake
from analysis.sources import load_sources
from analysis.tables import Table, load_tables

SESSION_GAPS = (10, 15, 30, 60)  # minutes: the sensitivity that reports print beside the configured gap
_CONFIDENCE_QUANTILE = 0.975
_MOST_CLUSTERS = 2_000


def open_lake(lake: Lake, records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    """Makes schema `lake`: one view per log table over its Parquet files, one table per roster with the newest row of each key."""
    connection.execute("CREATE SCHEMA lake")
    for table in load_tables().values():
        mine = [r for r in records if r.table == table.name and r.rows_loaded]
        _open_table(table, lake, mine if table.month else _newest_at_each_place(mine), connection)
    _list_files(records, connection)
    _list_set_aside(records, connection)
    _list_sources(connection)


def _newest_at_each_place(records: list[FileRecord]) -> list[FileRecord]:
    """A corrected roster dropped over the one before takes its place whole: a row that it no longer has counts no more."""
    newest = {record.place: record for record in sorted(records, key=lambda r: r.sequence)}
    return sorted(newest.values(), key=lambda r: r.sequence)


def _open_table(table: Table, lake: Lake, records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    name = f"lake.{quoted(table.name)}"
    files = [str(path) for record in records for path in lake.parquet(record)]
    if not files:
        columns = ", ".join(f"{quoted(c.name)} {'VARCHAR' if c.pseudonym else c.type}" for c in table.columns)
        connection.execute(f"CREATE TABLE {name} ({columns})")
    elif table.month:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({files!r}, hive_partitioning = false)")
    else:
        _newest_rows(table, name, files, records, connection)


def _newest_rows(table: Table, name: str, files: list[str], records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE arrival (sha VARCHAR, sequence BIGINT)")
    connection.executemany("INSERT INTO arrival VALUES (?, ?)", [(r.sha, r.sequence) for r in records])
    rows = f"SELECT *, parse_filename(filename, true) AS sha FROM read_parquet({files!r}, filename = true, hive_partitioning = false)"
    newest = f"ROW_NUMBER() OVER (PARTITION BY {', '.join(map(quoted, table.key))} ORDER BY sequence DESC, sha) = 1"
    joined = f"SELECT r.* EXCLUDE (filename, sha) FROM ({rows}) AS r JOIN arrival USING (sha) QUALIFY {newest}"
    connection.execute(f"CREATE TABLE {name} AS {joined}")


def _list_files(records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    fields = ("file", "sha", "source", "rows_read", "rows_loaded", "rows_quarantined", "rows_duplicate", "first", "last")
    files = pl.DataFrame([{f: getattr(r, f) for f in fields} for r in records])
    connection.register("files_frame", files)
    connection.execute("CREATE TABLE lake.files AS SELECT * FROM files_frame")


def _list_set_aside(records: list[FileRecord], connection: duckdb.DuckDBPyConnection) -> None:
    """Why rows of each file were set aside: `sha, source, column, problem, row_count`."""
    rows = [(r.sha, r.source, *reason) for r in records for reason in r.set_aside]
    columns = {"sha": pl.String, "source": pl.String, "column": pl.String, "problem": pl.String, "row_count": pl.Int64}
    connection.register("set_aside_frame", pl.DataFrame(rows, schema=columns, orient="row"))
    connection.execute("CREATE TABLE lake.set_aside AS SELECT * FROM set_aside_frame")


def _list_sources(connection: duckdb.DuckDBPyConnection) -> None:
    fields = ("name", "title", "titre", "fills", "evidence", "person_system")
    listed = pl.DataFrame([{f: getattr(s, f) for f in fields} for s in load_sources().values()]).rename({"name": "source"})
    connection.register("sources_frame", listed)
    connection.execute("CREATE TABLE lake.sources AS SELECT * FROM sources_frame")


def load_days(config: Config, first: date, last: date, connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts that come from the calendar: school, school_day, bell, period, holiday, and the two small constants.

    `first` to `last` are the days that the logs speak of. Raises UserError for a zone or a year that no calendar knows.
    """
    calendar = load_calendar(config.reference_dir)
    schools = _school_years(calendar, frame_of("SELECT * FROM lake.schools", connection), first, last)
    closures = frame_of("SELECT uai, from_date, to_date FROM lake.closures", connection)
    days = school_days(calendar, schools, closures, first, last)
    frames = {
        "school": schools,
        "school_day": days,
        "bell": bell_windows(schools, days),
        "period": periods(calendar, schools, first, last),
        "holiday": holiday_spans(calendar, schools, first, last),
        "session_gap": pl.DataFrame({"gap_minutes": sorted({*SESSION_GAPS, config.ent.session_gap_minutes})}),
        "t_quantile": t_quantiles(),
    }
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE marts.{quoted(name)} AS SELECT * FROM frame")


def load_plans(config: Config, connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the marts that come from `cartable.toml`: what the town planned, what it pays, how it orders social bands.

    plan (school_year, tablets: in pupils' hands, cumulated), term (tablets), entitled_level (level, rank), social_band (social_band, rank
    from the most to the least favoured), cost (eur_per_school_year). Without a term or a cost, their tables have no row.
    """
    plan, term, cost = config.deployment.plan, config.deployment.at_term, config.costs.eur_per_school_year
    frames = {
        "plan": pl.DataFrame(list(plan.items()), schema={"school_year": pl.String, "tablets": pl.Int64}, orient="row"),
        "term": pl.DataFrame([] if term is None else [(term,)], schema={"tablets": pl.Int64}, orient="row"),
        "entitled_level": _ranked("level", config.deployment.levels),
        "social_band": _ranked("social_band", config.equity.social_bands),
        "cost": pl.DataFrame([] if cost is None else [(cost,)], schema={"eur_per_school_year": pl.Float64}, orient="row"),
    }
    for name, frame in frames.items():
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE marts.{quoted(name)} AS SELECT * FROM frame")


def _ranked(column: str, names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(list(enumerate(names, 1)), schema={"rank": pl.Int64, column: pl.String}, orient="row")


def _school_years(calendar: Calendar, roster: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """One row per school and school year of the logs: the roster's row of that year, else of the nearest year that it has."""
    wanted = sorted({school_year_of(date(y, m, 1)) for y in range(first.year, last.year + 1) for m in (1, 9)})
    years = [y for y in wanted if y[:4] <= str(last.year) and school_year_of(first) <= y <= school_year_of(last)]
    rows = []
    for row in _nearest_rows(roster, years):
        known = calendar.knows(row["zone"], row["school_year"]) or row["is_given"]
        if known:
            row["timezone"] = row["timezone"] or default_timezone(row["uai"])
            rows.append({k: v for k, v in row.items() if k != "is_given"})
    return pl.DataFrame(rows, schema=roster.schema)


def _nearest_rows(roster: pl.DataFrame, years: list[str]) -> list[dict]:
    found = []
    for school in roster.sort("uai", "school_year").partition_by("uai"):
        given = {row["school_year"]: row for row in school.iter_rows(named=True)}
        for year in years:
            nearest = min(given, key=lambda g: (abs(int(g[:4]) - int(year[:4])), g))
            found.append({**given[nearest], "school_year": year, "is_given": year in given})
    return found


def t_quantiles() -> pl.DataFrame:
    """Student's t at 97.5 % for 1 to 1,999 degrees of freedom: `degrees`, `quantile`."""
    degrees = range(1, _MOST_CLUSTERS)
    return pl.DataFrame({"degrees": list(degrees), "quantile": [float(stdtrit(d, _CONFIDENCE_QUANTILE)) for d in degrees]})
