"""Questions for the meeting of a school council: each one rests on a published figure that it names, or on one that is missing."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeGuard

from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import adoption_answer, answer, equity_answer, titles, withheld
from analysis.reports.sentences.adoption_values import SHARED, accounts, tablets
from analysis.reports.sentences.change import change
from analysis.reports.sentences.equity_gaps import use_sentence, verdict
from analysis.reports.sentences.words import HALF_HOUR_IS_RARE, amount, capital

MOST_OF_A_PART = 3  # questions: a meeting takes up a few, and of each part
_NEARLY_ALL = 0.9  # a share from here on leaves nothing to ask
_NOTABLE = 0.1  # a share from here on is worth a question
_HALF = 0.5
_TOLD = (  # one of these is shown in every dossier that has a figure
    *("minutes_per_pupil_day", "share_pupil_days_used", "coverage", "coverage_shared", "minutes_per_device_day", "equipped_share"),
    *("funnel_share", "weekly_active_share", "portal_share_pupil_days", "gap_minutes", "left_out_share", "home_internet_share"),
)


def questions(school: School) -> list[str]:
    """What the council may ask itself, a few of each part of the dossier; one about the data where no figure asks anything."""
    found = [said for part in (_USE, _ADOPTION, _EQUITY) for said in islice(_asked(school, part), MOST_OF_A_PART)]
    return found or [_no_figure(school)]


def _asked(school: School, part: tuple[Callable[[School], Iterator[str]], ...]) -> Iterator[str]:
    return (said for ask in part for said in ask(school))


def _rhythm(school: School) -> Iterator[str]:
    used, say = school.value("share_pupil_days_used"), school.language.say
    if used is not None and used.shown and used.evidence != "checkin":
        finding = titles.pupil_days_spread(school.language, used, None)
        yield say("{finding}. Est-ce le rythme que l'équipe souhaite ?", finding=finding)


def _trend(school: School) -> Iterator[str]:
    series = school.series("median_minutes_active_day", "week")
    weeks = [(dt.date.fromisoformat(week), value.amount) for week, value in shown(series)]
    if len(weeks) < 2 or withheld.prevail(value for _, value in series):
        return
    found = change([minutes for _, minutes in weeks])
    if found.verdict in ("rise", "fall"):
        finding = titles.minutes_over_time(school.language, found, found.after, weeks[0][0], weeks[-1][0])
        yield school.language.say("{finding}. Qu'est-ce qui a changé ?", finding=finding)


def _long_days(school: School) -> Iterator[str]:
    over_30, say = school.value("share_pupil_days_over_30"), school.language.say
    if over_30 is not None and over_30.is_exact and over_30.amount > HALF_HOUR_IS_RARE:
        often = answer.days_in_ten(school.language, over_30.amount)
        yield say("La tablette dépasse la demi-heure {often}. Pour quelles activités ?", often=often)


def _outside(school: School) -> Iterator[str]:
    share, say = school.value("share_minutes_in_school", evidence="foreground"), school.language.say
    if share is not None and share.shown and share.reason != "at_least" and share.amount < _NEARLY_ALL:
        finding = titles.in_school_and_outside(school.language, share)
        yield say("{finding}. Les familles savent-elles ce que l'école attend en dehors ?", finding=finding)


def _levels(school: School) -> Iterator[str]:
    levels = shown(school.series("minutes_per_pupil_day", "level"))
    if titles.levels_apart(levels):
        yield school.language.say("{finding}. Est-ce un choix des classes ?", finding=titles.by_level(school.language, levels))


def _arrived(school: School) -> Iterator[str]:
    coverage, say = school.coverage, school.language.say
    if coverage is None or not coverage.shown or coverage.reason == "at_least" or coverage.amount >= _NEARLY_ALL:
        return
    share = amount(school.language, coverage, "share")
    if school.evidence == "checkin":
        yield say("Une tablette est vue {share} des jours de classe. Où est-elle les autres jours ?", share=share)
    else:
        yield say("Les données de {share} des jours-tablettes sont arrivées. Quelles tablettes restent muettes ?", share=share)


def _irregular(school: School) -> Iterator[str]:
    share, say = tablets(school, "funnel_share", "stage", "regular"), school.language.say
    if _is_below(share, _NEARLY_ALL):
        regular = capital(adoption_answer.regular(school.language, share))
        yield say("{regular}. Que faudrait-il aux autres ?", regular=regular)


def _silent(school: School) -> Iterator[str]:
    share, say = tablets(school, "dormant_28_share"), school.language.say
    if _is_from(share, _NOTABLE):
        written = capital(amount(school.language, share, "share"))
        yield say("{share} des tablettes confiées sont muettes depuis 28 jours. Où sont-elles ?", share=written)


def _idle(school: School) -> Iterator[str]:
    share, say = tablets(school, "never_used_share", *SHARED), school.language.say
    if _is_from(share, _NOTABLE):
        finding = adoption_answer.never_used(school.language, share).removesuffix(".")
        yield say("{finding}. Quelle classe pourrait s'en servir ?", finding=finding)


def _parents(school: School) -> Iterator[str]:
    share, say = accounts(school, "accounts_active_share", "profile", "relative"), school.language.say
    if _is_below(share, _HALF):
        written = amount(school.language, share, "share")
        yield say("Comptes de parents sur l'ENT : {share} ont servi. Comment aider les familles à venir ?", share=written)


def _portal(school: School) -> Iterator[str]:
    share, say = school.value("portal_share_pupil_days", evidence="estimated"), school.language.say
    if _is_below(share, _NEARLY_ALL):
        finding = titles.portal_use(school.language, share)
        yield say("{finding}. Qu'y cherche-t-il, et qu'y manque-t-il ?", finding=finding)


def _gaps(school: School) -> Iterator[str]:
    for pair, gap in equity_answer.main_gaps(school):
        if verdict(gap) in ("more", "less"):
            finding = use_sentence(school.language, pair, gap)
            yield school.language.say("{finding} Que peut faire l'école ?", finding=finding)


def _left_out(school: School) -> Iterator[str]:
    share, say = school.value("left_out_share"), school.language.say
    if _is_from(share, _NOTABLE):
        written = capital(amount(school.language, share, "share"))
        yield say("{share} des élèves équipés s'en servent moins d'une fois par semaine. Qu'est-ce qui les arrête ?", share=written)


def _without_internet(school: School) -> Iterator[str]:
    share, say = school.value("home_internet_share"), school.language.say
    if _is_below(share, 1):
        written = amount(school.language, share, "share")
        yield say(
            "{share} des élèves ont internet à la maison, parmi ceux dont on le sait. Le travail à la maison en tient-il compte ?",
            share=capital(written),
        )


_USE: tuple[Callable[[School], Iterator[str]], ...] = (_arrived, _trend, _levels, _long_days, _outside, _rhythm)
_ADOPTION: tuple[Callable[[School], Iterator[str]], ...] = (_irregular, _silent, _idle, _portal, _parents)
_EQUITY: tuple[Callable[[School], Iterator[str]], ...] = (_gaps, _left_out, _without_internet)


def _is_below(share: Value | None, limit: float) -> TypeGuard[Value]:
    """Surely below: what is only "at least" so much may be above."""
    return share is not None and share.shown and share.reason != "at_least" and share.amount < limit


def _is_from(share: Value | None, limit: float) -> TypeGuard[Value]:
    """Surely from there on: what is only "at most" so much may be less."""
    return share is not None and share.shown and share.reason != "at_most" and share.amount >= limit


def _no_figure(school: School) -> str:
    """Nothing was published that asks for anything: whether data are missing, or held back."""
    say = school.language.say
    if any(value is not None and value.shown for value in map(school.value, _TOLD)):
        return say("Les chiffres publiés ne posent pas de question à eux seuls. Que voit l'équipe en classe ?")
    if school.cells:
        return say("Aucun chiffre n'est publié. Que voit l'équipe en classe, et comment le dire sans chiffre ?")
    return say("Aucune donnée n'est arrivée. Qui peut demander les exports, et pour quand ?")
