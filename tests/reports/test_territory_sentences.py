"""The words of the territory's report in their variants: answer, titles, social index, costs, absences."""

from dataclasses import replace

import pytest

from analysis.reports.school import School, Value
from analysis.reports.sentences import (
    territory_absent,
    territory_access,
    territory_answer,
    territory_costs,
    territory_quality,
    territory_schools,
    territory_social,
    territory_titles,
)
from analysis.reports.sentences.territory_claims import Claim
from analysis.reports.sentences.territory_verdicts import Verdict
from analysis.reports.territory import Territory
from tests.reports.values import FR, hidden, number, plain, school


def town(whole: School, *schools: School) -> Territory:
    return Territory(whole.language, whole, schools, (), (), (), ())


def with_minutes(**evidences: float) -> School:
    base = school()
    cells = {
        ("minutes_per_pupil_day", "all", "all", name): number(value, low=value - 1, high=value + 1, evidence=name)
        for name, value in evidences.items()
    }
    return replace(base, cells=cells)


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (
            with_minutes(foreground=9, active=11),
            "En moyenne, par jour de classe : 9 minutes sur une tablette Android, 11 minutes sur un Chromebook.",
        ),
        (with_minutes(foreground=1), "En moyenne, un élève équipé utilise sa tablette 1 minute par jour de classe."),
        (with_minutes(active=0.4), "En moyenne, un élève équipé utilise sa tablette moins d’une minute par jour de classe."),
        (
            school("checkin", coverage=number(0.87, evidence="checkin")),
            "Les jours de classe, la tablette d’un élève se connecte neuf fois sur dix.",
        ),
        (
            school("", portal_share_pupil_days=number(0.5, evidence="estimated")),
            "Les jours de classe, un élève vient sur l’ENT une fois sur deux.",
        ),
        (school(minutes_per_pupil_day=hidden("coverage")), "Les données reçues ne suffisent pas pour dire combien les tablettes servent."),
        (school(), "Aucune donnée n’est arrivée pour ce territoire sur cette période."),
    ],
)
def test_the_answer(whole: School, expected: str) -> None:
    assert plain(territory_answer.answer(town(whole))[0]) == expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (
            ["confirmed", "partly", "refuted", "unknown"],
            "Quatre affirmations examinées : une confirmée, une en partie, une non confirmée et une sans réponse.",
        ),
        (["confirmed", "confirmed", "refuted", "refuted"], "Quatre affirmations examinées : deux confirmées et deux non confirmées."),
        (["unknown"] * 4, "Quatre affirmations examinées : quatre sans réponse."),
    ],
)
def test_the_tally(verdicts: list[Verdict], expected: str) -> None:
    assert plain(territory_answer.tally(FR, [Claim("", verdict, "", "") for verdict in verdicts])) == expected


def test_how_sure_with_each_kind_of_tablet_by_its_name() -> None:
    both = with_minutes(foreground=9, active=11)
    said = plain(territory_answer.sureness(town(both, both, school())))
    assert said == (
        "Ces minutes viennent de 1 école sur 2. À quel point est-ce sûr ? "
        "Intervalles à 95 % : 8 à 10 min (tablette Android) et 10 à 12 min (Chromebook)."
    )


def test_how_sure_with_one_kind_and_without_any() -> None:
    one = with_minutes(foreground=9)
    assert "la moyenne irait de 8 à 10 min" in plain(territory_answer.sureness(town(one, one, one)))
    assert (
        plain(territory_answer.sureness(town(school(), school())))
        == "Aucune école n’a de minutes publiées ; les raisons sont dites plus loin."
    )


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([[10, 29], [5, 6]], "chaque semaine dans les 2 écoles mesurées"),
        ([[10, 29]], "chaque semaine dans l’école mesurée"),
        ([[10, 30], [5, 6]], "chaque semaine dans 1 des 2 écoles mesurées"),
        ([[10, 30], [35, 36]], "Dans chaque école mesurée, la médiane atteint la demi-heure"),
        ([], "Les écoles côte à côte"),
    ],
)
def test_the_title_of_the_panels_counts_and_never_ranks(weeks: list[list[float]], expected: str) -> None:
    title = plain(territory_titles.panels(FR, weeks))
    assert expected in title
    assert "sans classement" in title


@pytest.mark.parametrize(
    ("slope", "title", "sentence"),
    [
        (
            number(4, low=1, high=7),
            "Plus d’usage dans les écoles d’IPS élevé",
            "d’IPS le plus haut : la différence est sûre, 4 minutes de plus (de 1 minute de plus à 7 minutes de plus).",
        ),
        (
            number(-4, low=-7, high=-1),
            "Plus d’usage dans les écoles d’IPS bas",
            "d’IPS le plus haut : la différence est sûre, 4 minutes de moins",
        ),
        (
            number(4, low=-1, high=9),
            "aucune différence sûre",
            "on ne peut pas dire si elles diffèrent (de 1 minute de moins à 9 minutes de plus).",
        ),
        (number(4), "on ne peut pas dire", "on ne peut pas dire si cette différence est sûre."),
        (hidden("small"), "on ne peut pas dire", "on ne peut pas dire, il faut au moins 5 écoles"),
        (None, "on ne peut pas dire", "on ne peut pas dire, il faut au moins 5 écoles"),
    ],
)
def test_the_social_index(slope: Value | None, title: str, sentence: str) -> None:
    whole = school(**({"sii_minutes": slope} if slope else {}))
    assert title in plain(territory_titles.social_index(FR, slope))
    assert sentence in plain(territory_social.slope(town(whole)))


def test_the_relative_index_stands_beside_the_slope() -> None:
    whole = school(minutes_per_pupil_day=number(9), sii_minutes=number(6, low=1, high=11), rii_minutes=number(2.04))
    assert plain(territory_social.slope(town(whole))).endswith("Rapport d’un bout à l’autre : 2,0 (1 : aucun écart).")


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (number(0.1, low=0.02, high=0.2), "Les écoles d’IPS élevé font plus que leur part"),
        (number(-0.1, low=-0.2, high=-0.02), "Les écoles d’IPS bas font plus que leur part"),
        (number(0.1, low=-0.1, high=0.2), "aucun écart sûr"),
        (number(0.1), "on ne peut pas dire"),
        (None, "on ne peut pas dire"),
    ],
)
def test_the_concentration_index_is_believed_with_its_interval_only(index: Value | None, expected: str) -> None:
    assert expected in plain(territory_titles.concentration(FR, index))


def test_a_negative_index_is_written_with_a_minus_sign() -> None:
    assert "vaut \u22120,10 :" in plain(territory_social.concentration(school(), number(-0.1)))


@pytest.mark.parametrize(
    ("hands", "planned", "expected"),
    [
        (2700, 2700, "Le plan de l’année est tenu"),
        (2570, 2700, "Le plan de l’année est tenu"),  # 4.8 % short
        (2560, 2700, "En deçà du plan de l’année : 2 560 tablettes confiées, 2 700 prévues"),  # 5.2 %
        (2900, 2700, "Au-delà du plan de l’année"),
        (2700, None, "Tablettes confiées à des élèves : 2 700"),
    ],
)
def test_the_plan(hands: float, planned: float | None, expected: str) -> None:
    assert expected in plain(territory_titles.deployment(FR, hands, planned))


@pytest.mark.parametrize(
    ("over", "known", "expected"),
    [
        (1, 1, "la seule école connue atteint"),
        (3, 3, "les 3 écoles connues atteignent"),
        (0, 2, "0 des 2 écoles connues"),
        (2, 3, "2 des 3"),
    ],
)
def test_the_coverage(over: int, known: int, expected: str) -> None:
    assert expected in plain(territory_titles.coverage(FR, over, known, 0.5))


def costing(covers: str, **cells: Value) -> School:
    return replace(school(**cells), settings={"cost_eur_per_school_year": "310000.0", "cost_covers": covers})


def test_the_costs() -> None:
    equipped, active = number(130, evidence=""), number(151, evidence="")
    said = [
        plain(line)
        for line in territory_costs.costs(costing("tablettes et housses", cost_per_equipped_pupil=equipped, cost_per_active_pupil=active))
    ]
    assert said == [
        "Un élève équipé coûte 130 € par année scolaire. Rapporté aux seuls élèves actifs : 151 € par élève et par an.",
        "Ce coût comprend : tablettes et housses. Un coût par élève ne dit pas ce que la dépense apporte.",
    ]
    assert "ne dit pas ce que ce coût comprend" in plain(territory_costs.costs(costing("", cost_per_equipped_pupil=equipped))[1])
    assert plain(territory_costs.costs(school())[0]).startswith("Coût : non fourni.")
    assert "aucun coût par élève" in plain(territory_costs.costs(costing("x", cost_per_equipped_pupil=hidden("small")))[0])


def test_every_absence_is_named_and_what_is_there_is_not() -> None:
    nothing = " ".join(map(plain, territory_absent.absent(town(school(), school("checkin"), school("checkin")))))
    for said in (
        "Minutes par élève",
        "Minutes de 2 écoles équipées d’iPad",
        "ENT des enseignants",
        "ENT des parents",
        "fermeture",
        "Plan de déploiement",
        "5 écoles",
    ):
        assert said in nothing
    full = school(
        sii_minutes=number(1),
        tablets_planned=number(2700, evidence=""),
        closure_days_used_share=number(0.3),
        share_pupil_days_used=number(0.6),
    )
    found = " ".join(map(plain, territory_absent.absent(town(full))))
    for said in ("Minutes par élève :", "fermeture", "Plan de déploiement", "5 écoles", "iPad"):
        assert said not in found
    assert "Rien ici ne l’attribue à un élève" in found


def test_schools_without_minutes_are_grouped_by_their_reason() -> None:
    there = with_minutes(foreground=9)
    named = [replace(each, facts={**each.facts, "name": name}) for each, name in _left_out()]
    said = [plain(line) for line in territory_quality.left_out(town(school(), there, *named))]
    assert said == [
        "Sans minutes, iPad, qui ne donnent aucune durée : A et B.",
        "Sans minutes, tablettes partagées, à aucun élève : C.",
        "Sans minutes, données insuffisantes : D.",
        "Sans minutes, non publié (moins de 11 élèves) : E.",
        "Sans minutes, aucune tablette confiée connue : F.",
        "Sans minutes, aucune donnée : G.",
    ]


def _left_out() -> list[tuple[School, str]]:
    kinds = [
        school("checkin"),
        school("checkin"),
        school("", 30, 0),
        school(minutes_per_pupil_day=hidden("coverage")),
        school(minutes_per_pupil_day=hidden("small")),
        school("", 0, 0),
        school(),
    ]
    return list(zip(kinds, "ABCDEFG", strict=True))


def test_many_schools_of_one_reason_are_counted() -> None:
    assert plain(territory_quality.left_out(town(school(), *[school("checkin")] * 9))[0]).endswith(" : 9 écoles.")


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (["École élémentaire A", "École élémentaire du B"], ["A", "du B"]),
        (["École A", "École A bis"], ["A", "A bis"]),
        (["École A", "Collège B"], ["École A", "Collège B"]),
        (["École élémentaire A"], ["École élémentaire A"]),
        ([], []),
    ],
)
def test_names_lose_the_words_that_all_share(names: list[str], short: list[str]) -> None:
    schools = [replace(school(), facts={"name": name}) for name in names]
    assert territory_schools.short_names(schools) == short


def test_schools_that_have_shared_tablets_only_are_counted() -> None:
    equipped = school(equipped_share=number(0.99, "at_least", evidence=""))
    said = plain(
        territory_access.between_schools(town(school(), equipped, school(equipped_share=number(0.9, evidence="")), school("", 30, 0)))
    )
    assert said == "Écoles où au moins 95 % des élèves ont une tablette à eux : 1 sur 2. 1 école n’a que des tablettes partagées."
    assert territory_access.between_schools(town(school(), school())) == ""
