"""What a report on equity cannot say, and why: one sentence for each absence, every breakdown named."""

from analysis.reports.school import School
from analysis.reports.sentences import systems, withheld, words
from analysis.reports.sentences.equity_gaps import verdict
from analysis.reports.sentences.equity_groups import UNKNOWN, gaps, is_territory, trait

_ROSTER = ("sex", "social_band", "home_internet", "take_home")  # what a town's lists may tell of a pupil or of a loan
_USE = ("minutes_per_pupil_day", "regular_share", "left_out_share")
_GAP = "gap_minutes"
_ACCESS = ("equipped_share", "working_share", "take_home_share", "home_internet_share")
_READ = (*_USE, *_ACCESS, _GAP, "gap_regular_share", "unused_share", "gini_minutes", "theil_t_minutes", "lorenz_share")  # by this report


def absent(school: School) -> list[str]:
    """The absences, the largest first."""
    said = [_use(school), *(_trait(school, breakdown) for breakdown in _traits(school)), *_withheld(school), _intervals(school)]
    said += [_unsure(school), _apps(school), _support(school), _social_index(school), _similar(school), _between(school)]
    return [sentence for sentence in said if sentence]


def why_no_gap(school: School) -> str:
    """Why this report shows no gap at all, the deepest reason first."""
    say = school.language.say
    reasons = {value.reason for _, value in gaps(school, _GAP) if not value.shown}
    if said := _use(school):
        return said
    for reason in ("coverage", "small", "steady"):
        if reason in reasons:
            return words.capital(withheld.because(school, reason)) + "."
    if reasons:
        return words.capital(withheld.phrase_of(school, reasons)) + "."
    if not any(_is_known(school, breakdown) for breakdown in _traits(school)):
        return say("Les listes d'élèves ne distinguent aucun groupe.")
    return say("Il n'y a pas deux groupes à comparer.")


def _use(school: School) -> str:
    """Why use is not known pupil by pupil; empty when it is."""
    say = school.language.say
    if any(school.value(measure) is not None for measure in _USE):
        return ""
    if school.evidence == "checkin":
        return say("Écarts d'usage : {known}.", known=systems.when_seen(school))
    if not school.has_individual and school.has_shared:
        return say("Écarts d'usage : les tablettes sont partagées, et on ne sait pas qui les tient.")
    if not school.has_individual:
        return say("Écarts d'usage : aucune tablette confiée à un élève n'est connue sur cette période.")
    return say("Écarts d'usage : aucun export des tablettes n'est arrivé pour cette période.")


def _traits(school: School) -> tuple[str, ...]:
    return (*_ROSTER, "support", "rep", "ips") if is_territory(school) else _ROSTER


def _trait(school: School, breakdown: str) -> str:
    """Why groups of this trait are not compared; empty where they are, or where no pupil holds a tablet to compare."""
    name, say = words.capital(trait(school.language, breakdown)), school.language.say
    if not school.has_individual:
        return ""
    if not _is_known(school, breakdown):
        if breakdown == "take_home":
            return say("{name} : les listes ne disent pas qui peut emporter la tablette.", name=name)
        if breakdown in ("rep", "ips"):
            return say("{name} : absent de la liste des écoles.", name=name)
        return say("{name} : absent des listes d'élèves.", name=name)
    has_use = any(school.value(measure) is not None for measure in _USE)
    if has_use and not school.series(_GAP, breakdown):
        if breakdown == "social_band" and not _is_ordered(school):
            return say("{name} : la configuration n'ordonne pas tous les milieux des listes.", name=name)
        return say("{name} : il n'y a pas deux groupes à comparer.", name=name)
    return ""


def _is_known(school: School, breakdown: str) -> bool:
    """Some pupil's group is known, in whatever measure."""
    told_by = {"home_internet": "home_internet_share", "take_home": "take_home_share"}.get(breakdown)
    return any((key[1] == breakdown and key[2] != UNKNOWN) or key[0] == told_by for key in school.cells)


def _is_ordered(school: School) -> bool:
    """Every band of the registers stands in the configuration, which says which is the least favoured."""
    ordered = school.settings.get("social_bands", "").split("|")
    return all(key[2] in (*ordered, UNKNOWN) for key in school.cells if key[1] == "social_band")


def _apps(school: School) -> str:
    if not any(key[0] == "share_app_minutes" for key in school.cells):
        return ""
    return school.language.say("Sortes d'applications : chacune a trop peu de minutes pour comparer des groupes.")


def _withheld(school: School) -> list[str]:
    """The breakdowns that a rule empties, by reason."""
    hidden = [(key[1], value.reason) for key, value in school.cells.items() if key[0] in _READ and not value.shown]
    return withheld.sentences(school, lambda reason: _parts(school, hidden, reason))


def _parts(school: School, hidden: list[tuple[str, str]], reason: str) -> str:
    """`les groupes selon le sexe et le milieu social`; the whole school when that is withheld."""
    found = {breakdown for breakdown, why in hidden if why == reason}
    names = [trait(school.language, breakdown) for breakdown in (*_traits(school), "level") if breakdown in found]
    say = school.language.say
    groups = [say("des groupes selon {traits}", traits=words.listed(school.language, names))] if names else []
    return words.listed(school.language, [*([say("l'école entière")] if "all" in found else []), *groups])


def _intervals(school: School) -> str:
    alone = [trait(school.language, pair.breakdown) for pair, gap in gaps(school, _GAP) if gap.is_exact and verdict(gap) == "alone"]
    if not alone:
        return ""
    traits = words.listed(school.language, alone)
    return school.language.say("Écart sans intervalle, une classe ou trop peu de classes ont les deux groupes : {traits}.", traits=traits)


def _unsure(school: School) -> str:
    unsure = [trait(school.language, pair.breakdown) for pair, gap in gaps(school, _GAP) if gap.is_exact and verdict(gap) == "unknown"]
    if not unsure:
        return ""
    traits = words.listed(school.language, unsure)
    return school.language.say(
        "Écart dont on ne peut pas dire le sens, avec des classes ou des écoles trop peu nombreuses ou trop diverses : {traits}.",
        traits=traits,
    )


def _support(school: School) -> str:
    if is_territory(school):
        return ""
    return school.language.say("Élèves accompagnés par un plan : jamais publié pour une école, seulement pour tout le territoire.")


def _social_index(school: School) -> str:
    if is_territory(school):
        return school.language.say("IPS : il décrit une école ; rien ici ne l'attribue à un élève.")
    return school.language.say(
        "IPS : il décrit une école, rien ne l'attribue à un élève. Les écoles se comparent dans le rapport du territoire."
    )


def _similar(school: School) -> str:
    mean = school.value("minutes_per_pupil_day")
    if is_territory(school) or mean is None or not mean.is_exact or school.series("minutes_per_pupil_day", "similar_schools"):
        return ""
    return school.language.say("Écoles comparables : moins de cinq écoles proches ont des données de même nature.")


def _between(school: School) -> str:
    """Minutes without the parts of their inequality."""
    mean, say = school.value("minutes_per_pupil_day"), school.language.say
    parts = [value for _, value in school.series("theil_between_share", "between")]
    if mean is None or not mean.is_exact or any(value.shown for value in parts):
        return ""
    if parts:
        return say("Inégalité entre les classes ou les écoles : {reason}.", reason=withheld.phrase(school, parts[0].reason))
    return (
        say("Inégalité entre les écoles : il en faut deux.")
        if is_territory(school)
        else say("Inégalité entre les classes : il en faut deux.")
    )
