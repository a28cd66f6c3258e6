"""The ledger of releases: every figure that ever left the house, and for whom what had changed when it changed.

`data/ledger/figures/` holds one Parquet file per run, never rewritten: each figure of each report with its population's fingerprint,
its value as shown, its rounding, when and in which report. `data/ledger/people/` holds, per run, a fingerprint of what each pupil
added to the figures: without it nobody could tell whether a revised figure speaks of eleven pupils or of one. It names pupils by
their pseudonyms, and `cartable forget` removes it with them; of one who is forgotten on request, it keeps that somebody was there.

A report that is withdrawn, or whose file is deleted, stays in the ledger: what has been read cannot be called back.
"""

import datetime as dt
import secrets
import threading
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from analysis.config import Config
from analysis.disclosure.cells import Key
from analysis.disclosure.queries import query
from analysis.engine import frame_of
from analysis.files import write_beside

_ONE_AT_A_TIME = threading.Lock()  # reports are made side by side
FIGURES = pl.Schema(
    {
        "released_on": pl.Date,
        **dict.fromkeys(("kind", "lang", "place", *Key._fields, "unit"), pl.String),
        **dict.fromkeys(("n", "value", "low", "high", "denominator"), pl.Float64),
        "shown": pl.Boolean,
        **dict.fromkeys(("reason", "text"), pl.String),
        "step": pl.Float64,
        "population": pl.String,
        **dict.fromkeys(("least", "most"), pl.Float64),
        "data_to": pl.Date,
    }
)
_PEOPLE = pl.Schema({"uai": pl.String, "period": pl.String, "person_key": pl.String, "print": pl.UInt64, "data_to": pl.Date})
_REPORT = ["kind", "lang", "place", "period"]


class Release(NamedTuple):
    """One report that leaves: its kind and language, the school that it is about (or `territory`), its period."""

    kind: str
    lang: str
    place: str
    period: str


def released(config: Config) -> pl.DataFrame:
    """Every figure ever released, the oldest first.

    Columns: released_on, kind, lang, place (whose report), measure, uai, period, breakdown, category, evidence, unit, n, value, low, high,
    denominator, shown, reason, text (as shown), step, population, least, most (what the figure leaves open), data_to.
    """
    return _read(config.ledger_dir / "figures", FIGURES)


def record(config: Config, release: Release, day: dt.date, only: tuple[str, str, str] | None = None) -> int:
    """Writes down the figures of a report that is about to leave; the number of those that are new to the ledger.

    `only`: the measure, breakdown and category of what leaves, where it is not all figures of the place.

    To be called before any file of it is written: what stands in a file but not in the ledger would be unknown to the attack.
    """
    with _ONE_AT_A_TIME, duckdb.connect(str(config.warehouse), read_only=True) as connection:
        mine = [pl.col(name) == value for name, value in release._asdict().items()]
        known = _read(config.ledger_dir / "figures", FIGURES, *mine)
        rows = figures_now(connection, release).with_columns(released_on=pl.lit(day)).select(list(FIGURES)).cast(FIGURES)
        if only:
            rows = rows.filter(*(pl.col(name) == value for name, value in zip(("measure", "breakdown", "category"), only, strict=True)))
        same = [name for name in FIGURES if name != "released_on"]
        new = rows.join(known.select(same).unique(), on=same, how="anti", nulls_equal=True)
        if new.height:
            _write(_people(connection, new), config.ledger_dir / "people", day)
            _write(new, config.ledger_dir / "figures", day)
    return new.height


def figures_now(connection: duckdb.DuckDBPyConnection, release: Release) -> pl.DataFrame:
    """The figures of a release as an open warehouse publishes them: the columns of FIGURES, without the day."""
    connection.execute("SET VARIABLE place = $place", {"place": release.place})
    connection.execute("SET VARIABLE period = $period", {"period": release.period})
    mark = {name: pl.lit(value) for name, value in release._asdict().items()}
    return frame_of(query("release"), connection).with_columns(**mark)


def last_releases(config: Config) -> pl.DataFrame:
    """The newest state of each figure that was shown: the key's columns, population, least, most."""
    names = [*Key._fields, "population", "least", "most"]
    shown = released(config).filter(pl.col("shown") & pl.col("least").is_not_null())
    return shown.select(names).unique(Key._fields, keep="last", maintain_order=True)


def ever_shown(config: Config) -> pl.DataFrame:
    """Every state in which a figure was shown, once: the key's columns, least, most."""
    return released(config).filter(pl.col("shown") & pl.col("least").is_not_null()).select([*Key._fields, "least", "most"]).unique()


def strangers(config: Config, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Figures that have left the house since a warehouse was built and that it does not publish so: its gate has not seen them."""
    shown = frame_of(query("shown"), connection)
    seen = frame_of("SELECT * FROM measures.past", connection)
    return (
        ever_shown(config)
        .join(seen, on=seen.columns, how="anti", nulls_equal=True)
        .join(shown, on=shown.columns, how="anti", nulls_equal=True)
    )


def few_changed(config: Config, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Groups of which an old and a new figure would tell what has changed for a few pupils: uai, period, breakdown, category.

    A period that has grown by days since is a longer one, not a revised one. Needs `setting` and the marts of an open build.
    """
    before = _read(config.ledger_dir / "people", _PEOPLE).unique(["uai", "period", "person_key"], keep="last", maintain_order=True)
    if not before.height:
        return pl.DataFrame(schema=dict.fromkeys(("uai", "period", "breakdown", "category"), pl.String))
    ends = frame_of("SELECT uai, period, data_to FROM published.periods", connection)
    connection.register("people_released", before.join(ends, on=["uai", "period", "data_to"], how="semi"))
    connection.register("people_now", frame_of(query("people"), connection))
    return frame_of(query("few_changed"), connection)


def forget_people(config: Config, day: dt.date) -> None:
    """Drops the fingerprints of pupils for periods whose data end before `day`; the figures themselves stay known."""
    for path in sorted((config.ledger_dir / "people").glob("*.parquet")):
        rows = pl.read_parquet(path)
        kept = rows.filter(pl.col("data_to") >= day)
        if kept.height < rows.height:
            _write_to(path, kept)


def names_somebody(config: Config, keys: Collection[str]) -> bool:
    """Whether the ledger holds fingerprints under one of these pseudonyms."""
    return _read(config.ledger_dir / "people", _PEOPLE, pl.col("person_key").is_in(list(keys))).height > 0


def forget_keys(config: Config, keys: Collection[str]) -> None:
    """Puts a name drawn by lot in the place of these pseudonyms, one for each, and nothing in the place of their fingerprints.

    Without any trace, figures of before and after could be compared, and their difference would be that person's. So each still counts as
    one pupil who has changed, and what nobody but few have changed is withheld instead of revised.
    """
    names = {key: f"forgotten-{secrets.token_hex(8)}" for key in sorted(keys)}
    is_theirs = pl.col("person_key").is_in(list(names))
    for path in sorted((config.ledger_dir / "people").glob("*.parquet")):
        rows = pl.read_parquet(path)
        if rows.filter(is_theirs).height:
            blank = pl.when(is_theirs).then(pl.lit(0, pl.UInt64)).otherwise(pl.col("print"))
            _write_to(path, rows.with_columns(blank.alias("print"), pl.col("person_key").replace(names)).cast(_PEOPLE))


def _people(connection: duckdb.DuckDBPyConnection, figures: pl.DataFrame) -> pl.DataFrame:
    """The fingerprints of the pupils of the places and periods of which figures are released."""
    places = figures.select("uai", "period", "data_to").unique()
    return frame_of(query("people"), connection).join(places, on=["uai", "period"]).select(list(_PEOPLE)).cast(_PEOPLE)


def _write(rows: pl.DataFrame, folder: Path, day: dt.date) -> None:
    """A file of its own, named by its day and its number in the folder, so that names sort in the order of the releases."""
    number = len(list(folder.glob("*.parquet"))) + 1
    _write_to(folder / f"{number:06}-{day.isoformat()}.parquet", rows)


def _write_to(path: Path, rows: pl.DataFrame) -> None:
    content = BytesIO()
    rows.write_parquet(content)
    write_beside(path, content.getvalue())


def _read(folder: Path, schema: pl.Schema, *where: pl.Expr) -> pl.DataFrame:
    """The rows of a folder's files, the oldest file first; with conditions, only those that meet them are read."""
    frames = [pl.scan_parquet(path) for path in sorted(folder.glob("*.parquet"))]
    return pl.concat([pl.LazyFrame(schema=schema), *frames]).filter(*where).collect()
