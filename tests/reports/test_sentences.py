"""Each sentence in each of its variants, as small tables: figures in, words out."""

import datetime as dt
from typing import Any

import pytest

from analysis.reports.school import School, Source, Span, Value
from analysis.reports.sentences import answer, words
from analysis.reports.sentences.absent import absent
from analysis.reports.sentences.certainty import certainty
from analysis.reports.sentences.change import change
from analysis.reports.sentences.sources import breaks, evidence, sources
from tests.reports.values import CONTEXT, EN, FR, hidden, number, plain, school


@pytest.mark.parametrize(
    ("mean", "used", "over", "expected"),
    [
        (
            number(9),
            number(0.62),
            number(0.05, "at_most"),
            "9 minutes par jour de classe.|Six jours sur dix, elle sert ; elle dépasse rarement la demi-heure.",
        ),
        (number(1), number(0.1), None, "1 minute par jour de classe.|Un jour sur dix, elle sert."),
        (number(0.4), number(0.03), hidden("small"), "moins d’une minute par jour de classe.|Elle ne sert presque jamais."),
        (
            number(31),
            number(0.97),
            number(0.48),
            "31 minutes par jour de classe.|Elle sert presque chaque jour ; elle dépasse la demi-heure un jour sur deux.",
        ),
        (
            number(20),
            number(0.5),
            number(0.31),
            "20 minutes par jour de classe.|Un jour sur deux, elle sert ; elle dépasse la demi-heure trois jours sur dix.",
        ),
        (number(20), number(0.95, "at_least"), number(0.9, "at_least"), "20 minutes par jour de classe.|Elle sert presque chaque jour."),
        (
            number(2),
            number(0.05, "at_most"),
            number(0.05, "at_most"),
            "2 minutes par jour de classe.|Elle sert rarement ; elle dépasse rarement la demi-heure.",
        ),
        (number(2), hidden("complement"), None, "2 minutes par jour de classe.|"),
        (hidden("floor"), number(0.62), None, "Six jours sur dix, elle sert.|La durée moyenne n’est pas publiée."),
    ],
)
def test_the_answer_of_a_school_with_minutes(mean: Value, used: Value, over: Value | None, expected: str) -> None:
    cells: dict[str, Any] = {"minutes_per_pupil_day": mean, "share_pupil_days_used": used} | (
        {"share_pupil_days_over_30": over} if over else {}
    )
    first, rest = answer.answer(school(**cells))
    assert plain(f"{first.removeprefix('En moyenne, un élève utilise sa tablette ')}|{rest}") == expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (number(0.5, evidence=""), "un élève équipé"),
        (number(0.97, evidence=""), "un élève utilise"),
        (number(0.99, "at_least", evidence=""), "un élève utilise"),
    ],
)
def test_the_answer_speaks_of_every_pupil_only_when_nearly_all_have_a_tablet(share: Value, expected: str) -> None:
    assert expected in answer.answer(school(minutes_per_pupil_day=number(9), equipped_share=share))[0]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (school(minutes_per_pupil_day=hidden("small")), "Cette école compte trop peu d’élèves équipés"),
        (school(minutes_per_pupil_day=hidden("coverage"), coverage=number(0.31)), "Les données reçues ne suffisent pas"),
        (school(coverage=number(0.2)), "Les données reçues ne suffisent pas"),
        (school("checkin", coverage=number(0.87, evidence="checkin")), "se connecte neuf fois sur dix."),
        (school("checkin", coverage=number(0.97, evidence="checkin")), "se connecte presque toujours."),
        (school("", 30, 0, minutes_per_device_day=number(41)), "une tablette partagée sert 41 minutes"),
        (school("", 0, 0, portal_share_pupil_days=number(0.5, evidence="estimated")), "vient sur l’ENT une fois sur deux."),
        (
            school("", 30, 0, "checkin", coverage_shared=number(0.8, evidence="checkin")),
            "une tablette partagée se connecte huit fois sur dix.",
        ),
        (school("", 30, 0, "foreground", minutes_per_device_day=hidden("coverage"), coverage_shared=number(0.2)), "ne suffisent pas"),
        (school("", 0, 0), "Aucune donnée n’est arrivée"),
    ],
)
def test_the_answer_of_other_schools(asked: School, expected: str) -> None:
    first, rest = answer.answer(asked)
    assert expected in plain(first)
    assert rest


@pytest.mark.parametrize(
    ("weekly", "verdict"),
    [
        ([6, 7, 8, 9, 10, 11, 12, 13, 14, 14, 14, 14], "rise"),
        ([14, 14, 13, 13, 10, 9, 8, 7, 7], "fall"),
        ([12] * 12, "stable"),
        ([12, 12, 13, 12, 12, 12, 13, 12, 12], "stable"),
        ([5, 20, 8, 12, 3, 18, 22, 4, 11], "unknown"),
        ([5, 6, 5, 6, 30], "unknown"),
        ([9], "unknown"),
        ([], "unknown"),
        ([6.0, 6.1, 6.2, 6.3, 6.4, 6.5, 6.6, 6.7, 6.8], "stable"),
    ],
)
def test_a_change_is_one_only_when_it_exceeds_its_uncertainty(weekly: list[float], verdict: str) -> None:
    assert change(weekly).verdict == verdict


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (number(0.05, "at_most"), "share", "5 % au plus"),
        (number(0.95, "at_least"), "share", "95 % au moins"),
        (number(9), "minutes", "9 min"),
        (number(0.2), "minutes", "< 1 min"),
        (hidden("small"), "share", "non publié (moins de 11 élèves)"),
        (hidden("coverage"), "share", "données insuffisantes"),
        (None, "share", "–"),
    ],
)
def test_a_cell_of_a_table(value: Value | None, unit: str, expected: str) -> None:
    assert plain(words.cell(school(), value, unit)) == expected


def test_counts_agree_in_number() -> None:
    assert plain(FR.count("{number} école", "{number} écoles", 0)) == "0 école"
    assert plain(FR.count("{number} école", "{number} écoles", 1)) == "1 école"
    assert plain(FR.count("{number} école", "{number} écoles", 1287)) == "1 287 écoles"
    assert EN.count("{number} école", "{number} écoles", 0) == "0 schools"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (school("checkin"), "un iPad dit quand il est vu"),
        (school("active"), "un Chromebook donne une durée par jour"),
        (school("", 0, 0), "aucune tablette confiée"),
        (school("", 30, 0), "aucun export des tablettes partagées"),
        (school(""), "aucun export des tablettes n’est arrivé"),
        (school(minutes_per_pupil_day=number(9)), "moins de cinq écoles proches"),
        (
            school(coverage=hidden("small"), portal_share_pupil_days=hidden("small")),
            "À moins de 11 élèves, on pourrait reconnaître quelqu’un : usage des tablettes et usage de l’ENT.",
        ),
        (
            school(share_pupil_days_used=hidden("coverage")),
            "Données insuffisantes, moins de 50 % des jours-tablettes : usage des tablettes.",
        ),
        (school(q1_minutes_active_day=hidden("floor")), "ces chiffres-là que pour une moyenne : médianes et quartiles."),
        (school(share_pupil_days_5_30=hidden("complement")), "par soustraction : une part de l’usage des tablettes."),
    ],
)
def test_what_is_absent_is_said_with_its_reason(asked: School, expected: str) -> None:
    assert expected in plain(" ".join(absent(asked)))


def test_what_another_report_withholds_is_not_said_here() -> None:
    said = " ".join(absent(school(gini_minutes=hidden("floor"), accounts_active_share=hidden("small"))))
    assert "À moins de" not in plain(said)
    assert "trop peu" not in plain(said)


def test_sources_and_breaks_are_said_in_french() -> None:
    day = dt.date(2026, 3, 1)
    asked = school()
    told = School(
        FR, asked.facts, {}, {}, (),
        (Span("ent_one_session_id", day, dt.date(2026, 6, 3)), Span("ent_one_access_dedup", day, None), Span("new_code", day, day)),
        (Source("ent_one_events", "ENT ONE, événements", "estimated", day, day), Source("x", "Format X", "", None, None)), CONTEXT,
    )  # fmt: skip
    assert plain(sources(told)[0]) == "ENT ONE, événements, du 1er mars 2026 au 1er mars 2026 : durée estimée (borne basse)."
    assert plain(sources(told)[1]) == "Format X."
    assert [plain(line).split(" ")[0] for line in breaks(told)] == ["ENT", "ENT", "Du"]
    assert "new_code" not in " ".join(breaks(told))
    assert evidence(told).startswith("Chaque tablette note")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            school(minutes_per_pupil_day=number(9, low=7, high=12), coverage=number(0.94)),
            (
                "À quel point est-ce sûr ? Avec d’autres classes semblables, la moyenne irait de 7 à 12 min (intervalle à 95 %). "
                "Les données de 94 % des jours-tablettes sont arrivées."
            ),
        ),
        (school(minutes_per_pupil_day=number(9)), "Une seule classe : la marge de ce chiffre ne se calcule pas."),
        (school(minutes_per_pupil_day=hidden("small")), ""),
        (school(""), ""),
    ],
)
def test_how_sure_the_answer_is(asked: School, expected: str) -> None:
    assert plain(certainty(asked)) == expected
