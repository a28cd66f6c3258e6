"""Which numbers the released figures of a place explain: themselves and a closed list of derivations, worked out by hand."""

from analysis.checking.explained import Explained, amounts_of, corners
from analysis.checking.numbers import Number


def figure(measure: str, value: float | None, unit: str = "share", category: str = "all", **more: object) -> dict:
    row = {"uai": "A", "measure": measure, "breakdown": "all", "category": category, "evidence": "foreground", "unit": unit, "value": value}
    return row | {"n": None, "low": None, "high": None, "denominator": None, "shown": True, "reason": None} | more


def known(*rows: dict) -> Explained:
    return Explained(amounts_of(list(rows)))


def holds(explained: Explained, kind: str, *written: str) -> list[bool]:
    numbers = [(text.replace(",", ""), len(text.partition(",")[2])) for text in written]
    return [explained.holds(Number(kind, int(digits), decimals)) for digits, decimals in numbers]


def test_a_figure_explains_itself_its_interval_and_its_population_by_kind() -> None:
    explained = known(figure("equipped_share", 0.38, low=0.3, high=0.46, n=55))
    assert holds(explained, "share", "38", "30", "46", "38,0", "37", "55", "62") == [True, True, True, True, False, False, False]
    assert holds(explained, "people", "55", "38", "4") == [True, False, False]
    assert holds(explained, "minutes", "38") == [False]
    assert holds(explained, "number", "38", "55", "54") == [True, True, False]


def test_a_withheld_figure_explains_nothing() -> None:
    assert holds(known(figure("equipped_share", 0.38, n=7, shown=False)), "number", "38", "7") == [False, False]


def test_a_half_may_be_rounded_either_way() -> None:
    assert holds(known(figure("visits_per_visitor", 8.5, "visits")), "visits", "8", "9", "8,5", "8,4", "10") == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_the_rest_of_a_whole_that_reports_say() -> None:
    explained = known(figure("share_pupil_days_used", 0.58), figure("share_pupil_days_under_5", 0.07))
    assert holds(explained, "share", "42", "51", "93") == [True, True, False]
    assert holds(known(figure("equipped_share", 0.9)), "share", "10") == [False]
    steps = [figure("visit_frequency_share", v, category=c) for c, v in (("none", 0.17), ("under_1", 0.67))]
    assert holds(known(*steps, figure("visit_frequency_share", 0.01, category="3", reason="at_most")), "share", "16", "33", "15") == [
        True,
        True,
        False,
    ]


def test_the_means_of_the_first_and_last_weeks() -> None:
    """Nine weeks: thirds of three, means 10 and 20; the mean of all is 15."""
    weeks = [
        figure("weekly_active_share", v / 100, category=f"w{i}", breakdown="week")
        for i, v in enumerate((9, 10, 11, 15, 15, 15, 19, 20, 21))
    ]
    assert holds(known(*weeks), "share", "10", "20", "15", "14") == [True, True, True, False]
    other = [row | {"measure": "equipped_share"} for row in weeks]
    assert holds(known(*other[:2], *other[3:7], other[8]), "share", "20") == [False]


def test_what_the_indices_mean_in_words() -> None:
    """Gini 0.25 and 8 minutes: two pupils drawn by lot differ by 4 minutes, half of the mean; exp(-0.12) is 0.887."""
    explained = known(
        figure("gini_minutes", 0.25, "index"), figure("minutes_per_pupil_day", 8.0, "minutes"), figure("theil_t_minutes", 0.12, "index")
    )
    assert holds(explained, "minutes", "8", "4", "2") == [True, True, False]
    assert holds(explained, "share", "50", "89", "88") == [True, True, False]


def test_parts_that_a_report_names_by_number() -> None:
    explained = known(
        figure("started_share", 0.3, breakdown="within", category="5"), figure("lorenz_share", 0.1, breakdown="lowest", category="20")
    )
    assert holds(explained, "days", "5", "4") == [True, False]
    assert holds(explained, "share", "20", "40") == [True, False]


def test_the_corners_of_the_concentration_curve() -> None:
    """Two schools, 20 pupils at 5 minutes and 30 at 10: 40 % of the pupils make 100 of 400 minutes; half of them 25 + 75 / 6 = 37.5 %."""
    rows = [figure("minutes_per_pupil_day", 5.0, "minutes", n=20), figure("minutes_per_pupil_day", 10.0, "minutes", n=30, uai="B")]
    explained = Explained(corners(rows, {"A": 80.0, "B": 110.0}))
    assert holds(explained, "share", "40", "25", "37,5", "60") == [True, True, True, False]
    assert list(corners(rows, {"A": 80.0})) == []
