"""What the adoption report does not show, and why: one sentence for each absence."""

from collections.abc import Iterable

from analysis.reports.school import School, Value
from analysis.reports.sentences import systems, withheld, words
from analysis.reports.sentences.adoption_continuity import is_known as continuity_is_known
from analysis.reports.sentences.adoption_training import MOST, sessions
from analysis.reports.sentences.adoption_values import account_series, accounts, tablet_series, tablets

_ACCOUNTS = ("accounts_loaded_share", "accounts_activated_share", "accounts_active_share", "accounts_regular_share")
_GROWN_UPS = ("teacher", "relative", "personnel")
_PORTAL = (
    *_ACCOUNTS,
    "visits_per_visitor",
    "visit_frequency_share",
    "created_share",
    "created_weeks_share",
    "app_login_share",
    "module_share",
)


def absent(school: School) -> list[str]:
    """The absences of this school's report, in the order of the report; empty when nothing is missing."""
    said = [
        _equipment(school),
        _funnel(school),
        _first_use(school),
        _apps(school),
        *_portal(school),
        _continuity(school),
        _home(school),
        _training(school),
        *_withheld(school),
    ]
    return [sentence for sentence in said if sentence]


def _equipment(school: School) -> str:
    if not school.has_individual or school.value("equipped_share", evidence="") is not None:
        return ""
    return school.language.say("Part des élèves équipés : la liste des élèves ou celle des tablettes manque.")


def _funnel(school: School) -> str:
    """Why nobody is called active or regular."""
    say = school.language.say
    if not school.has_individual:
        if school.has_shared:
            return say("Activés, actifs, réguliers : les tablettes de cette école sont partagées, on ne sait pas qui les tient.")
        return say("Activés, actifs, réguliers : aucune tablette confiée à un élève n'est connue sur cette période.")
    if school.evidence == "checkin":
        return say("Activés, actifs, réguliers, premier usage : {known}.", known=_when_seen(school))
    if not school.evidence:
        return say("Activés, actifs, réguliers : aucun export des tablettes n'est arrivé pour cette période.")
    return ""


def _when_seen(school: School) -> str:
    language, system = school.language, school.system()
    if system == "ipad":
        return language.say("un iPad dit quand il est vu, jamais s'il sert")
    return language.say("l'outil de gestion dit quand un {device} est vu, jamais s'il sert", device=systems.device(language, system))


def _first_use(school: School) -> str:
    if not _measures_use(school) or tablet_series(school, "started_share", "within"):
        return ""
    return school.language.say("Premier usage : aucune tablette n'a été remise pendant la période.")


def _apps(school: School) -> str:
    if school.evidence != "active":
        return ""
    if school.system() != "chromebook":
        return school.language.say("Applications et usage à la maison : ces durées d'activité ne disent pas quelle application sert.")
    return school.language.say(
        "Applications et usage à la maison : un Chromebook donne une durée par jour, sans les heures ni les applications."
    )


def _portal(school: School) -> list[str]:
    """No export of the portal, or profiles that it does not show."""
    say = school.language.say
    if not any(_exists(school, measure) for measure in (*_PORTAL, "portal_share_pupil_days")):
        return [say("ENT : aucun export de l'ENT ne couvre cette école sur cette période.")]
    said = list[str]()
    if not _profile_is_shown(school, "teacher"):
        said.append(
            say("Comptes d'enseignants : montrés à partir de {threshold} personnes connues des listes.", threshold=school.threshold)
        )
    if not _profile_is_shown(school, "relative"):
        said.append(say("Comptes de parents : aucune liste ne dit de quelle école ils sont ; leur part est dans le rapport du territoire."))
    if not account_series(school, "module_share", "module"):
        said.append(say("Services ouverts sur l'ENT : l'export ne les nomme pas."))
    if not _exists(school, "created_weeks_share"):
        said.append(say("Créations sur l'ENT : l'export n'en note aucune pour cette école sur cette période, ce qui n'est pas zéro."))
    return said


def _profile_is_shown(school: School, profile: str) -> bool:
    return any((value := accounts(school, measure, "profile", profile)) is not None and value.shown for measure in _ACCOUNTS)


def _continuity(school: School) -> str:
    """Nothing was declared closed, as far as tablets and portal tell."""
    if not (_measures_use(school) or _exists(school, "accounts_active_share")):
        return ""
    if tablets(school, "closure_days_used_share") is not None or accounts(school, "portal_closure_days_share") is not None:
        return ""
    return school.language.say("École fermée : aucune fermeture n'est déclarée sur la période, ou aucune tablette n'est emportée.")


def _home(school: School) -> str:
    if school.evidence != "foreground" or tablets(school, "home_minutes_per_pupil_day") is not None or not continuity_is_known(school):
        return ""
    return school.language.say("Usage à la maison les jours de classe : aucun élève connu n'emporte sa tablette.")


def _training(school: School) -> str:
    more = len(sessions(school)) - MOST
    if more > 0:
        return school.language.count(
            "Avant et après une formation : {number} séance plus ancienne n'est pas montrée.",
            "Avant et après une formation : {number} séances plus anciennes ne sont pas montrées.",
            more,
        )
    if not _measures_use(school) or tablet_series(school, "training_change_minutes", "training"):
        return ""
    return school.language.say("Avant et après une formation : aucune séance déclarée n'a assez de jours de classe avant et après.")


def _measures_use(school: School) -> bool:
    return school.has_individual and school.evidence in ("foreground", "active")


def _exists(school: School, measure: str) -> bool:
    return any(key[0] == measure for key in school.cells)


def _withheld(school: School) -> list[str]:
    """What is withheld of this report's figures, by reason."""
    parts = _parts(school)
    return withheld.sentences(school, lambda reason: _listed(school, parts, reason))


def _listed(school: School, parts: list[tuple[str, set[str]]], reason: str) -> str:
    return words.listed(school.language, [name for name, reasons in parts if reason in reasons])


def _parts(school: School) -> list[tuple[str, set[str]]]:
    """The parts of the report with the reasons for which some of their figures are withheld."""
    say = school.language.say
    named: list[tuple[str, tuple[tuple[str, str], ...]]] = [
        (say("élèves équipés"), (("equipped_share", "all"), ("equipped_share", "level"), ("equipped_share", "week"))),
        (say("de l'équipement à l'usage régulier"), (("funnel_share", "stage"), ("regular_share", "all"))),
        (say("premier usage"), (("started_share", "within"), ("days_to_first_use_median", "all"))),
        (say("certaines semaines"), (("weekly_active_share", "week"), ("weekly_active_share", "all"))),
        (say("certains niveaux"), (("regular_share", "level"),)),
        (say("semaines d'usage depuis le premier usage"), (("retention_share", "retention"),)),
        (say("nombre d'applications"), (("apps_per_pupil", "all"),)),
        (say("comptes et visites de l'ENT"), tuple((measure, "") for measure in _PORTAL)),
        (say("école fermée et maison"), tuple((measure, "all") for measure in ("closure_days_used_share", "home_minutes_per_pupil_day"))),
        (say("formation"), (("training_change_minutes", "training"),)),
        (say("état des tablettes"), tuple((f"{name}_share", "") for name in ("dormant_14", "dormant_28", "never_used", "second_life"))),
    ]
    return [(name, {value.reason for value in _hidden(school, keys)}) for name, keys in named]


def _hidden(school: School, keys: Iterable[tuple[str, str]]) -> Iterable[Value]:
    """The withheld values of these measures and breakdowns (empty: all of them); grown-ups apart, who have their own sentences."""
    wanted = set(keys)
    for (measure, breakdown, category, _), value in school.cells.items():
        if not value.shown and category not in _GROWN_UPS and wanted & {(measure, breakdown), (measure, "")}:
            yield value
