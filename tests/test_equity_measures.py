"""Equity, trainings and costs on small towns, each number worked out by hand."""

from datetime import date
from math import log, sqrt
from pathlib import Path

import pytest

from analysis.config import Config
from tests.class_town import SCHOOL_DAYS, Child, Stay, child, uai_of, write_town
from tests.hand_made import config_in, measured, rows, run

T1, T2, T3 = 12.7062, 4.30265, 3.18245  # Student's t at 97.5 %, by degrees of freedom
HERE, THERE = uai_of(1), uai_of(2)


def near(*numbers: float | None) -> tuple:
    return tuple(n if n is None else pytest.approx(n, abs=2e-3) for n in numbers)


def built(folder: Path, children: list[Child], schools: dict | None = None, trainings: list | None = None, **settings: object) -> Config:
    config = config_in(folder, **settings)
    write_town(config, children, schools, trainings)
    measured(config)
    return config


def found(config: Config, measure: str, period: str = "2025-10") -> dict[tuple[str, str, str], tuple]:
    """(school, breakdown, category) -> n, value, low, high."""
    query = (
        f"SELECT uai, breakdown, category, n, value, low, high FROM measures.\"values\" WHERE measure = '{measure}' AND period = '{period}'"
    )
    return {tuple(row[:3]): tuple(row[3:]) for row in rows(config, query)}


def girls_and_boys() -> list[Child]:
    """Three classes: girls have 1 minute more than boys, 3 more, and no boy to be compared with; another school: 1 less."""
    here = [("k1", "F", 2), ("k1", "F", 4), ("k1", "M", 1), ("k1", "M", 3), ("k2", "F", 6), ("k2", "M", 2), ("k2", "M", 4), ("k3", "F", 9)]
    there = [("k9", "F", 4), ("k9", "M", 5), ("k9", "", 30)]
    children = [child(f"a{i}", 1, room, a_day, sex=sex) for i, (room, sex, a_day) in enumerate(here)]
    return children + [child(f"b{i}", 2, room, a_day, sex=sex) for i, (room, sex, a_day) in enumerate(there)]


def test_a_gap_is_between_pupils_of_the_same_class(tmp_path: Path) -> None:
    gaps = found(built(tmp_path, girls_and_boys()), "gap_minutes")
    # classes: +1 and +3, mean 2, standard error sqrt(2)/sqrt(2) = 1 with 1 degree of freedom; k3 has nobody to compare its girl with
    assert gaps[HERE, "sex", "F"] == near(3, 2, 2 - T1, 2 + T1)
    # one class has no interval
    assert gaps[THERE, "sex", "F"] == near(1, -1, None, None)
    # schools: +2 and -1, mean 0.5, standard error 2.1213/sqrt(2) = 1.5; classes as clusters would have given mean 1
    assert gaps["territory", "sex", "F"] == near(4, 0.5, 0.5 - 1.5 * T1, 0.5 + 1.5 * T1)


def test_minutes_by_sex_carry_the_interval_of_a_ratio_of_class_totals(tmp_path: Path) -> None:
    minutes = found(built(tmp_path, girls_and_boys()), "minutes_per_pupil_day")
    # girls: class totals 60, 60, 90 minutes over 20, 10, 10 days; ratio 5.25, residuals -45, 7.5, 37.5
    error = sqrt((45**2 + 7.5**2 + 37.5**2) * 3 / 2) / 40
    assert minutes[HERE, "sex", "F"] == near(4, 5.25, *cube_root_limits(5.25, T2 * error))
    # boys: 40 over 20 and 60 over 20; ratio 2.5, residuals -10 and 10; a t on the ratio itself would go below 0
    error = sqrt((100 + 100) * 2 / 1) / 40
    assert minutes[HERE, "sex", "M"] == near(4, 2.5, *cube_root_limits(2.5, T1 * error))
    assert minutes[THERE, "sex", "unknown"][:2] == near(1, 30)
    # schools are the clusters of the territory: girls 210 over 40 here, 40 over 10 there
    assert minutes["territory", "sex", "F"][:2] == near(5, 5)


def cube_root_limits(ratio: float, reach: float) -> tuple[float, float]:
    """The limits of a ratio whose cube root is what t is taken on: its standard error is that of the ratio over 3 ratio^(2/3)."""
    root, half = ratio ** (1 / 3), reach / (3 * ratio ** (2 / 3))
    return (root - half) ** 3, (root + half) ** 3


def test_what_is_known_of_nobody_is_no_breakdown(tmp_path: Path) -> None:
    config = built(tmp_path, girls_and_boys())
    assert {key[1] for key in found(config, "gap_minutes")} == {"sex"}
    # a school without a third one is in no third by IPS, and take-home is known of nobody
    assert {key[1] for key in found(config, "minutes_per_pupil_day")} == {"all", "level", "cycle", "week", "weekday", "sex"}


def of_bands(*bands: str) -> list[Child]:
    return [child(f"c{i}", 1, "k1", a_day, band=band) for i, (band, a_day) in enumerate(zip(bands, (6, 4, 1, 3), strict=False))]


def test_the_least_favoured_band_that_occurs_is_compared_with_all_others(tmp_path: Path) -> None:
    gaps = found(built(tmp_path, of_bands("très favorisée", "favorisée", "moyenne", "")), "gap_minutes")
    assert gaps == {
        (HERE, "social_band", "moyenne"): near(1, 1 - 5, None, None),
        ("territory", "social_band", "moyenne"): near(1, -4, None, None),
    }


def test_bands_that_the_settings_do_not_order_are_not_compared(tmp_path: Path) -> None:
    config = built(tmp_path, of_bands("très favorisée", "bande 4"))
    assert found(config, "gap_minutes") == {}
    assert (HERE, "social_band", "bande 4") in found(config, "minutes_per_pupil_day")


def test_bands_of_another_town_are_ordered_by_its_settings(tmp_path: Path) -> None:
    config = built(tmp_path, of_bands("D", "A"), equity={"social_bands": ["A", "B", "C", "D"]})
    assert found(config, "gap_minutes")[HERE, "social_band", "D"] == near(1, 2, None, None)


def test_support_is_compared_over_the_territory_only_and_internet_by_its_lack(tmp_path: Path) -> None:
    known = [("true", "true", 2), ("false", "true", 5), ("false", "false", 1)]
    children = [child(f"c{i}", 1, "k1", a, support=s, internet=n) for i, (s, n, a) in enumerate(known)]
    gaps = found(built(tmp_path, children), "gap_minutes")
    assert gaps == {
        (HERE, "home_internet", "false"): near(1, 1 - 3.5, None, None),
        ("territory", "home_internet", "false"): near(1, -2.5, None, None),
        ("territory", "support", "true"): near(1, 2 - 3, None, None),
    }


def test_take_home_compares_whole_classes(tmp_path: Path) -> None:
    """k1: one of two, which is half, and so a class whose tablets go home, with both its pupils."""
    rooms = [("k1", "true", 2), ("k1", "false", 4), ("k2", "true", 5), ("k3", "false", 1), ("k3", "", 9), ("k4", "false", 2)]
    gaps = found(built(tmp_path, [child(f"c{i}", 1, r, a, take_home=h) for i, (r, h, a) in enumerate(rooms)]), "gap_minutes")
    # class means 3 and 5 against 5 and 2: 4 - 3.5, pooled variance (2 + 4.5) / 2, 2 degrees of freedom
    error = sqrt((2 + 4.5) / 2 * (1 / 2 + 1 / 2))
    assert gaps == dict.fromkeys(
        [(HERE, "take_home", "true"), ("territory", "take_home", "true")], near(3, 0.5, 0.5 - T2 * error, 0.5 + T2 * error)
    )


def test_schools_are_compared_whole_by_rep_and_by_thirds_of_ips(tmp_path: Path) -> None:
    """Six schools: two of the lowest IPS, two in the middle, two of the highest; the first and the last are REP."""
    amounts = {1: (1, 3), 2: (4,), 3: (30,), 4: (30,), 5: (5,), 6: (8,)}
    children = [child(f"c{n}-{i}", n, f"k{n}", a) for n, mine in amounts.items() for i, a in enumerate(mine)]
    schools = {n: {"ips": 80 + 5 * n, "rep": "REP" if n in (1, 6) else ""} for n in amounts}
    gaps = found(built(tmp_path, children, schools), "gap_minutes")
    # the low ones have means of 2 and 4, the high ones of 5 and 8
    error = sqrt((2 + 4.5) / 2)
    assert gaps["territory", "ips", "low"] == near(2, 3 - 6.5, -3.5 - T2 * error, -3.5 + T2 * error)
    # the means of the two REP schools are 2 and 8
    value, low, high = gaps["territory", "rep", "rep"][1:]
    others = [4, 30, 30, 5]
    pooled = (sum((x - 5) ** 2 for x in (2, 8)) + sum((x - 17.25) ** 2 for x in others)) / 4
    reach = 2.77645 * sqrt(pooled * (1 / 2 + 1 / 4))
    assert (value, low, high) == near(5 - 17.25, -12.25 - reach, -12.25 + reach)
    assert {key[0] for key in gaps} == {"territory"}


def test_the_gap_of_regular_use_is_a_difference_of_shares(tmp_path: Path) -> None:
    """October has three school weeks: use on a day of each makes a regular pupil, use on one day does not."""
    weekly = {date(2025, 10, d): 6.0 for d in (2, 6, 13)}
    regular = [Child(f"r{i}", (Stay(1, "k1"),), weekly, sex=sex) for i, sex in enumerate("FFM")]
    gaps = found(built(tmp_path, [*regular, child("x", 1, "k1", 3, sex="F"), child("y", 1, "k1", 3, sex="M")]), "gap_regular_share")
    assert gaps[HERE, "sex", "F"] == near(2, 2 / 3 - 1 / 2, None, None)


def test_a_pupil_who_changes_class_counts_in_that_of_most_days(tmp_path: Path) -> None:
    """Three days of October in k1, seven in k2."""
    moves = (Stay(1, "k1", last=date(2025, 10, 6)), Stay(1, "k2", date(2025, 10, 7)))
    mover = Child("mover", moves, {date(2025, 10, 6): 80.0, date(2025, 10, 7): 20.0}, sex="F")
    children = [mover, child("a", 1, "k1", 1, sex="M"), child("b", 1, "k2", 4, sex="M")]
    assert found(built(tmp_path, children), "gap_minutes")[HERE, "sex", "F"] == near(1, 10 - 4, None, None)


def test_a_pupil_who_changes_schools_is_one_pupil_of_the_territory(tmp_path: Path) -> None:
    """Three days here with 30 minutes in all, seven there with 7: 10 and 1 minutes a day; 3.7 over the territory, counted there."""
    moves = (Stay(1, "k1", last=date(2025, 10, 6)), Stay(2, "k2", date(2025, 10, 7)))
    mover = Child("mover", moves, {date(2025, 10, 6): 30.0, date(2025, 10, 7): 7.0}, sex="F")
    config = built(tmp_path, [mover, child("a", 1, "k1", 6, sex="M"), child("b", 2, "k2", 4, sex="M")])
    gaps, gini = found(config, "gap_minutes"), found(config, "gini_minutes")
    assert [gaps[uai, "sex", "F"][1] for uai in (HERE, THERE, "territory")] == [pytest.approx(g) for g in (4, -3, -0.3)]
    assert [gini[uai, "all", "all"][0] for uai in (HERE, THERE, "territory")] == [2, 2, 3]
    # 3.7, 4, 6: (-2 x 3.7 + 2 x 6) / (3 x 13.7)
    assert gini["territory", "all", "all"][1] == pytest.approx(4.6 / 41.1)


def test_inequality_counts_pupils_without_use_and_not_those_without_tablet(tmp_path: Path) -> None:
    """Amounts 0, 1, 2, 3, 4 in two classes, and one child without tablet."""
    children = [child(f"c{a}", 1, "k1" if a < 2 else "k2", a) for a in range(5)]
    config = built(tmp_path, [*children, Child("none", (Stay(1, "k1"),), held_from=None)])
    assert found(config, "gini_minutes")[HERE, "all", "all"] == near(5, (2 * 3 + 4 * 4 - 2 * 1) / (5 * 10), None, None)
    theil = sum(x / 2 * log(x / 2) for x in (1, 2, 3, 4)) / 5
    assert found(config, "theil_t_minutes")[HERE, "all", "all"] == near(5, theil, None, None)
    # class means 0.5 of two pupils, 3 of three, around 2
    between = (2 * 0.25 * log(0.25) + 3 * 1.5 * log(1.5)) / 5
    # variance 2, mean 2, one degree of freedom of four
    by_chance = 1 / 4 * (2 / 4 / 2) / theil
    shares = {key[1:]: row for key, row in found(config, "theil_between_share").items() if key[0] == HERE}
    assert shares == {
        ("between", "classes"): near(5, between / theil, None, None),
        ("between", "classes_by_chance"): near(5, by_chance, None, None),
    }
    lorenz = {key[2]: row[1] for key, row in found(config, "lorenz_share").items() if key[0] == HERE}
    assert lorenz == {"20": pytest.approx(0), "40": pytest.approx(0.1), "60": pytest.approx(0.3), "80": pytest.approx(0.6)}


def test_nobody_uses_it_and_nobody_has_one(tmp_path: Path) -> None:
    """Nothing to share is not equality; and one school alone says nothing between schools."""
    idle = [child(f"c{i}", 1, f"k{i}", 0) for i in range(2)] + [Child("u", (Stay(2, "k9"),), held_from=None)]
    config = config_in(tmp_path)
    write_town(config, idle)
    run(config)
    names = ("gini_minutes", "theil_t_minutes", "theil_between_share", "lorenz_share")
    assert {row[1] for name in names for row in found(config, name).values()} == {None}
    assert not [key for name in names for key in found(config, name) if key[0] == THERE]
    assert {key[2] for key in found(config, "theil_between_share")} == {"classes", "classes_by_chance"}
    published = "SELECT COUNT(*) FROM published.\"values\" WHERE measure IN ('gini_minutes', 'theil_t_minutes')"
    assert rows(config, published) == [(0,)]


def by_ips(amounts: list[float], first: int = 1) -> tuple[list[Child], dict[int, dict]]:
    numbers = range(first, first + len(amounts))
    children = [child(f"c{n}", n, f"k{n}", a) for n, a in zip(numbers, amounts, strict=True)]
    return children, {n: {"ips": 70 + 10 * n} for n in numbers}


def test_slope_and_concentration_over_five_schools(tmp_path: Path) -> None:
    """TV-EQ-5, times ten; a sixth school without IPS is left out."""
    children, schools = by_ips([2, 3.5, 5, 6, 7.5])
    config = built(tmp_path, [*children, child("x", 9, "k9", 40)], schools)
    whole = ("territory", "all", "all")
    slope = found(config, "sii_minutes")
    assert slope.keys() == {whole}
    # residuals from 4.8 + 6.75 (rank - 0.5): -0.1, 0.05, 0.2, -0.15, 0; leverages 0.6, 0.3, 0.2, 0.3, 0.6; squared ranks sum to 0.4;
    # HC3: each residual over 1 - leverage, times its rank; three degrees of freedom
    reach = T3 * sqrt((0.4 * 0.1 / 0.4) ** 2 + (0.2 * 0.05 / 0.7) ** 2 + (0.2 * 0.15 / 0.7) ** 2) / 0.4
    assert slope[whole] == near(5, 6.75, 6.75 - reach, 6.75 + reach)
    assert found(config, "rii_minutes")[whole] == near(5, 5.7368, None, None)
    assert found(config, "concentration_index_minutes")[whole][:2] == near(5, 0.225)


def test_four_schools_make_no_slope_and_a_line_that_starts_below_0_no_ratio(tmp_path: Path) -> None:
    config = built(tmp_path / "four", *by_ips([1, 2, 3, 4]))
    assert [found(config, name) for name in ("sii_minutes", "rii_minutes", "concentration_index_minutes")] == [{}, {}, {}]
    config = built(tmp_path / "five", *by_ips([0, 0, 0, 1, 10]))
    # slope (-0.4 x 0 - 0.2 x 0 + 0.2 x 1 + 0.4 x 10) / 0.4 = 10.5, mean 2.2: the lower end is -3.05
    assert found(config, "sii_minutes")["territory", "all", "all"][1] == pytest.approx(10.5)
    assert found(config, "rii_minutes")["territory", "all", "all"][1] is None


TRAINED = date(2025, 9, 23)
BEFORE, AFTER = [d for d in SCHOOL_DAYS if d < TRAINED], [d for d in SCHOOL_DAYS if d > TRAINED]


def around(name: str, school: int, room: str, before: float, after: float) -> Child:
    """A child with so many minutes a day before and after, and 100 on the day itself, which counts nowhere."""
    use = {BEFORE[0]: before * len(BEFORE), TRAINED: 100.0, AFTER[-1]: after * len(AFTER)}
    return Child(name, (Stay(school, room),), {day: minutes for day, minutes in use.items() if minutes})


def trained_town() -> list[Child]:
    """School 1, trained: classes of +2 and +4; schools 2 and 3, not: +1 and 0; school 4, trained the same day."""
    here = [around("a", 1, "k1", 1, 2), around("b", 1, "k1", 3, 6), around("c", 1, "k2", 2, 6)]
    return [*here, around("d", 2, "k3", 2, 3), around("e", 3, "k4", 4, 4), around("f", 4, "k5", 1, 9)]


def test_a_training_is_set_against_schools_that_had_none(tmp_path: Path) -> None:
    assert (len(BEFORE), len(AFTER)) == (13, 14)
    sessions = [{"uai": uai_of(n), "person_id": "", "held_on": TRAINED, "hours": 3} for n in (1, 4)]
    config = built(tmp_path, trained_town(), trainings=sessions)
    day, minutes, changes = str(TRAINED), found(config, "training_minutes", "2025-T1"), found(config, "training_change_minutes", "2025-T1")
    assert (minutes[HERE, "before", day][:2], minutes[HERE, "after", day][:2]) == (near(3, 2), near(3, 14 / 3))
    # classes +2 and +4: mean 3, standard error 1
    assert changes[HERE, "training", day] == near(3, 3, 3 - T1, 3 + T1)
    assert changes[HERE, "training_elsewhere", day] == near(2, 0.5, 0.5 - T1 / 2, 0.5 + T1 / 2)
    assert changes[uai_of(4), "training", day] == near(1, 8, None, None)
    assert {key[0] for key in changes} == {HERE, uai_of(4)}


def test_a_session_needs_three_weeks_on_each_side_within_the_period(tmp_path: Path) -> None:
    """23 September has two weeks of September after it; 14 October has one of school after it, and holidays."""
    sessions = [{"uai": HERE, "person_id": "", "held_on": day, "hours": ""} for day in (TRAINED, date(2025, 10, 14))]
    config = built(tmp_path, trained_town(), trainings=sessions)
    periods = ("2025-09", "2025-10", "2025-T1")
    assert [{key[2] for key in found(config, "training_minutes", p)} for p in periods] == [set(), set(), {str(TRAINED)}]
    assert [{key[2] for key in found(config, "training_change_minutes", p)} for p in periods] == [set(), set(), {str(TRAINED)}]


def test_a_session_of_one_person_is_left_out(tmp_path: Path) -> None:
    config = built(tmp_path, trained_town(), trainings=[{"uai": "", "person_id": "teacher", "held_on": TRAINED, "hours": 3}])
    assert found(config, "training_minutes", "2025-T1") == found(config, "training_change_minutes", "2025-T1") == {}


def test_a_class_that_comes_later_has_no_change(tmp_path: Path) -> None:
    late = Child("late", (Stay(1, "k9"),), {AFTER[0]: 14.0}, held_from=AFTER[0])
    session = [{"uai": HERE, "person_id": "", "held_on": TRAINED, "hours": 3}]
    config = built(tmp_path, [*trained_town(), late], trainings=session)
    assert found(config, "training_change_minutes", "2025-T1")[HERE, "training", str(TRAINED)][:2] == near(3, 3)
    assert found(config, "training_minutes", "2025-T1")[HERE, "after", str(TRAINED)][:2] == near(4, (2 + 6 + 6 + 1) / 4)


def test_costs_are_divided_by_equipped_and_by_active_pupils(tmp_path: Path) -> None:
    """Four equipped pupils, three of them with five minutes on a day; one child without tablet costs nothing."""
    children = [child(f"c{i}", 1, "k1", a) for i, a in enumerate((1, 2, 0.5, 0.4))]
    children.append(Child("none", (Stay(1, "k1"),), held_from=None))
    config = built(tmp_path, children, costs={"eur_per_school_year": 1200})
    assert found(config, "cost_per_equipped_pupil") == {("territory", "all", "all"): near(4, 300, None, None)}
    assert found(config, "cost_per_active_pupil") == {("territory", "all", "all"): near(4, 400, None, None)}


def test_pupils_whose_use_is_not_known_cost_active_pupils_nothing(tmp_path: Path) -> None:
    """A second school, silent: half of the cost is its own, and whether its pupils are active nobody knows."""
    heard = [child(f"c{i}", 1, "k1", a) for i, a in enumerate((1, 0))]
    silent = [child(f"s{i}", 2, "k2", 0) for i in range(2)]
    config = config_in(tmp_path, costs={"eur_per_school_year": 1200})
    raw = write_town(config, [*heard, *silent])
    events = raw / "events.ndjson"
    events.write_text("\n".join(line for line in events.read_text().splitlines() if '"d-s' not in line))
    measured(config)
    assert found(config, "cost_per_equipped_pupil")["territory", "all", "all"] == near(4, 300, None, None)
    assert found(config, "cost_per_active_pupil")["territory", "all", "all"] == near(2, 600, None, None)


def test_without_a_cost_there_is_no_row(tmp_path: Path) -> None:
    config = built(tmp_path, [child("c", 1, "k1", 1)])
    assert found(config, "cost_per_equipped_pupil") == found(config, "cost_per_active_pupil") == {}
