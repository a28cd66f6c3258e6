"""Adoption by devices on small fleets, each number worked out by hand.

October 2025 has class on 2, 3 | 6, 7, 9, 10 | 13, 14, 16, 17: ten school days in three school weeks; 18 October to 2 November are holidays.
"""

from datetime import date
from pathlib import Path

import pytest

from analysis.config import Config
from tests.class_town import OCTOBER_DAYS, SCHOOL_DAYS
from tests.fleet_town import HERE, THERE, Fleet, Loan, Seat, built, class_of, found, october
from tests.hand_made import rows


@pytest.fixture(scope="module")
def six_pupils(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """p1 regular; p2 every week, never 5 minutes on one day; p3 two weeks of three; p4 on a Saturday; p5 never; p6 without a tablet."""
    fleet = class_of(5)
    fleet.seats.append(Seat("p6"))
    fleet.use("d1", 5, *october(2)).use("d1", 1, *october(7, 13))
    fleet.use("d2", 3, *october(2, 6, 7, 13)).use("d2", 299 / 60, *october(14))
    fleet.use("d3", 6, *october(2, 7)).use("d4", 60, *october(4))
    return built(tmp_path_factory.mktemp("six"), fleet)


def test_regular_left_out_and_unused(six_pupils: Config) -> None:
    assert found(six_pupils, "regular_share")["all all"] == (5, 1, 5)
    # p3 has 2 school days with use in 3 weeks, p4 and p5 none
    assert found(six_pupils, "left_out_share")["all all"] == (5, 3, 5)
    assert found(six_pupils, "unused_share")["all all"] == (5, 2, 5)


def test_the_whole_territory_has_the_same_pupils(six_pupils: Config) -> None:
    for measure in ("regular_share", "left_out_share", "unused_share", "weekly_active_share", "funnel_share"):
        here, everywhere = found(six_pupils, measure), found(six_pupils, measure, uai="territory")
        assert {key: everywhere[key] for key in here} == here


def test_weekly_active_share_is_the_mean_of_the_weeks(six_pupils: Config) -> None:
    weeks = found(six_pupils, "weekly_active_share")
    assert weeks["week 2025-09-29"] == (5, 2, 5)
    assert weeks["week 2025-10-06"] == (5, 1, 5)
    assert weeks["week 2025-10-13"] == (5, 0, 5)
    assert weeks["all all"] == (5, pytest.approx(2 / 5 + 1 / 5), 3)


def test_a_week_of_holidays_is_no_week(six_pupils: Config) -> None:
    assert {key for key in found(six_pupils, "weekly_active_share", "2025-T1") if "week" in key and key > "week 2025-10-13"} == set()


def test_each_stage_of_the_funnel_holds_the_next(six_pupils: Config) -> None:
    assert found(six_pupils, "equipped_share")["all all"] == (6, 5, 6)
    stages = found(six_pupils, "funnel_share")
    assert stages == {"stage activated": (6, 4, 6), "stage active": (6, 2, 6), "stage regular": (6, 1, 6)}


def test_a_first_use_is_known_from_its_day_on_and_for_ever(tmp_path: Path) -> None:
    fleet = class_of(2).use("d1", 8, date(2025, 9, 30)).use("d2", 8, *october(17))
    config = built(tmp_path, fleet)
    assert found(config, "funnel_share", "2025-09")["stage activated"] == (2, 1, 2)
    october_stages = found(config, "funnel_share")
    assert october_stages["stage activated"] == (2, 2, 2)
    assert october_stages["stage active"] == (2, 1, 2)


def test_three_weeks_of_four_are_enough_and_two_are_not(tmp_path: Path) -> None:
    """Tablets from 8 September: weeks of 8, 15, 22 and 29 September, the last one cut by the end of the month."""
    fleet = class_of(2, first=date(2025, 9, 8))
    fleet.use("d1", 9, date(2025, 9, 8), date(2025, 9, 16), date(2025, 9, 30))
    fleet.use("d2", 9, date(2025, 9, 8), date(2025, 9, 9), date(2025, 9, 16), date(2025, 9, 19))
    config = built(tmp_path, fleet)
    assert found(config, "regular_share", "2025-09")["all all"] == (2, 1, 2)
    # four school days with use in four weeks are not fewer
    assert found(config, "left_out_share", "2025-09")["all all"] == (2, 1, 2)


def test_a_pupil_who_moves_is_one_pupil_of_the_territory(tmp_path: Path) -> None:
    """Two weeks in each school, three in all: regular in the first and in the territory, not in the second."""
    seats = [Seat("p1", last=date(2025, 10, 8)), Seat("p1", 2, "k2", "CE2", first=date(2025, 10, 9))]
    fleet = Fleet(seats, [Loan("d1", "p1")]).hear(["d1"], SCHOOL_DAYS).use("d1", 10, *october(2, 7, 13))
    config = built(tmp_path, fleet)
    assert found(config, "regular_share")["all all"] == (1, 1, 1)
    assert found(config, "regular_share", uai=THERE)["all all"] == (1, 0, 1)
    assert found(config, "regular_share", uai="territory")["all all"] == (1, 1, 1)
    # three school days with use in three weeks: the week of the move is one
    assert found(config, "left_out_share", uai="territory")["all all"] == (1, 0, 1)
    levels = found(config, "regular_share", uai="territory")
    assert (levels["level CE1"], levels["level CE2"]) == ((1, 1, 1), (1, 1, 1))
    assert found(config, "funnel_share", uai="territory")["stage regular"] == (1, 1, 1)
    # the same tablet in another school is not handed over again, and the first hand-over was in September
    assert found(config, "started_share", uai=THERE) == {}


def test_where_nobody_is_equipped_nothing_is_said_of_use(tmp_path: Path) -> None:
    fleet = class_of(1).use("d1", 10, *october(2))
    fleet.seats.append(Seat("q1", 2, "k2"))
    config = built(tmp_path, fleet)
    said = rows(config, f"SELECT DISTINCT measure FROM measures.\"values\" WHERE uai = '{THERE}' AND NOT starts_with(measure, 'portal')")
    assert ("equipped_share",) in said
    assert not {"regular_share", "funnel_share", "weekly_active_share", "dormant_14_share", "working_share"} & {name for (name,) in said}
    assert found(config, "equipped_share", uai=THERE)["all all"] == (1, 0, 1)
    # nor does that school weigh on the territory's funnel, where no duration is known of it
    assert found(config, "funnel_share", uai="territory")["stage activated"] == (1, 1, 1)


def test_tablets_that_give_no_durations_have_no_use_but_give_signs(tmp_path: Path) -> None:
    config = built(tmp_path, class_of(2, os="iPadOS"))
    for measure in ("regular_share", "funnel_share", "weekly_active_share", "started_share", "never_used_share", "retention_share"):
        assert found(config, measure) == {}
    assert found(config, "working_share", columns="evidence, numerator, denominator")["all all"] == ("checkin", 2, 2)
    assert found(config, "dormant_14_share", columns="evidence, numerator, denominator")["all all"] == ("checkin", 0, 2)


def handed_over() -> Fleet:
    """4 days (used), 2 (used on a Wednesday), 1 (used before any class), 6 (given back unused), 4 (the month ends); others are old."""
    seats = [Seat(f"p{i}") for i in range(1, 6)]
    seats += [Seat("p6", last=date(2025, 10, 5)), Seat("p6", room="k2", first=date(2025, 10, 6)), Seat("p7", first=date(2025, 10, 6))]
    loans = [Loan("d1", "p1", date(2025, 10, 6)), Loan("d2", "p2", date(2025, 10, 6)), Loan("d3", "p3", date(2025, 10, 4))]
    loans += [Loan("d4", "p4", date(2025, 10, 6), date(2025, 10, 14)), Loan("d5", "p5", date(2025, 10, 13))]
    loans += [Loan("d6", "p6"), Loan("d7", "p7", date(2021, 9, 13))]
    fleet = Fleet(seats, loans).hear([f"d{i}" for i in range(1, 8)], SCHOOL_DAYS)
    fleet.use("d1", 9, *october(10, 14)).use("d2", 9, *october(8)).use("d3", 9, *october(5))
    return fleet.use("d5", 9, date(2025, 11, 4))


def test_days_to_first_use_follow_each_tablet_as_long_as_one_can(tmp_path: Path) -> None:
    config = built(tmp_path, handed_over())
    # not started after day 1: 4/5, after day 2: 4/5 * 3/4 = 3/5, after day 4: 3/5 * 2/3 = 2/5, the first at one half or below
    assert found(config, "days_to_first_use_median", columns="n, value, low, high")["all all"] == (5, 4, None, None)
    waits = f"SELECT days, is_used FROM marts.handover WHERE uai = '{HERE}' AND period = '2025-10' ORDER BY ALL"
    assert rows(config, waits) == [(1, True), (2, True), (4, False), (4, True), (6, False)]
    started = found(config, "started_share", columns="n, value")
    # nobody was followed for ten school days
    assert started == {"within 1": (5, pytest.approx(1 / 5)), "within 5": (5, pytest.approx(3 / 5))}


def test_a_first_use_in_a_later_month_is_an_end_in_this_one(tmp_path: Path) -> None:
    config = built(tmp_path, handed_over())
    query = "SELECT period, days, is_used FROM marts.handover JOIN marts.first_use USING (person_key)"
    last = rows(config, f"{query} WHERE uai = '{HERE}' AND first_used_on = '2025-11-04' AND period IN ('2025-10', '2025-T1') ORDER BY 1")
    # 13, 14, 16, 17 October; and 3 and 4 November
    assert last == [("2025-10", 4, False), ("2025-T1", 6, True)]


def test_retention_counts_school_weeks_since_the_week_of_the_first_use(tmp_path: Path) -> None:
    """p1 from 7 October: weeks of 13 October, 3, 10, 17 and 24 November. p2 from the holidays: the week of 3 November is the first."""
    november = [date(2025, 11, day) for day in (3, 10, 17, 24)]
    fleet = class_of(2).hear(["d1", "d2"], november)
    fleet.use("d1", 6, *october(7, 14), november[1]).use("d2", 6, date(2025, 10, 21), november[1]).use("d2", 2, november[2])
    config = built(tmp_path, fleet)
    # 2 of 4 weeks and 1 of 4
    assert found(config, "retention_share", "2025-T1") == {"retention 2025-10|1-4": (2, 3, 8), "retention 2025-10|5-8": (1, 0, 1)}
    assert found(config, "retention_share", "2025-11") == {"retention 2025-10|1-4": (2, 2, 7), "retention 2025-10|5-8": (1, 0, 1)}


def test_apps_of_the_catalogue_per_using_pupil(tmp_path: Path) -> None:
    """2, 1 and 0 apps of the catalogue; p4 opens one on a Saturday only, p5 none."""
    fleet = class_of(5).use("d1", 5, *october(6)).use("d1", 5, *october(7), app="b").use("d1", 5, *october(9), app="c")
    fleet.use("d2", 5, *october(6, 7)).use("d3", 5, *october(6), app="c").use("d4", 5, *october(4))
    assert found(built(tmp_path, fleet), "apps_per_pupil", columns="n, value") == {"all all": (3, 1)}


def test_minutes_at_home_where_the_tablet_may_go_home_on_that_day(tmp_path: Path) -> None:
    """d1 may: 6 minutes in the evening of ten school days. d2 may not. d3 may from the 13th: 4 minutes on the last four days."""
    fleet = class_of(2)
    fleet.loans = [Loan("d1", "p1", take_home="true"), Loan("d2", "p2", take_home="false")]
    fleet.loans += [Loan("d3", "p3", last=date(2025, 10, 12), take_home="false"), Loan("d3", "p3", date(2025, 10, 13), take_home="true")]
    fleet.seats.append(Seat("p3"))
    fleet.hear(["d3"], SCHOOL_DAYS).use("d1", 10, *october(6)).use("d1", 6, *october(6), hour=17).use("d1", 30, *october(11), hour=17)
    fleet.use("d2", 40, *october(6), hour=17).use("d3", 50, *october(10), hour=17).use("d3", 4, *october(14), hour=17)
    config = built(tmp_path, fleet)
    assert found(config, "home_minutes_per_pupil_day") == {"all all": (2, pytest.approx(10), 14)}
    # of the 21 days of October without school, d1 one; d3 belongs to those who may, as on some days
    off = found(config, "share_days_off_used")
    assert (off["all all"], off["take_home true"], off["take_home false"]) == ((3, 1, 63), (2, 1, 42), (1, 0, 21))
    assert found(config, "take_home_share") == {"all all": (3, 2, 3)}


def test_days_of_declared_closure(tmp_path: Path) -> None:
    """Closed on 13 and 14 October: d1 may go home and is used on one of the two; d2 may not."""
    fleet = class_of(2)
    fleet.loans = [Loan("d1", "p1", take_home="true"), Loan("d2", "p2", take_home="false")]
    fleet.closures.append((1, date(2025, 10, 13), date(2025, 10, 14)))
    config = built(tmp_path, fleet.use("d1", 10, *october(13)).use("d2", 10, *october(14)))
    assert found(config, "closure_days_used_share") == {"all all": (1, 1, 2)}
    assert found(config, "closure_days_used_share", "2025-09") == {}


def test_a_silent_school_does_not_make_the_territory_idle(tmp_path: Path) -> None:
    """School 2 is heard of on one day in ten: it has figures of its own, and none in the territory's."""
    fleet = class_of(1).use("d1", 10, *OCTOBER_DAYS)
    fleet.seats.append(Seat("q1", 2, "k2"))
    fleet.loans.append(Loan("e1", "q1"))
    config = built(tmp_path, fleet.hear(["e1"], [date(2025, 9, 1), date(2025, 10, 2)]))
    assert found(config, "regular_share", uai=THERE)["all all"] == (1, 0, 1)
    assert found(config, "regular_share", uai="territory")["all all"] == (1, 1, 1)
    assert found(config, "weekly_active_share", uai="territory")["all all"] == (1, 3, 3)
    # equipment does not depend on what the tablets say
    assert found(config, "equipped_share", uai="territory")["all all"] == (2, 2, 2)
