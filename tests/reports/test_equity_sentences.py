"""The sentences of the report on equity, each in its variants: figures in, words out."""

from dataclasses import replace
from math import log

import pytest

from analysis.reports.school import School, Value
from analysis.reports.sentences import equity_absent, equity_answer, equity_gaps, equity_groups, equity_spread
from tests.reports.values import EN, FR, hidden, number, plain, school

GIRLS = equity_groups.pair(FR, "sex", "F")
BAND = equity_groups.pair(FR, "social_band", "défavorisée")
Cells = dict[tuple[str, str, str], Value]


def told(asked: School, cells: Cells) -> School:
    """The school with values of breakdowns: (measure, breakdown, category) to value."""
    return replace(asked, cells={**asked.cells, **{(*key, value.evidence): value for key, value in cells.items()}})


def gap(value: float, low: float | None = None, high: float | None = None) -> Value:
    return number(value, low=low, high=high)


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (gap(3, 1, 5), "more"),
        (gap(-3, -5, -1), "less"),
        (gap(0.5, 0.2, 0.8), "more"),
        (gap(0, -1, 1), "alike"),
        (gap(0.2, 0, 0.9), "alike"),
        (gap(0.2, -0.4, 1.1), "unknown"),
        (gap(-4, -8, 0), "unknown"),
        (gap(2), "alone"),
    ],
)
def test_a_gap_is_a_difference_only_when_its_interval_leaves_zero_out(found: Value, verdict: str) -> None:
    assert equity_gaps.verdict(found) == verdict


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (gap(-3, -5, -1), "Les filles utilisent la tablette 3 minutes de moins par jour que les garçons."),
        (gap(2.5, 1.5, 3.5), "Les filles utilisent la tablette 3 minutes de plus par jour que les garçons."),
        (gap(1.2, 0.4, 2), "Les filles utilisent la tablette 1 minute de plus par jour que les garçons."),
        (gap(0.4, 0.1, 0.7), "Les filles utilisent la tablette un peu plus que les garçons (moins d’une minute)."),
        (gap(-0.3, -0.6, -0.1), "Les filles utilisent la tablette un peu moins que les garçons (moins d’une minute)."),
        (gap(0.1, -0.7, 0.9), "Les filles et les garçons utilisent autant la tablette, à une minute près."),
        (
            gap(0.6, -2, 3),
            "Entre les filles et les garçons, on ne peut pas dire. L’écart irait de 2 minutes de moins à 3 minutes de plus.",
        ),
        (
            gap(0.6, -1, 2),
            "Entre les filles et les garçons, on ne peut pas dire. L’écart irait de 1 minute de moins à 2 minutes de plus.",
        ),
        (
            gap(1, 0, 2.4),
            "Entre les filles et les garçons, on ne peut pas dire. L’écart irait de zéro à 2 minutes de plus.",
        ),
        (
            gap(1, -0.3, 2.4),
            "Entre les filles et les garçons, on ne peut pas dire. L’écart irait de moins d’une minute de moins à 2 minutes de plus.",
        ),
        (
            gap(1),
            "Entre les filles et les garçons, on ne peut pas dire. Une seule classe, ou trop peu : l’écart n’a pas d’intervalle.",
        ),
    ],
)
def test_a_gap_in_minutes_is_said_by_its_interval(found: Value, expected: str) -> None:
    assert plain(equity_gaps.use_sentence(FR, GIRLS, found)) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (gap(-0.12, -0.2, -0.04), "La part d’élèves réguliers : 12 points de moins pour les filles que pour les garçons."),
        (gap(0.01, 0.002, 0.018), "La part d’élèves réguliers : 1 point de plus pour les filles que pour les garçons."),
        (gap(0.004, 0.001, 0.007), "La part d’élèves réguliers : moins d’un point de plus pour les filles que pour les garçons."),
        (gap(0.01, -0.03, 0.05), "Les filles et les garçons sont aussi souvent réguliers, à cinq points près."),
        (
            gap(0.01, -0.1, 0.12),
            "Entre les filles et les garçons, on ne peut pas dire. L’écart irait de 10 points de moins à 12 points de plus.",
        ),
    ],
)
def test_a_gap_in_regularity_is_said_by_its_interval(found: Value, expected: str) -> None:
    assert plain(equity_gaps.regular_sentence(FR, GIRLS, found)) == expected


@pytest.mark.parametrize("breakdown", equity_groups.TRAITS)
@pytest.mark.parametrize("found", [gap(-3, -5, -1), gap(0, -1, 1), gap(1, -2, 3), gap(1)])
def test_every_pair_of_groups_has_its_sentence_in_both_languages(breakdown: str, found: Value) -> None:
    for language in (FR, EN):
        pair = equity_groups.pair(language, breakdown, "défavorisée")
        sentence = equity_gaps.use_sentence(language, pair, found)
        assert pair.here[1:] in sentence
        assert pair.others in sentence
        assert sentence[0].isupper()
        assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("found", "here", "expected"),
    [
        (gap(-3, -4, -2), 6, "environ un tiers de moins"),  # 3 of 9
        (gap(3, 2, 4), 9, "environ la moitié de plus"),  # 3 of 6
        (gap(-1, -1.5, -0.5), 9, "environ un dixième de moins"),
        (gap(-2, -3, -1), 8, "environ un cinquième de moins"),
        (gap(-3, -4, -2), 9, "environ un quart de moins"),
        (gap(-6, -7, -5), 3, "environ deux tiers de moins"),
        (gap(-6, -7, -5), 2, "environ trois quarts de moins"),
        (gap(-1, -1.5, -0.5), 30, ""),  # a thirtieth
        (gap(-0.6, -0.9, -0.3), 1, ""),  # under a minute
        (gap(9, 8, 10), 10, ""),  # nine times as much
        (gap(-3, -9, 3), 6, ""),  # not sure
    ],
)
def test_a_sure_gap_is_told_as_a_part_of_the_others_minutes(found: Value, here: float, expected: str) -> None:
    cells = {("minutes_per_pupil_day", "sex", "F"): number(here)}
    assert equity_gaps.fraction(told(school(), cells), "sex", "F", found) == expected


def test_no_part_is_told_of_a_mean_rounded_to_five_minutes_or_withheld() -> None:
    sure = gap(-3, -4, -2)
    for mean in (replace(number(5), n=15), hidden("small")):
        assert equity_gaps.fraction(told(school(), {("minutes_per_pupil_day", "sex", "F"): mean}), "sex", "F", sure) == ""


BOTH = {("gap_minutes", "sex", "F"): gap(0, -1, 1), ("gap_minutes", "social_band", "défavorisée"): gap(-3, -4.5, -1.5)}
UNSURE = {("gap_minutes", "sex", "F"): gap(0.4, -2, 3)}
MINUTES = number(9, low=8, high=10)


@pytest.mark.parametrize(
    ("asked", "first", "rest"),
    [
        (
            told(school(), BOTH),
            "Dans une même classe, les filles et les garçons utilisent autant la tablette, à une minute près.",
            "Les élèves de milieu défavorisé utilisent la tablette 3 minutes de moins par jour que les autres.",
        ),
        (
            told(school(), {("gap_minutes", "social_band", "défavorisée"): gap(-3, -4.6, -1.4)}),
            "Les élèves de milieu défavorisé utilisent la tablette 3 minutes de moins par jour que les autres.",
            "Les autres groupes ne peuvent pas être comparés.",
        ),
        (
            told(
                school(),
                {**UNSURE, ("gap_minutes", "home_internet", "false"): gap(2, 1, 3), ("gap_minutes", "take_home", "true"): gap(2, 1, 3)},
            ),
            "Les élèves sans internet à la maison utilisent la tablette 2 minutes de plus par jour que les autres.",
            "Les élèves qui l’emportent chez eux utilisent la tablette 2 minutes de plus par jour que les autres.",
        ),
        (
            told(school(), UNSURE),
            "Dans une même classe, entre les filles et les garçons, on ne peut pas dire. L’écart irait de 2 minutes de moins à 3 minutes",
            "Les autres groupes ne peuvent pas être comparés.",
        ),
        (school(gap_minutes=hidden("small")), "Cette école compte trop peu d’élèves équipés", "En dessous de 11 élèves"),
        (
            told(school(minutes_per_pupil_day=hidden("coverage")), {("gap_minutes", "sex", "F"): hidden("small")}),
            "Les données reçues ne suffisent pas",
            "s’en tient à l’équipement",
        ),
        (school(minutes_per_pupil_day=hidden("coverage")), "Les données reçues ne suffisent pas", "s’en tient à l’équipement"),
        (
            told(school(minutes_per_pupil_day=MINUTES), {("lorenz_share", "lowest", "20"): number(0.02)}),
            "Les 20 % d’élèves qui se servent le moins de la tablette font 2 % des minutes.",
            "Les groupes d’élèves ne peuvent pas être comparés",
        ),
        (
            school(minutes_per_pupil_day=MINUTES),
            "En moyenne, un élève équipé utilise sa tablette 9 minutes",
            "ne peuvent pas être comparés",
        ),
        (school("checkin", equipped_share=number(0.99, "at_least", evidence="")), "99 % au moins des élèves ont une tablette", "un iPad"),
        (school("checkin"), "Les élèves de cette école ont un iPad.", "aucune durée"),
        (school("", 30, 0, "foreground"), "Les tablettes de cette école sont partagées", "on ne peut pas le dire"),
        (school("", 0, 0), "Aucune donnée n’est arrivée", "Ce rapport dit ce qui manque"),
        (school("", equipped_share=number(0.5, evidence="")), "50 % des élèves ont une tablette à eux.", "Aucune donnée de tablette"),
    ],
)
def test_the_answer_says_the_surest_that_the_data_allow(asked: School, first: str, rest: str) -> None:
    said = equity_answer.answer(asked)
    assert first in plain(said[0])
    assert rest in plain(said[1])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            told(school(), BOTH),
            (
                "À quel point est-ce sûr ? Avec d’autres classes semblables, les écarts changeraient un peu (intervalles à 95 %). "
                "Les filles : une minute de plus ou de moins, tout au plus. "
                "Les élèves de milieu défavorisé : de 5 minutes de moins à 2 minutes de moins."
            ),
        ),
        (told(school(), UNSURE), "À quel point est-ce sûr ? Les classes sont trop peu nombreuses ou trop diverses pour trancher."),
        (school(minutes_per_pupil_day=MINUTES), ""),
    ],
)
def test_how_sure_the_answer_is(asked: School, expected: str) -> None:
    assert plain(equity_answer.certainty(asked)) == expected


def test_for_the_territory_the_units_are_schools() -> None:
    whole = replace(told(school(), BOTH), facts={**school().facts, "uai": "territory"})
    assert "d’autres écoles semblables" in equity_answer.certainty(whole)
    assert "classes" not in equity_answer.certainty(whole)


def test_an_index_is_said_with_what_it_means_and_what_it_does_not() -> None:
    asked = school(gini_minutes=number(0.43), minutes_per_pupil_day=MINUTES, theil_t_minutes=number(-log(0.75)))
    # twice Gini times the mean: 2 x 0.43 x 9 = 7.7 minutes between two pupils drawn by lot
    means = "Un indice de Gini de 0,43 veut dire : deux élèves tirés au sort diffèrent en moyenne de 8 minutes par jour."
    assert plain(equity_spread.gini(asked)) == f"{means} Il ne dit pas qui s’en sert peu, ni pourquoi."
    # if 3 pupils of 4 share all minutes evenly, T = ln(4/3) = 0.29
    same = "la même inégalité que si 75 % des élèves faisaient toutes les minutes, à égalité."
    assert plain(equity_spread.theil(asked)) == f"Un indice de Theil de 0,29 veut dire : {same}"
    assert "86 % de la moyenne" in plain(equity_spread.gini(school(gini_minutes=number(0.43))))
    for absent in (school(), school(gini_minutes=hidden("small"), theil_t_minutes=hidden("small"), unused_share=hidden("small"))):
        assert (equity_spread.gini(absent), equity_spread.theil(absent), equity_spread.unused(absent)) == ("", "", "")


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (number(0.04), "4 % des élèves équipés n’ont eu aucun usage un jour de classe."),
        (number(0.02, "at_most"), "2 % au plus des élèves équipés n’ont eu aucun usage un jour de classe."),
    ],
)
def test_those_without_use_are_told_first(share: Value, expected: str) -> None:
    asked = told(school(unused_share=share), {("lorenz_share", "lowest", "20"): number(0.02)})
    assert plain(equity_spread.unused(asked)) == expected
    assert plain(equity_spread.lorenz_title(asked, equity_spread.lorenz_points(asked))).startswith(expected.split(" des")[0])


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        # 281 pupils in 12 classes: chance gives 11 / 280 = 3.9 %. F with 11 and 269 degrees of freedom has its 95th centile at 1.825 in
        # tables, which is a share of 11 x 1.825 / (11 x 1.825 + 269) = 6.94 %
        (0.3, "Les classes diffèrent : 30 % de l’inégalité est entre elles, plus que par hasard"),
        (0.0700, "Les classes diffèrent : 7 % de l’inégalité est entre elles, plus que par hasard"),
        (0.0690, "Entre les classes, pas plus de différences sûres que par hasard"),
        (0.01, "Entre les classes, pas plus de différences sûres que par hasard"),
    ],
)
def test_classes_are_said_to_differ_only_beyond_chance(share: float, expected: str) -> None:
    asked = school(theil_t_minutes=replace(number(0.3), n=281))
    assert plain(equity_spread.between_title(asked, number(share), number(11 / 280))) == expected


def test_a_bound_is_not_compared_with_chance() -> None:
    said = equity_spread.between_title(school(), number(0.02, "at_most"), number(0.04))
    assert plain(said) == "2 % au plus de l’inégalité est entre les classes"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (school("checkin"), "un iPad dit quand il est vu"),
        (school("", 30, 0, "foreground"), "les tablettes sont partagées"),
        (school("", 0, 0), "aucune tablette confiée à un élève"),
        (school(""), "aucun export des tablettes n’est arrivé"),
        (school(minutes_per_pupil_day=MINUTES), "Le milieu social : absent des listes d’élèves."),
        (school(minutes_per_pupil_day=MINUTES), "L’emport à la maison : les listes ne disent pas qui peut emporter"),
        (school(minutes_per_pupil_day=MINUTES), "moins de cinq écoles proches"),
        (school(minutes_per_pupil_day=MINUTES), "Inégalité entre les classes : il en faut deux."),
        (
            school(minutes_per_pupil_day=MINUTES, home_internet_share=number(0.9, evidence="")),
            "Internet à la maison : il n’y a pas deux groupes",
        ),
        (
            told(
                school(minutes_per_pupil_day=MINUTES),
                {
                    ("minutes_per_pupil_day", "social_band", "aisés"): number(9),
                    ("minutes_per_pupil_day", "social_band", "autres"): number(7),
                },
            ),
            "Le milieu social : la configuration n’ordonne pas tous les milieux des listes.",
        ),
        (school(share_app_minutes=number(0.4)), "Sortes d’applications : chacune a trop peu de minutes"),
        (school(), "Élèves accompagnés par un plan : jamais publié pour une école"),
        (school(), "IPS : il décrit une école, rien ne l’attribue à un élève."),
        (told(school(), {("gap_minutes", "sex", "F"): hidden("small")}), "quelqu’un : des groupes selon le sexe."),
        (
            told(school(), {("regular_share", "level", "CP"): hidden("complement")}),
            "ne se devine pas par soustraction : des groupes selon le niveau.",
        ),
        (school(gini_minutes=hidden("coverage")), "Données insuffisantes, moins de 50 % des jours-tablettes : l’école entière."),
        (
            told(school(), {("gap_minutes", "sex", "F"): gap(2)}),
            "Écart sans intervalle, une classe ou trop peu de classes ont les deux groupes : le sexe.",
        ),
        (told(school(), UNSURE), "on ne peut pas dire le sens"),
        (
            told(school(minutes_per_pupil_day=MINUTES), {("theil_between_share", "between", "classes"): hidden("small")}),
            "Inégalité entre les classes ou les écoles : non publié",
        ),
    ],
)
def test_what_cannot_be_said_is_named_with_its_reason(asked: School, expected: str) -> None:
    assert expected in plain(" ".join(equity_absent.absent(asked)))


def test_what_is_published_is_not_called_missing() -> None:
    asked = told(school(minutes_per_pupil_day=MINUTES), BOTH)
    said = plain(" ".join(equity_absent.absent(asked)))
    assert "Le sexe" not in said
    assert "milieu social" not in said


def test_a_band_of_another_town_keeps_its_own_name() -> None:
    assert plain(equity_groups.pair(FR, "social_band", "quartier <b>Nord</b>").here) == "les élèves de milieu « quartier <b>Nord</b> »"
    assert plain(BAND.here) == "les élèves de milieu défavorisé"


def test_groups_stand_in_the_order_of_the_town_and_the_unknown_are_in_none() -> None:
    cells = {("equipped_share", "social_band", band): number(0.9, evidence="") for band in ("bas", "haut", "unknown", "moyen")}
    asked = replace(told(school(), cells), settings={"social_bands": "haut|moyen|bas"})
    assert [plain(name) for name, _ in equity_groups.groups(asked, "equipped_share", "social_band")] == [
        "milieu « haut »",
        "milieu « moyen »",
        "milieu « bas »",
    ]
    assert equity_groups.has_unknown(asked, "social_band")


def test_the_ends_of_a_share_may_carry_the_noise_of_arithmetic() -> None:
    assert equity_gaps.verdict(gap(0.01, -0.05000000000000001, 0.05), "share") == "alike"
    assert equity_gaps.verdict(gap(0.01, -0.06, 0.05), "share") == "unknown"


def test_with_as_many_classes_as_pupils_nothing_exceeds_chance() -> None:
    asked = school(theil_t_minutes=replace(number(0.3), n=2))
    assert not equity_spread.exceeds_chance(asked, 0.9, 0.5)
