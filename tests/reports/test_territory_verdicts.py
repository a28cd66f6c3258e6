"""The verdicts on the claims: every rule at its limits, with bounds, with disagreement, without data; and the sentence of each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from analysis.reports.school import School, Value
from analysis.reports.sentences import territory_claims as claims
from analysis.reports.sentences import territory_verdicts as rules
from analysis.reports.territory import Territory
from tests.reports.values import EN, KINDS, hidden, number, plain
from tests.reports.values import school as of_one

Cells = Mapping[tuple[str, str, str], Value]


def territory(cells: Cells, *schools: School) -> Territory:
    """A territory with these values by measure, breakdown and category, each with its own evidence."""
    table = {(*key, value.evidence): value for key, value in cells.items()}
    whole = replace(
        of_one(), facts={"uai": "territory", "name": "V", "device_evidence": "foreground", "kinds": KINDS, "pupils": 2000}, cells=table
    )
    return Territory(whole.language, whole, schools, (), (), (), ())


def whole(**shares: Value) -> School:
    return territory({(f"share_pupil_days_{name}", "all", "all"): value for name, value in shares.items()}).whole


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ({"used": 0.8, "5_30": 0.5, "over_30": 0.1}, "confirmed"),
        ({"used": 0.8, "5_30": 0.49, "over_30": 0.1}, "partly"),
        ({"used": 0.9, "5_30": 0.5, "over_30": 0.11}, "partly"),
        ({"used": 0.6, "5_30": 0.3, "over_30": 0.2}, "refuted"),
        ({"used": 0.6, "under_5": 0.1, "over_5": 0.6, "over_30": 0.05}, "confirmed"),
        ({"used": 0.6, "under_5": 0.15, "over_30": 0.05}, "partly"),  # 5 to 30: 0.6 - 0.15 - 0.05 = 0.40
        ({"used": 0.8}, "unknown"),
    ],
)
def test_half_an_hour_from_exact_shares(shares: dict[str, float], verdict: str) -> None:
    found = rules.half_hour(whole(**{name: number(share) for name, share in shares.items()}))
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("used", "under_5", "over_30", "verdict"),
    [
        (number(0.9), number(0.1), number(0.05, "at_most"), "confirmed"),  # 5 to 30 lies in 0.75 to 0.80
        (number(0.62), number(0.10), number(0.05, "at_most"), "unknown"),  # in 0.47 to 0.52
        (number(0.62), number(0.17), number(0.05, "at_most"), "partly"),  # in 0.40 to 0.45
        (number(0.62), number(0.17), number(0.20, "at_most"), "unknown"),  # over 30 may be rare or not
        (number(0.62), number(0.17), number(0.20, "at_least"), "refuted"),
        (number(0.62), hidden("complement"), number(0.05), "unknown"),
        (hidden("small"), hidden("small"), hidden("small"), "unknown"),
    ],
)
def test_half_an_hour_from_bounds(used: Value, under_5: Value, over_30: Value, verdict: str) -> None:
    assert rules.half_hour(whole(used=used, under_5=under_5, over_30=over_30)).verdict == verdict


def of_two(android: tuple[float, float], chromebook: tuple[float, float]) -> Territory:
    """Shares of 5 to 30 and of over 30 minutes of each kind."""
    table = {}
    for evidence, (usual, more) in (("foreground", android), ("active", chromebook)):
        for name, share in (("used", 0.9), ("5_30", usual), ("over_30", more)):
            table[f"share_pupil_days_{name}", "all", "all", evidence] = number(share, evidence=evidence)
    base = territory({})
    return replace(base, whole=replace(base.whole, cells=table))


@pytest.mark.parametrize(
    ("android", "chromebook", "verdict", "reason"),
    [
        ((0.6, 0.05), (0.7, 0.02), "confirmed", "La plupart des jours-élèves durent de 5 à 30 minutes, et plus d’une demi-heure est rare."),
        ((0.6, 0.05), (0.3, 0.02), "partly", "Les tablettes Android et les Chromebook donnent deux réponses différentes."),
        (
            (0.3, 0.05),
            (0.2, 0.02),
            "partly",
            "Plus d’une demi-heure est rare, mais moins de la moitié des jours-élèves durent de 5 à 30 minutes",
        ),
        (
            (0.6, 0.25),
            (0.6, 0.20),
            "partly",
            "La plupart des jours-élèves durent de 5 à 30 minutes, mais plus d’une demi-heure n’est pas rare.",
        ),
        ((0.3, 0.25), (0.2, 0.30), "refuted", "Moins de la moitié des jours-élèves durent de 5 à 30 minutes"),
    ],
)
def test_two_kinds_of_tablets_are_judged_apart(
    android: tuple[float, float], chromebook: tuple[float, float], verdict: str, reason: str
) -> None:
    claim = claims.half_hour(of_two(android, chromebook))
    assert claim.verdict == verdict
    assert plain(claim.reason).startswith(reason)


def test_half_an_hour_without_any_measured_duration() -> None:
    claim = claims.half_hour(territory({("coverage", "all", "all"): number(0.9, evidence="checkin")}))
    assert (claim.verdict, plain(claim.reason)) == ("unknown", "Aucune durée mesurée n’est publiée sur cette période.")


def teachers(regular: Value | None, active: Value | None) -> Territory:
    known = {"accounts_regular_share": regular, "accounts_active_share": active}
    return territory({(name, "profile", "teacher"): replace(value, evidence="estimated") for name, value in known.items() if value})


@pytest.mark.parametrize(
    ("regular", "active", "word", "reason"),
    [
        (number(0.5), number(0.9), "Confirmé", "Comptes d’enseignants réguliers : 50 %."),
        (number(0.6, "at_least"), None, "Confirmé", "Comptes d’enseignants réguliers : 60 % au moins."),
        (number(0.49), number(0.9), "En partie", "Comptes d’enseignants actifs : 90 % ; réguliers : 49 %, moins de la moitié."),
        (number(0.1), number(0.4), "Pas confirmé", "Comptes d’enseignants actifs : 40 %, moins de la moitié."),
        (None, number(0.2, "at_most"), "Pas confirmé", "Comptes d’enseignants actifs : 20 % au plus, moins de la moitié."),
        (number(0.3, "at_least"), number(0.9), "On ne peut pas dire", "Les chiffres publiés sont des bornes, qui ne tranchent pas."),
        (None, number(0.9), "On ne peut pas dire", "Il manque un chiffre sur deux : comptes actifs, comptes réguliers."),
        (hidden("small"), hidden("small"), "On ne peut pas dire", "Aucun chiffre de l’ENT n’est publié pour les enseignants."),
        (None, None, "On ne peut pas dire", "Aucun chiffre de l’ENT n’est publié pour les enseignants."),
    ],
)
def test_teachers(regular: Value | None, active: Value | None, word: str, reason: str) -> None:
    claim = claims.teachers(teachers(regular, active))
    assert (claim.word, plain(claim.reason)) == (word, reason)


def gap(value: float, low: float, high: float) -> Value:
    return number(value, low=low, high=high)


ALIKE_ACCESS = {("equipped_share", "sex", "F"): number(0.97, evidence=""), ("equipped_share", "sex", "M"): number(0.93, evidence="")}
OTHER_ACCESS = {("equipped_share", "sex", "F"): number(0.97, evidence=""), ("equipped_share", "sex", "M"): number(0.92, evidence="")}
ALIKE_USE = {("gap_minutes", "sex", "F"): gap(0.1, -0.8, 1.0)}
OTHER_USE = {("gap_minutes", "sex", "F"): gap(2, 0.5, 3.5)}
UNSURE_USE = {("gap_minutes", "sex", "F"): gap(0.1, -0.8, 1.1)}


@pytest.mark.parametrize(
    ("cells", "verdict", "reason"),
    [
        (ALIKE_ACCESS | ALIKE_USE, "confirmed", "L’équipement est le même pour tous ; l’usage est le même pour tous, à une minute près."),
        (ALIKE_ACCESS | OTHER_USE, "partly", "L’équipement est le même pour tous ; l’usage diffère entre filles et garçons."),
        (
            OTHER_ACCESS | ALIKE_USE,
            "partly",
            "L’équipement diffère entre filles et garçons ; l’usage est le même pour tous, à une minute près.",
        ),
        (OTHER_ACCESS | OTHER_USE, "refuted", "L’équipement diffère entre filles et garçons ; l’usage diffère entre filles et garçons."),
        (OTHER_ACCESS | UNSURE_USE, "refuted", "L’équipement diffère entre filles et garçons ; pour l’usage, on ne peut pas dire."),
        (OTHER_USE, "refuted", "Pour l’équipement, on ne peut pas dire ; l’usage diffère entre filles et garçons."),
        (ALIKE_ACCESS | UNSURE_USE, "unknown", "L’équipement est le même pour tous ; pour l’usage, on ne peut pas dire."),
        ({}, "unknown", "Pour l’équipement, on ne peut pas dire ; pour l’usage, on ne peut pas dire."),
    ],
)
def test_equal_treatment(cells: Cells, verdict: str, reason: str) -> None:
    claim = claims.alike(territory(cells))
    assert (claim.verdict, plain(claim.reason)) == (verdict, reason)


def test_one_alone_makes_use_different_and_is_named() -> None:
    found = rules.alike(territory({**ALIKE_USE, ("gap_minutes", "rep", "rep"): gap(-3, -5, -1)}))
    assert found.use.named("no") == ["rep"]
    assert found.use.verdict == "refuted"


def test_pupils_of_whom_nothing_is_known_are_not_compared() -> None:
    cells = {**ALIKE_ACCESS, ("equipped_share", "sex", "unknown"): number(0.2, evidence="")}
    assert rules.alike(territory(cells)).access.verdict == "confirmed"


def test_schools_that_are_equipped_differently_make_access_different() -> None:
    schools = [of_one(equipped_share=number(share, evidence="")) for share in (0.99, 0.6)]
    found = rules.alike(territory({}, *schools))
    assert found.access.named("no") == ["schools"]
    assert "L’équipement diffère selon l’école" in plain(claims.alike(territory({}, *schools)).reason)


@pytest.mark.parametrize(
    ("share", "chance", "verdict"),
    [(0.04, 0.01, "confirmed"), (0.30, 0.01, "refuted"), (0.09, 0.05, "confirmed"), (None, 0.01, "unknown")],
)
def test_the_part_of_the_inequality_between_schools(share: float | None, chance: float, verdict: str) -> None:
    """Of 2,000 pupils in about 20 schools, chance gives 0.01 and less than 0.016 in 19 cases of 20."""
    cells = {("theil_between_share", "between", "schools_by_chance"): number(chance)}
    if share is not None:
        cells["theil_between_share", "between", "schools"] = number(share)
    assert rules.alike(territory(cells)).use.verdict == verdict


@pytest.mark.parametrize(
    ("spans", "answer"),
    [
        ([(0.9, 0.9), (0.94, 0.94)], "yes"),
        ([(0.9, 0.9), (0.96, 0.96)], "no"),
        ([(0.94, 1.0), (0.98, 0.98)], "unknown"),  # 94 % at least may be 94 or 100
        ([(0.96, 1.0), (0.98, 0.98)], "yes"),
        ([(0.0, 0.5), (0.9, 0.9)], "no"),
    ],
)
def test_shares_are_alike_to_five_points(spans: list[tuple[float, float]], answer: str) -> None:
    assert rules.are_alike(spans) == answer


def closed(**cells: Any) -> Territory:
    names = {"tablet": "closure_days_used_share", "chromebook": "closure_days_used_share", "portal": "portal_closure_days_share"}
    evidence = {"tablet": "foreground", "chromebook": "active", "portal": "estimated"}
    base = territory({})
    table = {(names[key], "all", "all", evidence[key]): replace(value, evidence=evidence[key]) for key, value in cells.items()}
    return replace(base, whole=replace(base.whole, cells=table))


@pytest.mark.parametrize(
    ("cells", "word", "reason"),
    [
        ({"tablet": number(0.5)}, "Confirmé", "École fermée, jours-élèves avec un usage : 50 % (tablette Android)."),
        ({"tablet": number(0.2), "portal": number(0.7)}, "Confirmé", "20 % (tablette Android) et 70 % (visite de l’ENT)."),
        ({"tablet": number(0.11), "chromebook": number(0.02)}, "En partie", "11 % (tablette Android) et 2 % (Chromebook)."),
        ({"portal": number(0.1)}, "Pas confirmé", "10 % (visite de l’ENT)."),
        ({"tablet": number(0.05, "at_most"), "portal": number(0.08)}, "Pas confirmé", "5 % au plus (tablette Android) et 8 %"),
        ({"tablet": number(0.2, "at_most")}, "On ne peut pas dire", "20 % au plus (tablette Android) ; ces bornes ne tranchent pas."),
        ({"tablet": number(0.2, "at_least")}, "On ne peut pas dire", "20 % au moins (tablette Android) ; ces bornes ne tranchent pas."),
        ({"tablet": hidden("small")}, "On ne peut pas dire", "Aucun jour de fermeture déclarée n’a de chiffre publié."),
        ({}, "On ne peut pas dire", "Aucun jour de fermeture déclarée n’a de chiffre publié."),
    ],
)
def test_closed_schools(cells: dict[str, Value], word: str, reason: str) -> None:
    claim = claims.closures(closed(**cells))
    assert claim.word == word
    assert reason in plain(claim.reason)


def test_the_four_words_differ_in_each_language() -> None:
    words = [claims.verdict_word(language, verdict) for language in (territory({}).language, EN) for verdict in VERDICTS]
    assert len(set(words)) == 8


VERDICTS: tuple[rules.Verdict, ...] = ("confirmed", "partly", "refuted", "unknown")
