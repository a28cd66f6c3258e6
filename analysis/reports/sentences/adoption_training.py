"""Before and after a training session, in words. A change is one only when its interval leaves zero out, and is never called an effect."""

import datetime as dt
from dataclasses import dataclass

from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences.adoption_values import tablet_series, tablets
from analysis.reports.sentences.equity_gaps import interval, signed, verdict
from analysis.reports.sentences.words import minutes

MOST = 2  # sessions that a report of four pages has room for: the latest


@dataclass(frozen=True)
class Session:
    """A training session: its day, minutes per pupil and day before and after, the change here and in schools without a session."""

    day: dt.date
    change: Value
    before: Value | None
    after: Value | None
    elsewhere: Value | None


def sessions(school: School) -> list[Session]:
    """The sessions whose change may be shown, in order of time."""
    return [
        Session(
            dt.date.fromisoformat(day),
            value,
            tablets(school, "training_minutes", "before", day),
            tablets(school, "training_minutes", "after", day),
            tablets(school, "training_change_minutes", "training_elsewhere", day),
        )
        for day, value in tablet_series(school, "training_change_minutes", "training")
        if value.is_exact
    ]


def title(language: Language, session: Session) -> str:
    """The change when it is sure, else that one cannot tell."""
    say, day = language.say, language.date(session.day, "d MMMM")
    match verdict(session.change):
        case "more" | "less":
            change = signed(language, session.change.amount)
            return say("Après la formation du {day} : {change} par jour de classe", day=day, change=change)
        case "alike":
            return say("Après la formation du {day} : autant d'usage, à une minute près", day=day)
        case _:
            return say("Après la formation du {day} : on ne peut pas dire si l'usage change", day=day)


def here(language: Language, session: Session) -> str:
    """`De 8 min à 11 min par élève et par jour de classe. L'intervalle à 95 % va de ... à ... : il laisse zéro de côté.`"""
    return " ".join(filter(None, (_from_to(language, session), _interval(language, session.change))))


def elsewhere(language: Language, session: Session) -> str:
    """What happened at the same dates in the schools without a session; empty when that is not known."""
    value, say = session.elsewhere, language.say
    if value is None or not value.is_exact:
        return say("Ce que font les autres écoles aux mêmes dates n'est pas connu.")
    said = say("Dans les écoles sans formation, aux mêmes dates : {change}.", change=signed(language, value.amount))
    if _overlap(session.change, value):
        return f"{said} {say('Les deux intervalles se touchent : on ne peut pas dire que cette école change autrement que les autres.')}"
    return (
        f"{said} {say('Les deux intervalles ne se touchent pas : cette école change autrement que les autres.')}"
        if value.interval
        else said
    )


def caveat(language: Language) -> str:
    """What the comparison cannot say."""
    say = language.say
    return say(
        "L'année avance en même temps : un changement est associé à la formation, rien ne montre qu'il en vient. "
        "Les classes se comparent à elles-mêmes, avant et après."
    )


def _from_to(language: Language, session: Session) -> str:
    if session.before is None or session.after is None or not session.before.is_exact or not session.after.is_exact:
        return ""
    before, after = minutes(language, session.before.amount), minutes(language, session.after.amount)
    return language.say("De {before} à {after} par élève et par jour de classe.", before=before, after=after)


def _interval(language: Language, change: Value) -> str:
    say = language.say
    if change.interval is None:
        return say("Une seule classe : l'incertitude ne se calcule pas, et aucun changement ne peut être affirmé.")
    ends = interval(language, change.interval)
    if change.interval[0] <= 0 <= change.interval[1]:
        return say("L'intervalle à 95 % va {interval} : il contient zéro, aucun changement n'est sûr.", interval=ends)
    return say("L'intervalle à 95 % va {interval} : il ne contient pas zéro.", interval=ends)


def _overlap(one: Value, other: Value) -> bool:
    if one.interval is None or other.interval is None:
        return False
    return one.interval[0] <= other.interval[1] and other.interval[0] <= one.interval[1]
