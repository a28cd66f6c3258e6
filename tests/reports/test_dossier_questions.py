"""Questions for the meeting follow from the figures: each kind of figure asks its own, and none that says nothing."""

from pathlib import Path

import pytest

from analysis.reports.language import Language
from analysis.reports.published import opened
from analysis.reports.school import School, Value, read_school
from analysis.reports.sentences.dossier_questions import MOST_OF_A_PART, questions
from tests import published as p
from tests import published_adoption as a
from tests import published_equity as e


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a.fill(e.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


def school_of(published: Path, uai: str, lang: str = "fr") -> School:
    with opened(published) as database:
        return read_school(database, uai, p.PERIOD, Language(lang))


def only(published: Path, *rows: tuple[str, str, str, Value]) -> list[str]:
    """The questions of a school that has these figures and no other."""
    school = school_of(published, p.ANDROID)
    cells = {(measure, breakdown, category, value.evidence): value for measure, breakdown, category, value in rows}
    return [plain(said) for said in questions(School(**{**vars(school), "cells": cells}))]


def value(amount: float, evidence: str = "foreground", reason: str = "", ends: tuple[float, float] | None = None) -> Value:
    low, high = ends or (None, None)
    return Value(amount, low, high, 100, 100, shown=True, reason=reason, evidence=evidence)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("’", "'")


FINE = ("equipped_share", "all", "all", Value(0.99, None, None, 100, 100, shown=True, reason="at_least", evidence=""))
NOTHING_TO_ASK = ["Les chiffres publiés ne posent pas de question à eux seuls. Que voit l'équipe en classe ?"]


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        (
            ("coverage", "all", "all", value(0.7)),
            "Les données de 70 % des jours-tablettes sont arrivées. Quelles tablettes restent muettes ?",
        ),
        (
            ("share_pupil_days_used", "all", "all", value(0.62)),
            "Quatre jours-élèves sur dix sans usage. Est-ce le rythme que l'équipe souhaite ?",
        ),
        (
            ("share_pupil_days_over_30", "all", "all", value(0.31)),
            "La tablette dépasse la demi-heure trois jours sur dix. Pour quelles activités ?",
        ),
        (
            ("share_minutes_in_school", "all", "all", value(0.3)),
            "Trois minutes sur dix se passent pendant la classe. Les familles savent-elles ce que l'école attend en dehors ?",
        ),
        (
            ("funnel_share", "stage", "regular", value(0.61)),
            "Six élèves sur dix s'en servent au moins trois semaines sur quatre. Que faudrait-il aux autres ?",
        ),
        (("dormant_28_share", "all", "all", value(0.12, "")), "12 % des tablettes confiées sont muettes depuis 28 jours. Où sont-elles ?"),
        (
            ("never_used_share", "kind", "shared", value(0.33)),
            "Un tiers des tablettes partagées n'a servi aucun jour. Quelle classe pourrait s'en servir ?",
        ),
        (
            ("accounts_active_share", "profile", "relative", value(0.2, "")),
            "Comptes de parents sur l'ENT : 20 % ont servi. Comment aider les familles à venir ?",
        ),
        (
            ("portal_share_pupil_days", "all", "all", value(0.2, "estimated")),
            "Les jours de classe, un élève vient sur l'ENT deux fois sur dix. Qu'y cherche-t-il, et qu'y manque-t-il ?",
        ),
        (
            ("gap_minutes", "sex", "F", value(-4, ends=(-6, -2))),
            "Les filles utilisent la tablette 4 minutes de moins par jour que les garçons. Que peut faire l'école ?",
        ),
        (
            ("left_out_share", "all", "all", value(0.2)),
            "20 % des élèves équipés s'en servent moins d'une fois par semaine. Qu'est-ce qui les arrête ?",
        ),
        (
            ("home_internet_share", "all", "all", value(0.8, "")),
            "80 % des élèves ont internet à la maison, parmi ceux dont on le sait. Le travail à la maison en tient-il compte ?",
        ),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
def test_a_figure_asks_its_question(published: Path, row: tuple[str, str, str, Value], asked: str) -> None:
    assert only(published, row) == [asked]


@pytest.mark.parametrize(
    "row",
    [
        ("coverage", "all", "all", value(0.95)),
        ("coverage", "all", "all", value(0.8, reason="at_least")),
        ("share_pupil_days_over_30", "all", "all", value(0.05)),
        ("share_pupil_days_over_30", "all", "all", value(0.2, reason="at_most")),
        ("dormant_28_share", "all", "all", value(0.2, "", reason="at_most")),
        ("funnel_share", "stage", "regular", value(0.8, reason="at_least")),
        ("gap_minutes", "sex", "F", value(-4, ends=(-9, 1))),
        ("gap_minutes", "sex", "F", value(-4)),
        ("left_out_share", "all", "all", value(0.2, reason="at_most")),
    ],
    ids=lambda row: f"{row[0]}-{row[3].reason or row[3].amount}",
)
def test_a_figure_that_is_fine_or_not_sure_asks_nothing(published: Path, row: tuple[str, str, str, Value]) -> None:
    assert only(published, FINE, row) == NOTHING_TO_ASK


def test_levels_are_named_only_when_they_are_surely_apart(published: Path) -> None:
    low, touching, apart = value(5, ends=(4, 6)), value(9, ends=(5.5, 12)), value(12, ends=(11, 13))
    level = "minutes_per_pupil_day", "level"
    assert only(published, FINE, (*level, "CP", low), (*level, "CM2", touching)) == NOTHING_TO_ASK
    assert only(published, (*level, "CP", low), (*level, "CM2", apart)) == [
        "Plus d'usage en CM2 (12 min) qu'en CP (5 min). Est-ce un choix des classes ?"
    ]


def test_a_rise_is_asked_about_and_a_steady_use_is_not(published: Path) -> None:
    def weeks(minutes: list[float]) -> list[tuple[str, str, str, Value]]:
        return [("median_minutes_active_day", "week", f"{day}", value(each)) for day, each in zip(p.WEEKS, minutes, strict=False)]

    (asked,) = only(published, *weeks([6, 6, 7, 6, 12, 13, 12, 13]))
    assert asked.startswith("L'usage quotidien double : de 6 min à 13 min")
    assert asked.endswith(". Qu'est-ce qui a changé ?")
    assert only(published, FINE, *weeks([10, 10, 10, 10, 10, 10, 10, 10])) == NOTHING_TO_ASK


def test_a_meeting_takes_up_a_few_questions_of_all_three_parts(published: Path) -> None:
    asked = [plain(said) for said in questions(school_of(published, p.ANDROID))]
    assert len(asked) <= 3 * MOST_OF_A_PART
    assert all(said.endswith("?") for said in asked)
    assert any("usage quotidien" in said for said in asked)
    assert any("l'ENT" in said for said in asked)
    assert any("milieu défavorisé" in said for said in asked)


def test_a_school_without_figures_is_asked_for_its_data(published: Path) -> None:
    assert [plain(said) for said in questions(school_of(published, p.EMPTY))] == [
        "Aucune donnée n'est arrivée. Qui peut demander les exports, et pour quand ?"
    ]
    (asked,) = questions(school_of(published, p.TINY))
    assert plain(asked).startswith("Aucun chiffre n'est publié.")
