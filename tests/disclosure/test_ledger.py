"""The ledger: what has left the house is known for good, and a figure that changes for a few is held back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from analysis.build import build
from analysis.config import Config
from analysis.disclosure import ledger
from analysis.disclosure.audit import audit, refuse_openings, words
from analysis.disclosure.ledger import Release, record, released
from analysis.errors import DisclosureError
from tests.hand_made import UAI, Kept, Town, config_in, frame, rows, run

DAY = dt.date(2026, 1, 5)
OCTOBER = Release("usage", "fr", UAI, "2025-10")
PUPILS = 30
SHOWN = "SELECT shown, reason FROM published.\"values\" WHERE measure = 'minutes_per_pupil_day' AND uai = '{}' AND period = '2025-10'"


def town(heavy: int = 0) -> Town:
    """Thirty pupils, 20 minutes on each of the ten school days of October; the first `heavy` three hours more on the 6th."""
    made = Town(pupils=PUPILS)
    for pupil in range(1, PUPILS + 1):
        for day in ("02", "03", "06", "07", "09", "10", "13", "14", "16", "17"):
            made.app(f"d{pupil}", "a", f"2025-10-{day}T07:00", f"2025-10-{day}T07:20")
        if pupil <= heavy:
            made.app(f"d{pupil}", "a", "2025-10-06T11:00", "2025-10-06T14:00")
    return made


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = config_in(tmp_path_factory.mktemp("built"))
    town().write(config)
    run(config)
    return Kept(config)


@pytest.fixture
def config(built_once: Kept) -> Config:
    """The town, built, with nothing released."""
    return built_once.back()


def corrected(config: Config, heavy: int) -> None:
    """The events again, with more of them for some pupils."""
    town(heavy).write(config)
    run(config)


def test_a_release_is_written_once_with_what_it_leaves_open(config: Config) -> None:
    assert record(config, OCTOBER, DAY) > 0
    assert record(config, OCTOBER, DAY + dt.timedelta(1)) == 0
    row = released(config).filter((pl.col("measure") == "minutes_per_pupil_day") & (pl.col("breakdown") == "all")).row(0, named=True)
    assert (row["released_on"], row["kind"], row["place"], row["text"], row["step"]) == (DAY, "usage", UAI, "20 min", 1.0)
    assert (row["least"], row["most"]) == (19.5, 20.5)
    assert row["population"] == str(rows(config, "SELECT population FROM measures.cell WHERE measure = 'minutes_per_pupil_day'")[0][0])


def test_another_report_of_the_same_figures_is_a_release_of_its_own(config: Config) -> None:
    first = record(config, OCTOBER, DAY)
    assert record(config, OCTOBER._replace(lang="en"), DAY) == first
    assert set(released(config)["lang"]) == {"fr", "en"}


def test_a_report_that_is_deleted_stays_in_the_ledger(config: Config) -> None:
    record(config, OCTOBER, DAY)
    build(config)
    assert released(config).height > 0


@pytest.mark.parametrize(
    ("heavy", "expected"),
    [(1, (False, "revision")), (10, (False, "revision")), (11, (True, None))],
    ids=["for one pupil, 20.6 minutes", "for ten", "for eleven"],
)
def test_a_figure_that_changes_for_a_few_is_held_back(config: Config, heavy: int, expected: tuple) -> None:
    record(config, OCTOBER, DAY)
    corrected(config, heavy=heavy)
    assert rows(config, SHOWN.format(UAI) + " AND breakdown = 'all'") == [expected]


def test_nothing_is_held_back_when_nothing_was_released(config: Config) -> None:
    corrected(config, heavy=10)
    assert rows(config, SHOWN.format(UAI) + " AND breakdown = 'all'") == [(True, None)]


def test_the_same_data_give_the_same_figures_after_a_release(config: Config) -> None:
    before = frame(config, 'SELECT * FROM published."values" ORDER BY ALL')
    record(config, OCTOBER, DAY)
    config.warehouse.unlink()
    build(config)
    assert frame(config, 'SELECT * FROM published."values" ORDER BY ALL').equals(before)


def test_forgetting_drops_pupils_and_keeps_figures(config: Config) -> None:
    record(config, OCTOBER, DAY)
    figures = released(config)
    ledger.forget_people(config, dt.date(2025, 12, 1))
    assert pl.concat(pl.read_parquet(path) for path in (config.ledger_dir / "people").glob("*.parquet")).height == 0
    assert released(config).equals(figures)


def strange(config: Config, change: Callable[[pl.DataFrame], pl.DataFrame]) -> None:
    """A figure in the ledger that this warehouse never published."""
    record(config, OCTOBER, DAY)
    path = next((config.ledger_dir / "figures").glob("*.parquet"))
    change(pl.read_parquet(path)).write_parquet(path.with_name("999999-2026-01-06.parquet"))


def test_what_has_left_by_another_way_is_attacked_before_the_next_report(config: Config) -> None:
    """Somebody released the territory's exact share of days with use: it says nothing of a few, and the report goes on."""
    strange(config, lambda rows: rows.filter(pl.col("measure") == "share_pupil_days_used").with_columns(least=0.1, most=0.2))
    refuse_openings(config, {(UAI, "2025-10")})


def test_a_build_looks_again_when_something_has_left_by_another_way(config: Config) -> None:
    record(config, OCTOBER, DAY)
    assert build(config).is_current
    strange(config, lambda rows: rows.filter(pl.col("measure") == "share_pupil_days_used").with_columns(least=0.1, most=0.2))
    assert not build(config).is_current
    assert build(config).is_current


def small_school(tmp_path: Path) -> Config:
    """Nine pupils: nothing of the school may be shown."""
    config = config_in(tmp_path)
    made = Town(pupils=9)
    for pupil in range(1, 10):
        made.app(f"d{pupil}", "a", "2025-10-06T07:00", "2025-10-06T07:20")
    made.write(config)
    run(config)
    return config


def test_a_release_that_opens_a_small_school_is_refused_with_what_closes_it(tmp_path: Path) -> None:
    config = small_school(tmp_path)
    assert words(audit(config)) == []
    record(config, OCTOBER, DAY)
    path = next((config.ledger_dir / "figures").glob("*.parquet"))
    exact = pl.col("measure") == "minutes_per_pupil_day"
    leaked = pl.read_parquet(path).filter(exact & (pl.col("breakdown") == "all"))
    leaked.with_columns(shown=pl.lit(True), least=1.50, most=1.55).write_parquet(path.with_name("999999-2026-01-06.parquet"))
    with pytest.raises(DisclosureError, match=r"minutes_per_pupil_day / .* can be told from the others") as refused:
        refuse_openings(config, {(UAI, "2025-10")})
    assert refused.value.exit_code == 4
    with duckdb.connect(str(config.warehouse), read_only=True) as connection:
        assert ledger.strangers(config, connection).height > 0
