"""Numbers and their kinds, read by hand from sentences as reports write them."""

import pytest

from analysis.checking.numbers import Number, numbers_in, plain, with_wide_thousands
from analysis.checking.prose import without_prose

THIN, HARD = "\u202f", "\u00a0"


def found(text: str, lang: str = "fr") -> list[tuple[str, int, int]]:
    said = without_prose(plain(text, lang), lang)
    return [(number.kind, number.digits, number.decimals) for number in numbers_in(said)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (f"7{HARD}min en moyenne", [("minutes", 7, 0)]),
        ("12 minutes de moins", [("minutes", 12, 0)]),
        (f"≤{HARD}5{HARD}%", [("share", 5, 0)]),
        ("un écart de 3 points", [("share", 3, 0)]),
        (f"4{THIN}100 jours-élèves", [("days of pupils", 4100, 0)]),
        ("325 élèves équipés", [("people", 325, 0)]),
        ("4 filles et 1 garçon", [("people", 4, 0), ("people", 1, 0)]),
        ("14,2 visites", [("visits", 142, 1)]),
        ("de 6 à 9 min", [("minutes", 6, 0), ("minutes", 9, 0)]),
        (f"115{HARD}€ par élève", [("money", 115, 0)]),
        (f"−2{HARD}min à +5{HARD}min", [("minutes", 2, 0), ("minutes", 5, 0)]),
        ("0,02 % des lignes lues", [("share of rows", 2, 2)]),
        ("IPS 97, 8 min", [("number", 97, 0), ("minutes", 8, 0)]),
        ("8,7 ; 73", [("number", 87, 1), ("number", 73, 0)]),
        ("37min", [("minutes", 37, 0)]),
        (f"<{HARD}1{HARD}min, et < 2 min", [("minutes", 0, 0), ("minutes", 2, 0)]),
        ("CE1 et CM2, tableau_3, 16e", []),
    ],
)
def test_french(text: str, numbers: list) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("58% of pupil-days", [("share", 58, 0)]),
        ("1,601 equipped pupils", [("people", 1601, 0)]),
        ("4 children", [("people", 4, 0)]),
        ("14.2 visits", [("visits", 142, 1)]),
        ("5 to 12 min", [("minutes", 5, 0), ("minutes", 12, 0)]),
        ("within 5 school days", [("days", 5, 0)]),
        ("9 of 11 schools", [("number", 9, 0), ("schools", 11, 0)]),
    ],
)
def test_english(text: str, numbers: list) -> None:
    assert found(text, "en") == numbers


@pytest.mark.parametrize(
    "text",
    [
        "produit le 26 novembre 2026",
        "1er trimestre 2025-2026",
        "la semaine du 1er sept. 2025",
        "du 3 au 7 mars",
        "2025-T1, 2025-10, 2025-10-06",
        "École · produit le 26 novembre 2026 1 / 4",
        "0 2 4 6 8 10 12 minutes par jour",
        "0 % 50 % 100 %",
        "−4 −2 0 +2 +4",
        "80 85 90 95 100",
    ],
)
def test_dates_pages_and_axes_are_no_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["6 min 9 min 12 min", "5 6 7", "37 % 42 % 58 %", "3 3 3 3 3 3", "4 élèves 0 2 4"])
def test_a_row_of_a_table_is_no_axis(text: str) -> None:
    """Three numbers without a zero, uneven ones, or the same again and again are figures."""
    assert len(found(text)) >= 1
    assert len(found(text)) == (1 if "élèves" in text else len(text.replace(" min", "").replace(" %", "").split()))


def test_static_words_explain_their_own_number_only() -> None:
    assert found("6 min (intervalle à 95 %)") == [("minutes", 6, 0)]
    assert found("Trait noir : intervalle à 95 %.") == []
    assert found("95 % des élèves") == [("share", 95, 0)]
    assert found("Une visite de l'ENT s'arrête après 37 minutes de silence") == [("minutes", 37, 0)]
    assert found("95% interval, of 95%", "en") == [("share", 95, 0)]


def test_wide_thousands_are_joined_where_they_make_a_known_number() -> None:
    known = {Number("number", 2740, 0)}
    assert with_wide_thousands("Confiées 2 740 ; 110 2 740", known.__contains__) == "Confiées 2740 ; 110 2740"
    assert with_wide_thousands("3 740", known.__contains__) == "3 740"
