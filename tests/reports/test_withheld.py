"""What stands in place of a figure: the words of each reason, once for a row, once for a breakdown, once in the list of what is missing."""

from dataclasses import replace

import pytest
from values import EN, hidden, number, plain, school

from analysis.reports.school import School, Value
from analysis.reports.sentences import absent, adoption_absent, adoption_answer, answer, equity_absent, equity_answer, withheld, words

REASONS = ("small", "steady", "floor", "dominance", "complement", "revision", "coverage")


def with_threshold(threshold: int) -> School:
    return replace(school(), settings={"threshold": str(threshold), "coverage_floor": "0.5"})


@pytest.mark.parametrize(
    ("reason", "french", "english"),
    [
        ("small", "non publié (moins de 11 élèves)", "not published (fewer than 11 pupils)"),
        ("steady", "non publié (trop peu d’élèves à un moment de l’année)", "not published (too few pupils at some time of the year)"),
        ("floor", "non publié (trop peu d’élèves)", "not published (too few pupils)"),
        ("dominance", "non publié (un seul élève fait l’essentiel)", "not published (a single pupil makes up most of it)"),
        ("complement", "non publié (pour protéger un autre chiffre)", "not published (to protect another figure)"),
        ("revision", "non publié (modifié depuis sa parution)", "not published (changed since it was released)"),
        ("coverage", "données insuffisantes", "not enough data"),
        ("something new", "non publié", "not published"),
    ],
)
def test_each_reason_has_its_words(reason: str, french: str, english: str) -> None:
    assert plain(withheld.phrase(school(), reason)) == french
    assert withheld.phrase(replace(school(), language=EN), reason) == english


def test_the_threshold_is_that_of_the_settings() -> None:
    assert plain(withheld.phrase(with_threshold(25), "small")) == "non publié (moins de 25 élèves)"


def test_several_reasons_stand_in_one_phrase() -> None:
    said = plain(withheld.phrase_of(school(), {"complement", "small"}))
    assert said == "non publié (moins de 11 élèves, pour protéger un autre chiffre)"


def test_a_row_says_a_reason_once() -> None:
    values = [number(0.5), hidden("small"), None, hidden("small"), hidden("complement")]
    assert [plain(cell) for cell in words.row(school(), values, "share")] == [
        "50 %",
        "non publié (moins de 11 élèves)",
        "–",
        "non publié",
        "non publié (pour protéger un autre chiffre)",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], False),
        ([number(1)], False),
        ([number(1), hidden("small")], False),
        ([number(1), hidden("small"), hidden("complement")], True),
        ([None, None, number(1)], False),
        ([hidden("small")], True),
    ],
)
def test_more_than_half_is_too_many(values: list[Value | None], expected: bool) -> None:
    assert withheld.prevail(values) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            [number(1), hidden("complement"), hidden("small")],
            "Minutes : la plupart des chiffres ne sont pas publiés (moins de 11 élèves, pour protéger un autre chiffre).",
        ),
        ([hidden("steady")], "Minutes : aucun chiffre n’est publié (trop peu d’élèves à un moment de l’année)."),
        ([hidden("something new")], "Minutes : aucun chiffre n’est publié."),
    ],
)
def test_one_sentence_stands_for_a_breakdown(values: list[Value | None], expected: str) -> None:
    assert plain(withheld.instead(school(), "Minutes", values)) == expected


def test_the_list_has_one_line_for_each_reason_and_none_without_a_part() -> None:
    lines = [plain(line) for line in withheld.sentences(school(), lambda reason: "" if reason == "floor" else "PARTIE")]
    assert len(lines) == len(REASONS) - 1
    assert all(line.endswith(" : PARTIE.") for line in lines)
    assert lines[0] == "À moins de 11 élèves, on pourrait reconnaître quelqu’un : PARTIE."


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize(
    ("listed", "measure"),
    [(absent.absent, "minutes_per_pupil_day"), (adoption_absent.absent, "regular_share"), (equity_absent.absent, "gini_minutes")],
)
def test_every_report_explains_every_reason(reason: str, listed: object, measure: str) -> None:
    assert callable(listed)
    without, with_it = listed(school(**{measure: number(0.5)})), listed(school(**{measure: hidden(reason)}))
    [line] = withheld.sentences(school(), lambda asked: "§" if asked == reason else "")
    assert not [said for said in without if said.startswith(line.split("§")[0])]
    assert len([said for said in with_it if said.startswith(line.split("§")[0])]) == 1


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("small", "trop peu d’élèves équipés"),
        ("steady", "trop peu d’élèves équipés"),
        ("complement", "ne sont pas publiés pour cette période"),
        ("dominance", "ne sont pas publiés pour cette période"),
        ("revision", "ne sont pas publiés pour cette période"),
    ],
)
def test_an_answer_that_is_withheld_never_says_that_no_data_came(reason: str, expected: str) -> None:
    stage = ("funnel_share", "stage", "regular", "foreground")
    asked = school(minutes_per_pupil_day=hidden(reason))
    asked = replace(asked, cells={**asked.cells, stage: hidden(reason)})
    for said in (answer.answer(asked), adoption_answer.answer(asked), equity_answer.answer(asked)):
        assert expected in said[0]
        assert "Aucune donnée" not in " ".join(said)


def test_rounded_numbers_of_pupils_say_about() -> None:
    assert plain(words.basis(school(), number(9))).startswith("environ 280 élèves équipés · ")
    assert words.basis(replace(school(), language=EN), number(9)).startswith("about 280 equipped pupils · ")
    assert plain(words.pupil_days(school().language, 3400)) == "Environ 3 400 jours-élèves."
