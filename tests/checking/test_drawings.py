"""Lengths and positions in a drawing: a report needs nothing but released values, and these are rounded, so no drawing can hold more."""

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest

from analysis.checking.released import released_figures
from analysis.config import Config
from analysis.disclosure.ledger import Release, record
from analysis.reports import runner
from analysis.reports.orders import Request
from analysis.reports.runner import make_reports
from tests.checking.conftest import PERIOD, SCHOOL
from tests.conftest import DemoTown

DAY = dt.date(2026, 1, 5)


def bytes_of(config: Config) -> dict[str, bytes]:
    request = Request(kinds=["usage"], schools=[SCHOOL], periods=[PERIOD])
    assert [result.error for result in make_reports(request, config, produced_on=DAY)] == [""]
    return {path.name: path.read_bytes() for path in config.reports_dir.rglob("usage.*")}


def test_the_same_report_comes_from_released_figures_alone(demo_town: DemoTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published tables without any warehouse give the same bytes: PDF, page and notebook with every drawing in them."""
    whole = demo_town.config.model_copy(update={"reports_dir": tmp_path / "whole"})
    bare = demo_town.config.model_copy(update={"data_dir": tmp_path / "data", "reports_dir": tmp_path / "bare"})
    bare.data_dir.mkdir()
    shutil.copy(whole.published, bare.published)
    made = bytes_of(whole)
    for name in ("record", "changed", "refuse_openings"):  # these look at the warehouse, and give nothing to the report
        monkeypatch.setattr(runner, name, lambda *_: [])
    assert set(made) == {"usage.pdf", "usage.html", "usage.ipynb"}
    assert bytes_of(bare) == made


def test_what_a_drawing_is_given_is_rounded(demo_town: DemoTown, tmp_path: Path) -> None:
    """Shares are whole percents and minutes are whole, the medians of similar schools apart: they lie between two released values."""
    config = demo_town.config.model_copy(update={"data_dir": tmp_path})
    shutil.copy(demo_town.config.warehouse, config.warehouse)
    record(config, Release("territory", "fr", "territory", PERIOD), DAY)  # the report that may show every school's figures
    figures = released_figures(config).filter(pl.col("shown") & (pl.col("breakdown") != "similar_schools"))
    for unit, scale in (("share", 100), ("minutes", 1)):
        ends = figures.filter(pl.col("unit") == unit).select(pl.col("value", "low", "high") * scale)
        assert ends.height > 100
        assert all(((ends[name] - ends[name].round()).abs().max() or 0) < 1e-9 for name in ends.columns)
