"""The sentences of the adoption report in each of their variants: figures in, words out."""

import datetime as dt
from dataclasses import replace

import pytest

from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_absent, adoption_answer, adoption_continuity, adoption_tablets, adoption_titles, words
from analysis.reports.sentences.adoption_delivery import delivery, late
from analysis.reports.sentences.adoption_training import Session, elsewhere, here, title
from analysis.reports.sentences.adoption_words import day_of_month, fraction, pupils
from analysis.reports.sentences.change import Change
from tests.reports.values import EN, FR, hidden, number, plain, school

STAGE = ("funnel_share", "stage", "regular", "foreground")
EQUIPPED = ("equipped_share", "all", "all", "")
DAY = dt.date(2025, 11, 5)


def with_cells(of: School, cells: dict[tuple[str, str, str, str], Value]) -> School:
    return replace(of, cells={**of.cells, **cells})


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (number(0.02), "presque aucun élève"),
        (number(0.12), "un élève sur dix"),
        (number(0.5), "un élève sur deux"),
        (number(0.61), "six élèves sur dix"),
        (number(0.97), "presque tous les élèves"),
        (number(0.98, "at_least"), "presque tous les élèves"),
        (number(0.8, "at_least"), "au moins huit élèves sur dix"),
        (number(0.02, "at_most"), "presque aucun élève"),
        (number(0.2, "at_most"), "au plus deux élèves sur dix"),
    ],
)
def test_so_many_pupils(share: Value, expected: str) -> None:
    assert plain(pupils(FR, share)) == expected


@pytest.mark.parametrize(
    ("has", "uses", "expected"),
    [
        (0.99, 0.61, "Presque tous les élèves ont une tablette ; six élèves sur dix s’en servent au moins trois semaines sur quatre."),
        (0.5, 0.1, "Un élève sur deux a une tablette ; un élève sur dix s’en sert au moins trois semaines sur quatre."),
        (0.8, 0.01, "Huit élèves sur dix ont une tablette ; presque aucun élève ne s’en sert trois semaines sur quatre."),
        (0.01, 0.01, "Presque aucun élève n’a de tablette ; presque aucun élève ne s’en sert trois semaines sur quatre."),
    ],
)
def test_the_answer_agrees_in_number(has: float, uses: float, expected: str) -> None:
    said, rest = adoption_answer.answer(with_cells(school(), {EQUIPPED: number(has, evidence=""), STAGE: number(uses)}))
    assert plain(said) == expected
    assert rest == ""


def test_the_answer_without_use_says_what_is_known() -> None:
    has = {EQUIPPED: number(0.9, evidence="")}
    low = adoption_answer.answer(with_cells(school(), {**has, STAGE: hidden("coverage")}))
    assert [plain(text) for text in low] == [
        "Les données reçues ne suffisent pas pour dire qui se sert de sa tablette.",
        "Neuf élèves sur dix ont une tablette.",
    ]
    ipad = adoption_answer.answer(with_cells(school("checkin"), has))
    assert plain(ipad[0]) == "Neuf élèves sur dix ont une tablette."
    assert "iPad" in ipad[1]
    assert plain(adoption_answer.answer(with_cells(school(""), has))[1]) == "Aucune donnée ne dit s’ils s’en servent."
    assert plain(adoption_answer.answer(with_cells(school(), has))[1]) == "La part de ceux qui s’en servent n’est pas publiée."


def test_the_answer_of_other_schools() -> None:
    small = adoption_answer.answer(with_cells(school(), {EQUIPPED: hidden("small", ""), STAGE: hidden("small")}))
    assert "trop peu d’élèves" in small[0]
    idle = {("never_used_share", "kind", "shared", "foreground"): number(0.33)}
    trolleys = with_cells(school("", shared=30, individual=0, trolleys="foreground"), idle)
    assert [plain(text) for text in adoption_answer.answer(trolleys)] == [
        "Les tablettes de cette école passent de main en main : aucune n’est à un élève.",
        "Un tiers des tablettes partagées n’a servi aucun jour.",
    ]
    weekly = {("weekly_active_share", "all", "all", "estimated"): number(0.41, evidence="estimated")}
    portal = adoption_answer.answer(with_cells(school("", individual=0), weekly))
    assert plain(portal[0]) == "Une semaine de classe ordinaire, quatre élèves sur dix viennent sur l’ENT."
    assert "Aucune donnée" in adoption_answer.answer(school("", individual=0))[0]


def test_how_sure_is_said_only_with_the_answer_and_with_coverage() -> None:
    assert adoption_answer.certainty(school()) == ""
    known = with_cells(school(coverage=number(0.94)), {STAGE: number(0.61)})
    assert "94 % des jours-tablettes" in plain(adoption_answer.certainty(known))
    assert "jours-tablettes" not in adoption_answer.certainty(with_cells(school(), {STAGE: number(0.61)}))


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (number(0.33), "Un tiers des tablettes partagées n’a servi aucun jour."),
        (number(0.5), "La moitié des tablettes partagées n’a servi aucun jour."),
        (number(0.66), "Deux tiers des tablettes partagées n’ont servi aucun jour."),
        (number(0.12), "12 % des tablettes partagées n’ont servi aucun jour."),
        (number(0.05, "at_most"), "5 % au plus des tablettes partagées n’ont servi aucun jour."),
        (hidden("small"), ""),
        (None, ""),
    ],
)
def test_idle_tablets(share: Value | None, expected: str) -> None:
    assert plain(adoption_answer.never_used(FR, share)) == expected


def test_a_bound_is_never_called_a_fraction() -> None:
    assert plain(fraction(FR, number(0.5, "at_most"))[0]) == "50 % au plus"
    assert fraction(EN, number(0.25)) == ("a quarter", True)


def weeks(*shares: float | Value) -> list[tuple[str, Value]]:
    monday = dt.date(2025, 9, 1)
    values = [share if isinstance(share, Value) else number(share, evidence="") for share in shares]
    return [((monday + dt.timedelta(days=7 * i)).isoformat(), value) for i, value in enumerate(values)]


def test_a_late_delivery_is_dated_by_the_first_week_at_the_new_level() -> None:
    found = delivery(weeks(0.92, 0.92, 0.95, 0.99, 0.985, 0.99), 287)
    assert found is not None
    assert plain(late(FR, found)) == (
        "Une partie des élèves a reçu sa tablette en cours de période : 92 % équipés début septembre, 99 % à partir du 22 septembre."
    )
    assert late(EN, found).startswith("Some pupils received their tablet during the period: 92% had one in early September, 99%")


@pytest.mark.parametrize(
    ("shares", "enrolled"),
    [
        ((0.96, 0.96, 0.98, 0.98), 287),  # two points only
        ((0.92, 0.99, 0.99, 0.93), 287),  # it did not last
        ((0.92, 0.92, 0.92, 0.99), 287),  # one week is no level yet
        ((0.90, 0.95, 0.95, 0.95), 25),  # one step of the rounding below 40 pupils
        ((0.92, 0.99), 287),  # too few weeks
        ((), 287),
        ((number(0.95, "at_least", evidence=""), 0.99, 0.99, 0.99), 287),  # it may have been 99 % from the start
    ],
)
def test_no_delivery_is_said_without_a_lasting_rise(shares: tuple[float | Value, ...], enrolled: int) -> None:
    assert delivery(weeks(*shares), enrolled) is None


def test_exactly_three_points_are_enough_and_a_bound_at_the_end_understates() -> None:
    assert delivery(weeks(0.92, 0.95, 0.95), 287) is not None
    top = number(0.98, "at_least", evidence="")
    found = delivery(weeks(0.90, top, top), 287)
    assert found is not None
    assert "98 % au moins à partir du 8 septembre" in plain(late(FR, found))


def test_a_fall_of_the_equipment_is_said_too() -> None:
    found = delivery(weeks(0.99, 0.90, 0.90), 287)
    assert found is not None
    assert plain(late(FR, found)) == "Des élèves n’ont plus de tablette : 99 % équipés début septembre, 90 % à partir du 8 septembre."


@pytest.mark.parametrize(("day", "expected"), [(1, "début septembre"), (15, "mi-septembre"), (29, "fin septembre")])
def test_the_parts_of_a_month(day: int, expected: str) -> None:
    assert day_of_month(FR, dt.date(2025, 9, day)) == expected


def test_the_title_of_the_funnel_names_the_last_exact_stage() -> None:
    stages = {"activated": number(0.95), "active": number(0.88), "regular": number(0.61)}
    said = [plain(adoption_titles.funnel(FR, number(0.99), dict(list(stages.items())[:n]))) for n in (1, 2, 3)]
    assert said == [
        "Sur 100 élèves inscrits, 99 ont une tablette et 95 l’ont déjà utilisée",
        "Sur 100 élèves inscrits, 99 ont une tablette et 88 s’en servent vraiment",
        "Sur 100 élèves inscrits, 99 ont une tablette et 61 l’utilisent régulièrement",
    ]
    coded = adoption_titles.funnel(FR, number(0.99), {**stages, "regular": number(0.02, "at_most")})
    assert "88 s’en servent" in plain(coded)
    assert "presque aucun ne va au bout" in plain(adoption_titles.funnel(FR, number(0.99), {"regular": number(0.01)}))
    assert plain(adoption_titles.funnel(FR, number(0.98, "at_least"), stages)) == "De l’équipement à l’usage régulier"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Change(57, 78, 4, "rise"), "De plus en plus d’élèves chaque semaine : de 57 % à 78 % entre septembre et décembre"),
        (Change(78, 57, 4, "fall"), "De moins en moins d’élèves chaque semaine : de 78 % à 57 % entre septembre et décembre"),
        (Change(57, 59, 4, "rise"), "Chaque semaine, 60 % des élèves équipés s’en servent : c’est stable"),
        (Change(60, 60, 4, "stable"), "Chaque semaine, 60 % des élèves équipés s’en servent : c’est stable"),
        (Change(55, 65, 2, "unknown"), "Chaque semaine, environ 60 % des élèves équipés ; ni hausse ni baisse sûre"),
    ],
)
def test_the_title_of_the_weeks(found: Change, expected: str) -> None:
    assert plain(adoption_titles.weekly(FR, found, 0.6, dt.date(2025, 9, 1), dt.date(2025, 12, 15))) == expected


def test_the_title_of_the_portal_weeks() -> None:
    def said(found: Change) -> str:
        return plain(adoption_titles.portal_weeks(FR, found, 0.41, dt.date(2025, 9, 1), dt.date(2025, 12, 15)))

    assert said(Change(30, 45, 4, "rise")) == "ENT : de plus en plus d’élèves, de 30 % à 45 % des comptes entre septembre et décembre"
    assert said(Change(45, 30, 4, "fall")) == "ENT : de moins en moins d’élèves, de 45 % à 30 % des comptes entre septembre et décembre"
    assert said(Change(40, 42, 4, "stable")) == "ENT : 41 % des comptes d’élèves viennent chaque semaine, sans changement"
    assert said(Change(40, 42, 1, "unknown")) == "ENT : environ 41 % des comptes d’élèves chaque semaine ; ni hausse ni baisse sûre"


@pytest.mark.parametrize(
    ("median", "expected"),
    [
        (number(1), "La moitié des élèves commence le jour de la remise"),
        (number(3), "La moitié des élèves commence en 3 jours de classe"),
        (None, "En 20 jours de classe, 45 % des élèves ont commencé"),
        (hidden("floor"), "En 20 jours de classe, 45 % des élèves ont commencé"),
    ],
)
def test_the_title_of_the_first_use(median: Value | None, expected: str) -> None:
    assert plain(adoption_titles.first_use(FR, median, [("5", number(0.2)), ("20", number(0.45))])) == expected


def test_levels_are_named_only_ten_points_apart() -> None:
    near = [("CP", number(0.95)), ("CM2", number(0.9))]
    assert plain(adoption_titles.equipped_by_level(FR, near)) == "D’un niveau à l’autre, la part d’élèves équipés change peu"
    far = [("CP", number(0.05, "at_most")), ("CM2", number(0.96))]
    assert plain(adoption_titles.equipped_by_level(FR, far)) == "Moins d’élèves équipés en CP (5 % au plus) qu’en CM2 (96 %)"
    assert not adoption_titles.apart([("CP", number(0.8, "at_least")), ("CM2", number(0.95))])


def test_the_title_of_the_accounts_takes_what_is_shown() -> None:
    stages = {"activated": number(0.9), "active": number(0.7), "regular": number(0.3)}
    said = [plain(adoption_titles.portal_accounts(FR, "student", dict(list(stages.items())[:n]))) for n in (0, 1, 2, 3)]
    assert said == [
        "Les comptes de l’ENT",
        "ENT : 90 % des comptes d’élèves ont été ouverts un jour",
        "ENT : 70 % des comptes d’élèves ont servi",
        "ENT : 70 % des comptes d’élèves ont servi, 30 % régulièrement",
    ]
    assert "de parents" in adoption_titles.portal_accounts(FR, "relative", stages)


def test_the_title_of_the_rhythm_and_of_the_services() -> None:
    rhythm = adoption_titles.portal_frequency
    assert plain(rhythm(FR, number(0.18), None, None)) == "Sur l’ENT, 18 % des comptes d’élèves n’ont aucune visite"
    assert "13 %" in plain(rhythm(FR, number(0.05, "at_most"), number(0.13), None))
    assert plain(rhythm(FR, None, None, number(6.2))) == "Visites de l’ENT par élève venu : 6,2"
    assert plain(rhythm(FR, None, None, None)) == "À quel rythme les élèves viennent sur l’ENT"
    services = [("messagerie", number(0.31)), ("blog", number(0.22))]
    assert plain(adoption_titles.portal_services(FR, services)) == "En tête sur l’ENT : messagerie, 31 % des ouvertures"
    assert "à égalité" in adoption_titles.portal_services(FR, [services[0], ("blog", number(0.31))])


def test_what_is_created_is_said_of_the_accounts_with_its_bound() -> None:
    exact, bound = adoption_titles.portal_creation(FR, "student", number(0.11)), number(0.05, "at_most")
    assert plain(exact) == "ENT : les comptes d’élèves créent quelque chose dans 11 % de leurs semaines"
    said = plain(adoption_titles.portal_creation(FR, "teacher", bound))
    assert said == "ENT : les comptes d’enseignants créent quelque chose dans 5 % au plus de leurs semaines"


def test_the_title_of_the_cohorts_says_which_weeks() -> None:
    late = [("dès la semaine 13", number(0.7))]
    both = [("semaines 1 à 4", number(0.82)), ("semaines 5 à 8", number(0.8)), *late]
    assert plain(adoption_titles.retention(FR, "2025-09", late)) == "Premier usage en septembre : 70 % d’actifs (dès la semaine 13)"
    assert plain(adoption_titles.retention(FR, "2025-09", both)) == (
        "Premier usage en septembre : 82 % d’actifs (semaines 1 à 4), puis 70 % (dès la semaine 13)"
    )


def test_a_number_is_no_percentage() -> None:
    assert [words.big(FR, number(value), "number") for value in (14.2, 6.25, 3.0)] == ["14", "6,2", "3"]


def session(change: Value, other: Value | None = None) -> Session:
    return Session(DAY, change, number(8), number(11), other)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (number(3, low=1, high=5), "Après la formation du 5 novembre : 3 minutes de plus par jour de classe"),
        (number(-1, low=-1.5, high=-0.6), "Après la formation du 5 novembre : 1 minute de moins par jour de classe"),
        (number(0.2, low=-0.5, high=0.9), "Après la formation du 5 novembre : autant d’usage, à une minute près"),
        (number(1, low=-2, high=4), "Après la formation du 5 novembre : on ne peut pas dire si l’usage change"),
        (number(4), "Après la formation du 5 novembre : on ne peut pas dire si l’usage change"),
    ],
)
def test_a_training_session_changes_something_only_when_its_interval_leaves_zero_out(change: Value, expected: str) -> None:
    assert plain(title(FR, session(change))) == expected


def test_the_interval_of_a_session_says_whether_it_holds_zero() -> None:
    sure = plain(here(FR, session(number(3, low=1, high=5))))
    assert sure.startswith("De 8 min à 11 min par élève et par jour de classe.")
    assert sure.endswith("va de 1 minute de plus à 5 minutes de plus : il ne contient pas zéro.")
    unsure = plain(here(FR, session(number(1, low=-2, high=4))))
    assert "de 2 minutes de moins à 4 minutes de plus : il contient zéro, aucun changement n’est sûr" in unsure
    assert "Une seule classe" in here(FR, session(number(4)))
    assert "De 8 min" not in plain(here(FR, replace(session(number(4)), before=hidden("small"))))


def test_what_happens_elsewhere_is_said_beside() -> None:
    change = number(3, low=1, high=5)
    assert "n’est pas connu" in elsewhere(FR, session(change))
    assert "se touchent : on ne peut pas dire" in plain(elsewhere(FR, session(change, number(0.5, low=-0.5, high=1.5))))
    apart = plain(elsewhere(FR, session(change, number(-1, low=-2, high=0))))
    assert "1 minute de moins" in apart
    assert "ne se touchent pas" in apart
    alone = plain(elsewhere(FR, session(number(3), number(1))))
    assert alone == "Dans les écoles sans formation, aux mêmes dates : 1 minute de plus."


def test_continuity_says_the_closures_first() -> None:
    closures = number(0.31)
    known = school(closure_days_used_share=closures, home_minutes_per_pupil_day=number(3), share_days_off_used=number(0.2))
    assert plain(adoption_continuity.title(known)) == "École fermée, la tablette sert trois fois sur dix"
    assert [plain(text) for text in adoption_continuity.sentences(known)] == [
        "Jours où l’école s’est déclarée fermée : un usage dans 31 % des jours-élèves emportés.",
        "Un jour de classe, hors des heures de classe : 3 minutes par élève qui emporte sa tablette.",
        "Mercredis, fins de semaine et vacances : un usage dans 20 % des jours-élèves.",
    ]
    rare = school(closure_days_used_share=number(0.05, "at_most"))
    assert plain(adoption_continuity.title(rare)) == "École fermée, la tablette sert rarement"
    home = school(home_minutes_per_pupil_day=number(1))
    assert plain(adoption_continuity.title(home)) == "À la maison, la tablette sert 1 minute par jour de classe"
    portal = school(portal_closure_days_share=number(0.14, evidence="estimated"))
    assert plain(adoption_continuity.title(portal)) == "École fermée, un élève vient sur l’ENT une fois sur dix"
    assert not adoption_continuity.is_known(school(closure_days_used_share=hidden("small")))


def test_the_state_of_the_tablets() -> None:
    known = school(dormant_14_share=number(0.08), dormant_28_share=number(0.05), second_life_share=number(0.12, evidence=""))
    assert plain(adoption_tablets.title(known)) == "8 % des tablettes confiées sont muettes depuis 14 jours"
    assert [plain(text) for text in adoption_tablets.sentences(known)] == [
        "Tablettes confiées, à la fin des données : 8 % muettes depuis 14 jours, 5 % depuis 28.",
        "Tablettes en main qui ont déjà servi à un autre élève : 12 %.",
    ]
    brief = school(dormant_14_share=number(0.02, "at_most"), dormant_28_share=hidden("small"))
    assert plain(adoption_tablets.sentences(brief)[0]) == "Tablettes confiées, à la fin des données : 2 % au plus muettes depuis 14 jours."
    idle = with_cells(school(shared=30, trolleys="foreground"), {("never_used_share", "kind", "shared", "foreground"): number(0.33)})
    assert plain(adoption_tablets.title(idle)) == "Un tiers des tablettes partagées n’a servi aucun jour"
    assert adoption_tablets.sentences(school()) == []


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (school("checkin"), "un iPad dit quand il est vu, jamais s’il sert"),
        (school("", shared=30, individual=0, trolleys="foreground"), "les tablettes de cette école sont partagées"),
        (school("", individual=0), "aucune tablette confiée à un élève n’est connue"),
        (school(""), "aucun export des tablettes n’est arrivé"),
        (school("active"), "un Chromebook donne une durée par jour"),
        (school(), "Premier usage : aucune tablette n’a été remise pendant la période."),
        (school(), "ENT : aucun export de l’ENT ne couvre cette école"),
        (school(), "aucune séance déclarée n’a assez de jours de classe"),
        (school(), "École fermée : aucune fermeture n’est déclarée"),
        (school(share_days_off_used=number(0.2)), "aucun élève connu n’emporte sa tablette"),
        (school(visits_per_visitor=number(5, evidence="estimated")), "Comptes d’enseignants : montrés à partir de 11 personnes"),
    ],
)
def test_what_is_missing_has_its_reason(of: School, expected: str) -> None:
    assert expected in plain(" ".join(adoption_absent.absent(of)))


def test_what_is_withheld_is_named_with_its_reason_and_only_what_this_report_reads() -> None:
    cells = {
        STAGE: hidden("coverage"),
        ("regular_share", "level", "CP", "foreground"): hidden("small"),
        ("gap_minutes", "sex", "F", "foreground"): hidden("floor"),
    }
    said = [plain(text) for text in adoption_absent.absent(with_cells(school(), cells))]
    assert "À moins de 11 élèves, on pourrait reconnaître quelqu’un : certains niveaux." in said
    assert "Données insuffisantes, moins de 50 % des jours-tablettes : de l’équipement à l’usage régulier." in said
    assert not [text for text in said if text.startswith("Il faut plus")]
