"""What arrived and what is missing, said to those who run the system: of each school of a territory, tablets and portal."""

import datetime as dt
from collections.abc import Sequence

from analysis.reports.language import Language
from analysis.reports.school import School, Source, Value
from analysis.reports.sentences import periods, words
from analysis.reports.territory import Territory

_PORTAL = "estimated"
_FEW = 2  # schools that the answer names; more are counted, and named further down
_STOPS_EARLY = dt.timedelta(days=14)


def expected(territory: Territory) -> list[School]:
    """The schools that have tablets, of pupils or shared: those whose tablet data should arrive."""
    return [school for school in territory.schools if school.has_individual or school.has_shared]


def silent(territory: Territory) -> list[School]:
    """The schools with tablets of which no export says a word."""
    return [school for school in expected(territory) if not any(source.evidence != _PORTAL for source in school.sources)]


def faint(territory: Territory) -> list[School]:
    """The schools whose coverage is known and under the floor: their figures are not published."""
    apart = silent(territory)
    return [school for school in expected(territory) if school not in apart and is_under(school.coverage, floor(territory))]


def without_portal(territory: Territory) -> list[School]:
    """The schools that no export of the portal covers."""
    return [school for school in territory.schools if not any(source.evidence == _PORTAL for source in school.sources)]


def floor(territory: Territory) -> float:
    """The coverage, as a share, below which no figure is published."""
    return territory.whole.setting("coverage_floor", 0.5)


def is_under(value: Value | None, least: float) -> bool:
    """Whether a value that may be shown is below `least`; a bound "5 % at most" is."""
    return value is not None and value.shown and value.reason != "at_least" and value.amount < least


def answer(territory: Territory) -> tuple[str, str]:
    """Whose data arrived, in one sentence, and what completes it: schools with too little data, the portal."""
    return _arrived(territory), " ".join(filter(None, (_too_little(territory), _portal(territory))))


def numbers(territory: Territory) -> list[tuple[str, str]]:
    """Large numbers with their words: schools heard of, rows set aside, last day of tablet data."""
    language, say = territory.language, territory.language.say
    among, found = len(expected(territory)), []
    if among:
        heard = say("{number} sur {among}", number=among - len(silent(territory)), among=among)
        found.append((heard, say("écoles à tablettes dont des données sont arrivées")))
    if read := total(territory, "rows_read"):
        found.append((small_share(language, total(territory, "rows_set_aside") / read), say("des lignes reçues sont écartées")))
    days = [source.last_day for source in _devices(territory.whole) if source.last_day]
    if days:
        found.append((language.date(max(days), "d MMM"), say("dernier jour de données des tablettes sur la période")))
    return found


def small_share(language: Language, share: float) -> str:
    """A share of rows, with digits enough not to round few to none: `0 %`, `< 0,01 %`, `0,02 %`, `3 %`."""
    if not share:
        return language.percent(0)
    if share < 0.0001:
        return "<\u00a0" + language.percent(0.0001, 2)
    return language.percent(share, 2 if share < 0.01 else 0)


def total(territory: Territory, column: str) -> int:
    """The sum of a column of what arrived."""
    return sum(int(str(row[column])) for row in territory.arrivals)


def missing(territory: Territory) -> list[str]:
    """One line for each thing that should have arrived and did not, the worst first; empty when nothing is missing."""
    lines = [_silent(school) for school in silent(territory)] + [_faint(school, floor(territory)) for school in faint(territory)]
    weeks = [_empty_weeks(school) for school in expected(territory) if school not in faint(territory)]
    return [line for line in (*lines, *weeks, *_stopped(territory), *_no_portal(territory)) if line]


def _devices(school: School) -> list[Source]:
    return [source for source in school.sources if source.evidence != _PORTAL]


def _arrived(territory: Territory) -> str:
    language, say, among = territory.language, territory.language.say, len(expected(territory))
    of, gone = _of_period(territory), silent(territory)
    if not among:
        return say("Aucune école n'a de tablette connue sur cette période.")
    if len(gone) == among:
        return say("Aucune donnée de tablette {of_period} n'est arrivée.", of_period=of)
    if not gone:
        if among == 1:
            return say("Les données {of_period} sont arrivées pour la seule école qui a des tablettes.", of_period=of)
        return say("Les données {of_period} sont arrivées pour les {number} écoles qui ont des tablettes.", of_period=of, number=among)
    heard = say("{number} écoles sur {among}", number=among - len(gone), among=among)
    heard = say("une école sur {among}", among=among) if among - len(gone) == 1 else heard
    lost = _names(gone) if len(gone) <= _FEW else language.number(len(gone))
    what = say("il manque {schools}", schools=lost) if len(gone) <= _FEW else say("il en manque {number}", number=lost)
    return say("Les données {of_period} sont arrivées pour {heard} ; {missing}.", of_period=of, heard=heard, missing=what)


def _of_period(territory: Territory) -> str:
    """`d'octobre 2025`, `de septembre à décembre 2025`, `du 3 novembre au 19 décembre 2025`."""
    say, period = territory.language.say, territory.whole.period
    span = periods.data_span(territory.language, period)
    if span[0].isdigit():
        return say("du {days}", days=span)
    return say("d'{months}", months=span) if span[0] in "ao" else say("de {months}", months=span)


def _names(schools: Sequence[School]) -> str:
    language = schools[0].language
    return words.listed(language, [language.typeset(school.name) for school in schools])


def _too_little(territory: Territory) -> str:
    language, few = territory.language, faint(territory)
    if not few:
        return ""
    if len(few) <= _FEW:
        return language.say("Trop peu de tablettes sont vues : {schools}.", schools=_names(few))
    return language.say("Dans {number} écoles, trop peu de tablettes sont vues.", number=len(few))


def _portal(territory: Territory) -> str:
    say, among, without = territory.language.say, len(territory.schools), len(without_portal(territory))
    if without == among:
        return say("Aucune donnée de l'ENT n'est arrivée.")
    if not without:
        return say("Les données de l'ENT sont arrivées pour toutes les écoles.")
    return territory.language.count(
        "Les données de l'ENT manquent pour {number} école.", "Les données de l'ENT manquent pour {number} écoles.", without
    )


def _silent(school: School) -> str:
    language, name = school.language, school.language.typeset(school.name)
    devices = sum(int(str(school.facts.get(kind) or 0)) for kind in ("individual_devices", "shared_devices"))
    number = language.number(devices)
    return language.say("{school} : aucun export ne parle de ses tablettes (environ {number}).", school=name, number=number)


def _faint(school: School, least: float) -> str:
    language, coverage = school.language, school.coverage
    share = words.amount(language, coverage, "share") if coverage is not None else ""
    return language.say(
        "{school} : {share} des jours-tablettes sont arrivés, il en faut {floor}.",
        school=language.typeset(school.name),
        share=share,
        floor=language.percent(least),
    )


def _empty_weeks(school: School) -> str:
    """The weeks of which next to nothing arrived, when the rest of the period did."""
    language = school.language
    weeks = [week for week, value in school.series("coverage", "week", school.evidence or None) if _is_nothing(value)]
    if not weeks:
        return ""
    days = [language.say("du {days}", days=language.date(dt.date.fromisoformat(week), "d MMMM")) for week in weeks]
    name, named = language.typeset(school.name), words.listed(language, days)
    if len(weeks) == 1:
        return language.say("{school} : presque rien pour la semaine {days}.", school=name, days=named)
    return language.say("{school} : presque rien pour {number} semaines, celles {days}.", school=name, number=len(weeks), days=named)


def _is_nothing(value: Value) -> bool:
    return value.shown and (value.reason == "at_most" or value.amount == 0)


def _stopped(territory: Territory) -> list[str]:
    """The exports of tablets that end well before the others."""
    language, found = territory.language, _devices(territory.whole)
    ends = {source: source.last_day for source in found if source.last_day}
    last = max(ends.values(), default=dt.date.min)
    return [
        language.say(
            "{title} : rien après le {day}, alors que d'autres données vont jusqu'au {last}.",
            title=source.title,
            day=language.date(day),
            last=language.date(last),
        )
        for source, day in ends.items()
        if last - day > _STOPS_EARLY
    ]


def _no_portal(territory: Territory) -> list[str]:
    say, without = territory.language.say, without_portal(territory)
    if not without:
        return []
    if len(without) == len(territory.schools):
        return [say("ENT : aucun export n'est arrivé pour cette période.")]
    return [say("ENT : aucun export ne couvre {schools}.", schools=_names(without))]
