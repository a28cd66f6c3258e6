"""The title of each figure in each of its variants: figures in, finding out."""

import datetime as dt

import pytest

from analysis.reports.school import Value
from analysis.reports.sentences import titles
from analysis.reports.sentences.change import Change
from tests.reports.values import FR, hidden, number, plain


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Change(6, 12, 4, "rise"), "L’usage quotidien double : de 6 min à 12 min entre septembre et décembre"),
        (Change(8, 14, 4, "rise"), "L’usage quotidien augmente : de 8 min à 14 min entre septembre et décembre"),
        (Change(2, 9, 4, "rise"), "L’usage quotidien augmente : de 2 min à 9 min entre septembre et décembre"),
        (Change(14, 8, 4, "fall"), "L’usage quotidien baisse : de 14 min à 8 min entre septembre et décembre"),
        (Change(12, 13, 4, "stable"), "L’usage quotidien est stable : 11 min quand la tablette sert"),
        (Change(9, 9, 0, "unknown"), "Environ 11 min quand la tablette sert ; ni hausse ni baisse sûre"),
    ],
)
def test_the_title_of_the_curve(found: Change, expected: str) -> None:
    assert plain(titles.minutes_over_time(FR, found, 11, dt.date(2025, 9, 1), dt.date(2025, 12, 15))) == expected


def test_one_month_is_named_once() -> None:
    assert titles.between(FR, dt.date(2025, 10, 6), dt.date(2025, 10, 27)) == "en octobre"


@pytest.mark.parametrize(
    ("used", "over", "expected"),
    [
        (number(0.62), number(0.05, "at_most"), "Quatre jours-élèves sur dix sans usage ; rarement plus d’une demi-heure"),
        (number(0.91), None, "Un jour-élève sur dix sans usage"),
        (number(0.5), number(0.2, "at_most"), "Un jour-élève sur deux sans usage"),
        (number(0.99), number(0.6), "La tablette sert presque chaque jour ; plus d’une demi-heure six jours sur dix"),
        (number(0.01), number(0.01, "at_most"), "La tablette ne sert presque jamais ; rarement plus d’une demi-heure"),
        (number(0.95, "at_least"), hidden("complement"), "La tablette sert presque chaque jour"),
    ],
)
def test_the_title_of_the_spread(used: Value, over: Value | None, expected: str) -> None:
    assert plain(titles.pupil_days_spread(FR, used, over)) == expected


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        (number(9, low=8, high=10), "Un usage proche de celui des écoles comparables"),
        (number(11, low=9, high=13), "Différence avec les écoles comparables : on ne peut pas dire"),
        (number(14, low=12, high=16), "Plus d’usage que dans la plupart des écoles comparables"),
        (number(4, low=3, high=5), "Moins d’usage que dans la plupart des écoles comparables"),
        (number(4, low=1, high=7), "Différence avec les écoles comparables : on ne peut pas dire"),
    ],
)
def test_the_title_beside_similar_schools(here: Value, expected: str) -> None:
    assert plain(titles.similar_schools(FR, here, 7, 10)) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("CP", number(5, low=4, high=6)), ("CM2", number(13, low=11, high=15))], "Plus d’usage en CM2 (13 min) qu’en CP (5 min)"),
        ([("CP", number(5, low=1, high=9)), ("CM2", number(9, low=8, high=10))], "Entre les niveaux, aucune différence sûre"),
        ([("CP", number(5)), ("CM2", number(13))], "Entre les niveaux, aucune différence sûre"),
        ([("CP", number(5))], "5 min par jour de classe en CP"),
    ],
)
def test_the_title_by_level(levels: list[tuple[str, Value]], expected: str) -> None:
    assert plain(titles.by_level(FR, levels)) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([("lecture", 0.34), ("calcul", 0.2)], "En tête des applications : lecture, 34 % du temps"),
        ([("lecture", 0.3), ("calcul", 0.3)], "En tête des applications : lecture et calcul, 30 % du temps chacune"),
        ([("a", 0.3), ("b", 0.3), ("c", 0.3)], "Applications : plusieurs sortes à égalité"),
    ],
)
def test_the_title_of_kinds_of_apps(kinds: list[tuple[str, float]], expected: str) -> None:
    assert plain(titles.kinds_of_apps(FR, kinds)) == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (number(0.71), "Sept minutes sur dix se passent pendant la classe"),
        (number(0.12), "Une minute sur dix se passe pendant la classe"),
        (number(0.5), "Une minute sur deux se passe pendant la classe"),
        (number(0.98, "at_least"), "La tablette sert presque toujours pendant la classe"),
        (number(0.02, "at_most"), "La tablette sert presque toujours hors de la classe"),
    ],
)
def test_the_title_of_in_school(share: Value, expected: str) -> None:
    assert titles.in_school_and_outside(FR, share) == expected


@pytest.mark.parametrize(
    ("monday", "tuesday", "expected"),
    [
        (number(9), number(10), "Un usage semblable d’un jour à l’autre de la semaine"),
        (number(6, low=4, high=8), number(13, low=10, high=16), "Plus d’usage le mardi (13 min) que le lundi (6 min)"),
        (number(6, low=3, high=10), number(13, low=9, high=16), "Selon le jour, de 6 min à 13 min : aucune différence sûre"),
        (number(12), number(18), "Selon le jour, de 12 min à 18 min : aucune différence sûre"),
    ],
)
def test_days_are_called_different_only_when_their_intervals_do_not_touch(monday: Value, tuesday: Value, expected: str) -> None:
    assert plain(titles.week_profile(FR, [("lundi", monday), ("mardi", tuesday)])) == expected
