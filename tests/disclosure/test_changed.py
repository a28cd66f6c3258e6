"""What a report made again shows otherwise: released, more data, released again; and what changed for a few is withheld, not revised."""

import datetime as dt

import pytest

from analysis.config import Config
from analysis.disclosure.changed import Changed, changed
from analysis.disclosure.ledger import Release, record
from analysis.reports.language import Language
from analysis.reports.sentences.changed import changed_lines
from tests.hand_made import UAI, Kept, Town, config_in, run

DAY = dt.date(2025, 11, 3)
OCTOBER = Release("usage", "fr", UAI, "2025-10")
PUPILS = 30
DAYS = ("02", "03", "06", "07", "09", "10", "13", "14", "16", "17")


def write(config: Config, longer: int) -> None:
    """20 minutes for each pupil on each school day of October; for the first `longer` pupils an hour more on the 6th."""
    town = Town(pupils=PUPILS)
    for pupil in range(1, PUPILS + 1):
        for day in DAYS:
            town.app(f"d{pupil}", "a", f"2025-10-{day}T07:00", f"2025-10-{day}T07:20")
        if pupil <= longer:
            town.app(f"d{pupil}", "a", "2025-10-06T11:00", "2025-10-06T12:00")
    town.write(config)
    run(config)


@pytest.fixture(scope="module")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    config = config_in(tmp_path_factory.mktemp("changed"))
    write(config, longer=0)
    record(config, OCTOBER, DAY)
    return Kept(config)


@pytest.fixture
def config(released_once: Kept) -> Config:
    return released_once.back()


def minutes(found: list[Changed]) -> list[tuple[float, float | None, str]]:
    return [(each.before, each.now, each.now_reason) for each in found if each.measure == "minutes_per_pupil_day"]


def test_nothing_has_changed_when_nothing_came(config: Config) -> None:
    assert changed(config, OCTOBER, DAY) == []


def test_late_data_change_a_figure_from_what_was_released_to_what_is_shown(config: Config) -> None:
    """30 pupils, an hour in ten days more: 6 minutes a day."""
    write(config, longer=PUPILS)
    assert minutes(changed(config, OCTOBER, DAY)) == [(20.0, 26.0, "")]
    assert changed(config, OCTOBER._replace(lang="en"), DAY) == []  # no reader has seen another edition of that one
    next_day = DAY + dt.timedelta(1)
    record(config, OCTOBER, next_day)
    assert changed(config, OCTOBER, next_day) == []
    # a run that was killed between the ledger and the report: readers still have the edition before
    assert minutes(changed(config, OCTOBER, DAY)) == [(20.0, 26.0, "")]


def test_what_changed_for_a_few_pupils_is_withheld_and_told_as_that(config: Config) -> None:
    """Ten of thirty: 22 minutes beside 20 would tell of them."""
    write(config, longer=10)
    assert minutes(changed(config, OCTOBER, DAY)) == [(20.0, None, "revision")]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "fr",
            [
                "minutes par élève et par jour d’école : 20 min, et maintenant 26 min",
                "jours d’école où la tablette sert : 40 %, et maintenant non publié",
            ],
        ),
        (
            "en",
            [
                "minutes per pupil and school day: 20 min, and now 26 min",
                "school days on which the tablet is used: 40%, and now not published",
            ],
        ),
    ],
)
def test_the_words(lang: str, expected: list[str]) -> None:
    figures = [
        Changed("minutes_per_pupil_day", "foreground", "minutes", 20.0, "", 26.0, ""),
        Changed("share_pupil_days_used", "foreground", "share", 0.4, "", None, "revision"),
        Changed("an_index", "", "index", 0.1, "", 0.2, ""),  # no main figure of the report
    ]
    told, cause = changed_lines(Language(lang), "usage", {"is_upgraded": False, "figures": [each.as_dict() for each in figures]})
    assert [line.replace("\u00a0", " ") for line in told] == expected
    assert cause != changed_lines(Language(lang), "usage", {"is_upgraded": True, "figures": [figures[0].as_dict()]})[1] != ""
    assert changed_lines(Language(lang), "usage", {"is_upgraded": False, "figures": []}) == ([], "")
