"""The titles of the figures: each says the finding, from the very values that the figure draws."""

import datetime as dt

from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences.answer import days_in_ten, times_in_ten
from analysis.reports.sentences.change import Change
from analysis.reports.sentences.words import HALF_HOUR_IS_RARE, capital, listed, minutes, spelled, spoken_minutes, tenths

DOUBLE = (1.9, 2.4)  # times: what a person would call twice as much
_TWO = 2  # kinds of apps that a title can name together
ALIKE = 1.25  # largest over smallest: under this, "alike"


def minutes_over_time(language: Language, found: Change, level: float, first: dt.date, last: dt.date) -> str:
    """Rise, fall, stable, or cannot tell. `level`: the median of the period (minutes); `first`, `last`: the first and last weeks drawn."""
    say, months = language.say, between(language, first, last)
    before, after = minutes(language, found.before), minutes(language, found.after)
    match found.verdict:
        case "rise" if DOUBLE[0] * round(found.before) <= round(found.after) <= DOUBLE[1] * round(found.before):
            return say("L'usage quotidien double : de {before} à {after} {months}", before=before, after=after, months=months)
        case "rise":
            return say("L'usage quotidien augmente : de {before} à {after} {months}", before=before, after=after, months=months)
        case "fall":
            return say("L'usage quotidien baisse : de {before} à {after} {months}", before=before, after=after, months=months)
        case "stable":
            return say("L'usage quotidien est stable : {level} quand la tablette sert", level=minutes(language, level))
    return say("Environ {level} quand la tablette sert ; ni hausse ni baisse sûre", level=minutes(language, level))


def between(language: Language, first: dt.date, last: dt.date) -> str:
    """`entre septembre et décembre`, `en octobre`."""
    start, end = language.date(first, "LLLL"), language.date(last, "LLLL")
    if start == end:
        return language.say("en {month}", month=start)
    return language.say("entre {first} et {last}", first=start, last=end)


def pupil_days_spread(language: Language, used: Value, over_30: Value | None) -> str:
    """`Quatre jours-élèves sur dix sans usage ; rarement plus d'une demi-heure`."""
    unused, beyond = _unused(language, used), _beyond(language, over_30)
    return language.say("{unused} ; {beyond}", unused=unused, beyond=beyond) if beyond else unused


def _unused(language: Language, used: Value) -> str:
    say = language.say
    if used.is_bound:
        return say("La tablette sert presque chaque jour") if used.reason == "at_least" else say("La tablette sert rarement")
    number = tenths(1 - used.amount)
    if number in (0, 10):
        return say("La tablette sert presque chaque jour") if number == 0 else say("La tablette ne sert presque jamais")
    if number == 5:
        return say("Un jour-élève sur deux sans usage")
    many = language.count(
        "{word} jour-élève sur dix sans usage", "{word} jours-élèves sur dix sans usage", number, word=spelled(language, number)
    )
    return capital(many)


def _beyond(language: Language, over_30: Value | None) -> str:
    if over_30 is None or not over_30.shown or over_30.reason == "at_least":
        return ""
    if over_30.amount <= HALF_HOUR_IS_RARE and (over_30.is_bound or tenths(over_30.amount) == 0):
        return language.say("rarement plus d'une demi-heure")
    if over_30.is_bound:
        return ""
    return language.say("plus d'une demi-heure {often}", often=days_in_ten(language, over_30.amount))


def in_school_and_outside(language: Language, share: Value) -> str:
    """`Sept minutes sur dix se passent pendant la classe`."""
    say, number = language.say, tenths(share.amount)
    if number == 10 or share.reason == "at_least":
        return say("La tablette sert presque toujours pendant la classe")
    if number == 0 or share.reason == "at_most":
        return say("La tablette sert presque toujours hors de la classe")
    if number == 5:
        return say("Une minute sur deux se passe pendant la classe")
    word = spelled(language, number, feminine=True)
    return capital(
        language.count(
            "{word} minute sur dix se passe pendant la classe", "{word} minutes sur dix se passent pendant la classe", number, word=word
        )
    )


def week_profile(language: Language, days: list[tuple[str, Value]]) -> str:
    """Names the fullest and the emptiest day only when their intervals do not touch; `days`: (name, minutes)."""
    most, least = max(days, key=lambda day: day[1].amount), min(days, key=lambda day: day[1].amount)
    high, low = minutes(language, most[1].amount), minutes(language, least[1].amount)
    if most[1].amount - least[1].amount <= 1 or most[1].amount < ALIKE * least[1].amount:
        return language.say("Un usage semblable d'un jour à l'autre de la semaine")
    if most[1].interval is None or least[1].interval is None or most[1].interval[0] <= least[1].interval[1]:
        return language.say("Selon le jour, de {low} à {high} : aucune différence sûre", low=low, high=high)
    return language.say("Plus d'usage le {most} ({high}) que le {least} ({low})", most=most[0], high=high, least=least[0], low=low)


def by_level(language: Language, levels: list[tuple[str, Value]]) -> str:
    """Names two levels only when their intervals do not touch."""
    if len(levels) < 2:
        level, value = levels[0]
        return language.say("{minutes} par jour de classe en {level}", minutes=minutes(language, value.amount), level=level)
    apart = levels_apart(levels)
    if apart is None:
        return language.say("Entre les niveaux, aucune différence sûre")
    most, least = apart
    high, low = minutes(language, most[1].amount), minutes(language, least[1].amount)
    return language.say("Plus d'usage en {most} ({high}) qu'en {least} ({low})", most=most[0], high=high, least=least[0], low=low)


def levels_apart(levels: list[tuple[str, Value]]) -> tuple[tuple[str, Value], tuple[str, Value]] | None:
    """The level with most use and that with least, when their intervals do not touch."""
    if len(levels) < 2:
        return None
    most, least = max(levels, key=lambda entry: entry[1].amount), min(levels, key=lambda entry: entry[1].amount)
    high, low = most[1].interval, least[1].interval
    return None if high is None or low is None or high[0] <= low[1] else (most, least)


def kinds_of_apps(language: Language, kinds: list[tuple[str, float]]) -> str:
    """The kind of app that takes the most time, or the two that do once rounded; no kind is named when more are level."""
    say, most = language.say, max(value for _, value in kinds)
    first = [kind for kind, value in kinds if round(value, 2) == round(most, 2)]
    written = language.percent(most)
    if len(first) == 1:
        return say("En tête des applications : {kind}, {share} du temps", kind=first[0], share=written)
    if len(first) == _TWO:
        return say("En tête des applications : {kinds}, {share} du temps chacune", kinds=listed(language, first), share=written)
    return say("Applications : plusieurs sortes à égalité")


def similar_schools(language: Language, here: Value, low: float, high: float) -> str:
    """Inside the middle half of the similar schools, above or below it, or too uncertain to say. Never a rank."""
    say, interval = language.say, here.interval or (here.amount, here.amount)
    if low <= here.amount <= high:
        return say("Un usage proche de celui des écoles comparables")
    if interval[0] <= high and interval[1] >= low:
        return say("Différence avec les écoles comparables : on ne peut pas dire")
    if here.amount > high:
        return say("Plus d'usage que dans la plupart des écoles comparables")
    return say("Moins d'usage que dans la plupart des écoles comparables")


def days_off(language: Language, share: Value) -> str:
    """`Les jours sans classe, la tablette sert deux fois sur dix`."""
    if share.reason == "at_most":
        return language.say("Les jours sans classe, la tablette sert rarement")
    return language.say("Les jours sans classe, la tablette sert {often}", often=times_in_ten(language, share.amount))


def shared_devices(language: Language, used: Value | None, mean: Value) -> str:
    """How often a shared tablet serves; how long when that is withheld."""
    if used is not None and used.is_exact:
        return language.say("Les jours de classe, une tablette partagée sert {often}", often=times_in_ten(language, used.amount))
    return language.say("Une tablette partagée sert {minutes} par jour de classe", minutes=spoken_minutes(language, mean.amount))


def portal_use(language: Language, share: Value) -> str:
    """How often a pupil visits the portal."""
    if share.reason == "at_most":
        return language.say("Les jours de classe, un élève vient rarement sur l'ENT")
    return language.say("Les jours de classe, un élève vient sur l'ENT {often}", often=times_in_ten(language, share.amount))


def devices_seen(language: Language, share: Value) -> str:
    """How often a tablet shows itself to the fleet manager."""
    return language.say("Les jours de classe, une tablette se connecte {often}", often=times_in_ten(language, share.amount))
