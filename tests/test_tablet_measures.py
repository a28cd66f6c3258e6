"""Tablets that are silent, unused, given back or in repair, and who has one, on small fleets, each number worked out by hand.

October 2025 has class on 2, 3 | 6, 7, 9, 10 | 13, 14, 16, 17: ten school days in three school weeks; 18 October to 2 November are holidays.
"""

from datetime import date
from pathlib import Path

import pytest

from analysis.config import Config
from tests.class_town import OCTOBER_DAYS, SCHOOL_DAYS
from tests.fleet_town import THERE, Fleet, Loan, Seat, built, class_of, found, october


@pytest.fixture(scope="module")
def silent_tablets(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """On 17 October: d1 seen that day, d2 14 days ago, d3 13, d4 handed over 8 days before and never seen, d5 28, d6 27; a trolley 16."""
    fleet = Fleet([Seat(f"p{i}") for i in range(1, 7)], [Loan(f"d{i}", f"p{i}") for i in (1, 2, 3, 5, 6)])
    fleet.loans += [Loan("d4", "p4", date(2025, 10, 10)), Loan("s1", "k1", kind="shared")]
    fleet.hear(["d1"], SCHOOL_DAYS)
    for device, day in (("d2", (10, 3)), ("d3", (10, 4)), ("d5", (9, 19)), ("d6", (9, 20)), ("s1", (10, 1))):
        fleet.hear([device], [date(2025, *day)])
    # in the holidays: the end of the period's school days has passed
    return built(tmp_path_factory.mktemp("silent"), fleet.hear(["d5"], [date(2025, 10, 25)]), coverage={"floor": 0.1})


def test_dormant_tablets_are_silent_for_all_of_the_days_and_held_as_long(silent_tablets: Config) -> None:
    assert found(silent_tablets, "dormant_14_share") == {"all all": (5, 3, 5), "kind shared": (6, 1, 1)}
    assert found(silent_tablets, "dormant_28_share") == {"all all": (5, 1, 5), "kind shared": (6, 0, 1)}


def test_a_tablet_that_was_never_seen_does_not_work(silent_tablets: Config) -> None:
    assert found(silent_tablets, "working_share")["all all"] == (6, 2, 6)


def test_silence_is_not_counted_beyond_what_the_logs_reach(tmp_path: Path) -> None:
    """The last log is of 10 October: on that day d2 was silent for 13 days, not for the 20 that the 17th would make."""
    fleet = class_of(2)
    fleet.signs = {("d1", day) for day in SCHOOL_DAYS if day <= date(2025, 10, 10)} | {("d2", date(2025, 9, 27))}
    config = built(tmp_path, fleet)
    assert found(config, "dormant_14_share")["all all"] == (2, 0, 2)
    assert found(config, "working_share")["all all"] == (2, 2, 2)


def test_what_is_older_than_the_logs_is_not_known_to_be_silent(tmp_path: Path) -> None:
    """Logs from 6 October: on the 17th nobody can say that a tablet was silent for 14 days."""
    fleet = class_of(2)
    fleet.signs = {("d1", day) for day in october(6, 17)}
    config = built(tmp_path, fleet, coverage={"floor": 0})
    assert found(config, "dormant_14_share") == {}


def test_tablets_without_a_single_second(tmp_path: Path) -> None:
    """d1 is used on a Saturday, d2 by its second holder, d3 never; of two trolley tablets one never."""
    fleet = Fleet([Seat(f"p{i}") for i in range(1, 5)], [Loan("d1", "p1"), Loan("d2", "p2", last=date(2025, 10, 8))])
    fleet.loans += [Loan("d2", "p3", date(2025, 10, 9)), Loan("d3", "p4"), Loan("s1", "k1", kind="shared"), Loan("s2", "k1", kind="shared")]
    fleet.hear(["d1", "d2", "d3", "s1", "s2"], SCHOOL_DAYS)
    config = built(tmp_path, fleet.use("d1", 1, *october(4)).use("d2", 1, *october(10)).use("s2", 1, *october(10)))
    unused = {"kind individual": (4, 1, 3), "kind shared": (4, 1, 2)}
    assert found(config, "never_used_share") == unused
    assert found(config, "never_used_share", uai="territory") == unused


def test_equipped_week_by_week_and_by_group(tmp_path: Path) -> None:
    """p2 gets the tablet on Thursday 9 October, p3 never does, p4 leaves on Tuesday the 7th with a tablet."""
    seats = [Seat("p1"), Seat("p2"), Seat("p3", level="CE2"), Seat("p4", last=date(2025, 10, 7))]
    fleet = Fleet(seats, [Loan("d1", "p1"), Loan("d2", "p2", date(2025, 10, 9)), Loan("d4", "p4")])
    fleet.sexes, fleet.internet = {"p1": "F", "p2": "M", "p3": "M"}, {"p1": "true", "p2": "true", "p3": "false"}
    config = built(tmp_path, fleet.hear(["d1", "d2", "d4"], SCHOOL_DAYS))
    equipped = found(config, "equipped_share")
    assert [equipped[f"week {monday}"] for monday in ("2025-09-29", "2025-10-06", "2025-10-13")] == [(4, 2, 4), (3, 2, 3), (3, 2, 3)]
    assert (equipped["all all"], equipped["level CE2"], equipped["level CE1"]) == ((4, 3, 4), (1, 0, 1), (3, 3, 3))
    assert (equipped["sex F"], equipped["sex M"], equipped["sex unknown"]) == ((1, 1, 1), (2, 1, 2), (1, 1, 1))
    assert found(config, "equipped_share", uai="territory")["week 2025-09-29"] == (4, 2, 4)
    # whether there is internet at p4's home is not known; nor whether any tablet may go home
    assert found(config, "home_internet_share") == {"all all": (3, 2, 3)}
    assert found(config, "take_home_share") == {}


def test_tablets_in_hands_planned_and_in_their_second_life(tmp_path: Path) -> None:
    """d1 goes from p1 to p2; d2 goes back to p3 who had it before; d9 had a holder who is in no register any more."""
    fleet = Fleet([Seat(f"p{i}") for i in range(1, 5)], [Loan("d1", "p1", last=date(2025, 10, 6)), Loan("d1", "p2", date(2025, 10, 7))])
    fleet.loans += [Loan("d2", "p3", last=date(2025, 9, 10)), Loan("d2", "p3", date(2025, 9, 20))]
    fleet.loans += [Loan("d9", "gone", date(2021, 9, 1), date(2025, 7, 1)), Loan("d9", "p4", date(2025, 9, 2))]
    config = built(tmp_path, fleet.hear(["d1", "d2", "d9"], SCHOOL_DAYS), deployment={"plan": {"2025-2026": 40}})
    assert found(config, "second_life_share") == {"all all": (3, 2, 3)}
    assert found(config, "tablets_in_hands", uai="territory", columns="n, value") == {"all all": (3, 3)}
    assert found(config, "tablets_planned", uai="territory", columns="n, value") == {"all all": (4, 40)}
    assert found(config, "tablets_in_hands") == {}


def test_tablets_given_back_by_those_who_leave_the_last_level(tmp_path: Path) -> None:
    """p1 gave it back on the last day, p3's is another's now, p7 gave it back before; p2 has it still, as p9 elsewhere; no other counts."""
    left = date(2025, 10, 10)
    seats = [Seat(f"p{i}", level="CM2", last=left) for i in (1, 2, 3, 7, 8)] + [Seat("p5"), Seat("p6", last=left)]
    seats += [Seat("p4", level="CM2", last=left), Seat("p4", room="k2", level="CM2", first=date(2025, 10, 11))]
    seats += [Seat("p9", 2, "k9", level="CM2", last=left)]
    loans = [Loan("d1", "p1", last=left), Loan("d7", "p7", last=date(2025, 9, 20)), Loan("d3", "p5", date(2025, 10, 14))]
    fleet = Fleet(seats, loans + [Loan(f"d{i}", f"p{i}") for i in (2, 3, 4, 6, 9)])
    config = built(tmp_path, fleet.hear([f"d{i}" for i in (1, 2, 3, 4, 6, 7, 9)], SCHOOL_DAYS))
    assert found(config, "returned_share") == {"all all": (4, 3, 4)}
    assert found(config, "returned_share", uai=THERE) == {"all all": (1, 0, 1)}
    assert found(config, "returned_share", "2025-09") == {}
    assert found(config, "returned_share", uai="territory") == {"all all": (5, 3, 5)}


def test_the_end_of_the_school_year_is_an_end(tmp_path: Path) -> None:
    """Class ends on 3 July 2026; p1 gave the tablet back the week before, p2 keeps it."""
    fleet = Fleet([Seat("p1", level="CM2"), Seat("p2", level="CM2")], [Loan("d1", "p1", last=date(2026, 6, 26)), Loan("d2", "p2")])
    config = built(tmp_path, fleet.hear(["d2"], [date(2026, 7, 2)]))
    assert found(config, "returned_share", "2026-07") == {"all all": (2, 1, 2)}
    assert found(config, "returned_share", "2025-2026") == {"all all": (2, 1, 2)}


def test_school_days_lost_in_repair(tmp_path: Path) -> None:
    """d1: three days in hand, five out of service until it is lent again, two in hand; d2, the spare: five; d3: two days of ten out."""
    fleet = Fleet([Seat("p1"), Seat("p2"), Seat("p3")], [Loan("d1", "p1", last=date(2025, 10, 6)), Loan("d2", "p1", date(2025, 10, 10))])
    fleet.loans += [Loan("d1", "p2", date(2025, 10, 16)), Loan("d3", "p3")]
    fleet.repairs = [
        ("d1", date(2025, 10, 7), None),
        ("d3", date(2025, 10, 9), date(2025, 10, 12)),
        ("never lent", date(2025, 10, 7), None),
    ]
    config = built(tmp_path, fleet.hear(["d1", "d2", "d3"], OCTOBER_DAYS))
    lost = {"all all": (3, 5 + 2, 3 + 5 + 2 + 5 + 10)}
    assert found(config, "repair_days_share") == lost
    assert found(config, "repair_days_share", uai="territory") == lost


def test_without_a_list_of_repairs_nothing_is_said_of_them(tmp_path: Path) -> None:
    assert found(built(tmp_path, class_of(1)), "repair_days_share") == {}
