"""Which reports are due on a day: of closed periods only, anew while late data may come, and once in any case."""

import datetime as dt
from pathlib import Path

import pytest

from analysis.build import build
from analysis.config import Config
from analysis.errors import UserError
from analysis.ingest import ingest
from analysis.reports.manifest import write_manifest
from analysis.schedule.due import Due, due_reports
from tests.hand_made import UAI, Town, config_in

SCHEDULE = {"reports": {"usage": ["month", "trimester"], "territory": ["month"]}, "reopen_days": 30}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """One pupil who used a tablet in September and October 2025."""
    config = config_in(tmp_path_factory.mktemp("due"), schedule=SCHEDULE)
    pupil = Town().app("d1", "app", "2025-09-08T08:00", "2025-09-08T08:10").app("d1", "app", "2025-10-06T08:00", "2025-10-06T08:10")
    pupil.write(config)
    ingest(config, [])
    build(config)
    return config


def due_on(config: Config, day: str) -> list[Due]:
    return due_reports(config, dt.date.fromisoformat(day))


SEPTEMBER = [Due("usage", "2025-09", (UAI,)), Due("territory", "2025-09", ())]
OCTOBER = [Due("usage", "2025-10", (UAI,)), Due("territory", "2025-10", ())]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-09-30", []),
        ("2025-10-01", SEPTEMBER),
        ("2025-10-31", SEPTEMBER),
        ("2025-11-01", SEPTEMBER + OCTOBER),
        ("2026-03-01", [*SEPTEMBER, *OCTOBER, Due("usage", "2025-T1", (UAI,))]),
    ],
)
def test_a_period_is_due_from_the_day_after_its_end(town: Config, day: str, expected: list[Due]) -> None:
    assert due_on(town, day) == expected


def made(config: Config, period: str, *kinds_and_places: tuple[str, str]) -> None:
    entries = [{"kind": kind, "uai": uai, "lang": "fr", "files": [], "inputs": {}} for kind, uai in kinds_and_places]
    folder = config.reports_dir / period
    folder.mkdir(parents=True, exist_ok=True)
    write_manifest(folder, entries, {}, "")


def test_what_stands_is_made_anew_while_late_data_may_come_and_then_left(town: Config, tmp_path: Path) -> None:
    config = town.model_copy(update={"reports_dir": tmp_path})
    made(config, "2025-09", ("usage", UAI), ("territory", "territory"))
    assert due_on(config, "2025-10-30") == SEPTEMBER  # thirty days after its end
    assert due_on(config, "2025-10-31") == []


def test_what_was_never_made_is_due_however_late(town: Config, tmp_path: Path) -> None:
    config = town.model_copy(update={"reports_dir": tmp_path})
    made(config, "2025-09", ("usage", UAI))
    assert due_on(config, "2025-10-31") == [Due("territory", "2025-09", ())]


def test_a_report_that_stands_in_one_language_is_due_in_the_other(town: Config, tmp_path: Path) -> None:
    both = town.schedule.model_copy(update={"languages": ("fr", "en")})
    config = town.model_copy(update={"reports_dir": tmp_path, "schedule": both})
    made(config, "2025-09", ("usage", UAI), ("territory", "territory"))
    assert due_on(config, "2025-10-31") == SEPTEMBER


def test_a_report_that_does_not_exist_is_a_mistake(town: Config) -> None:
    wrong = town.schedule.model_copy(update={"reports": {"usages": ("month",)}})
    with pytest.raises(UserError, match="cartable.toml, schedule.reports: there is no report usages. Valid: adoption, dossier, equity"):
        due_on(town.model_copy(update={"schedule": wrong}), "2025-10-01")


def test_a_dossier_is_due_after_a_trimester_and_not_asked_for_after_a_month(town: Config) -> None:
    right = town.schedule.model_copy(update={"reports": {"dossier": ("trimester",), "leaflet": ("trimester",)}})
    due = due_on(town.model_copy(update={"schedule": right}), "2026-03-01")
    assert due == [Due("dossier", "2025-T1", (UAI,)), Due("leaflet", "2025-T1", (UAI,))]
    wrong = town.schedule.model_copy(update={"reports": {"dossier": ("trimester", "month")}})
    with pytest.raises(
        UserError, match=r"schedule\.reports\.dossier: this report is not made for all of these periods\. Valid: trimester\."
    ):
        due_on(town.model_copy(update={"schedule": wrong}), "2026-03-01")


def test_before_the_first_build_the_way_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no published figures yet"):
        due_on(config_in(tmp_path), "2025-10-01")
