"""A gap between two groups, in words. It is called a difference only when its 95 % interval leaves zero out."""

from math import floor
from typing import Literal

from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences.equity_groups import Pair
from analysis.reports.sentences.words import capital

ALIKE = {"minutes": 1.0, "share": 0.05}  # an interval that stays within this of zero is "as much"
_FRACTIONS = (
    (0.1, "tenth"),
    (0.2, "fifth"),
    (0.25, "quarter"),
    (1 / 3, "third"),
    (0.5, "half"),
    (2 / 3, "two_thirds"),
    (0.75, "three_quarters"),
)
_NOISE = 1e-9  # of arithmetic, in ends that are rounded to a step
_LEAST, _MOST = 0.075, 0.85  # of the others' minutes: outside, no fraction is said
_EXACT_MEAN = 22  # pupils: the mean of fewer is rounded to 5 minutes, too coarse for a fraction

Verdict = Literal["more", "less", "alike", "unknown", "alone"]


def verdict(gap: Value, unit: str = "minutes") -> Verdict:
    """What may be said of a gap that is shown: a sure difference, alike, cannot tell; `alone` when it has no interval."""
    if gap.interval is None:
        return "alone"
    low, high = gap.interval
    if low > 0 or high < 0:
        return "more" if low > 0 else "less"
    return "alike" if max(-low, high) <= ALIKE[unit] + _NOISE else "unknown"


def is_sure(gap: Value, unit: str = "minutes") -> bool:
    """A difference, or that there is none, may be stated."""
    return verdict(gap, unit) in ("more", "less", "alike")


def use_sentence(language: Language, pair: Pair, gap: Value) -> str:
    """A gap in minutes as a sentence that a parent can repeat; `gap` is shown."""
    return capital(_use(language, pair, gap))


def _use(language: Language, pair: Pair, gap: Value) -> str:
    say, found = language.say, verdict(gap)
    if found == "alike":
        return say("{here} et {others} utilisent autant la tablette, à une minute près.", here=pair.here, others=pair.others)
    if found in ("unknown", "alone"):
        return cannot_tell(language, pair, gap)
    if abs(gap.amount) < 1:
        more = say("un peu plus") if found == "more" else say("un peu moins")
        return say("{here} utilisent la tablette {more} que {others} (moins d'une minute).", here=pair.here, others=pair.others, more=more)
    amount = signed(language, gap.amount)
    return say("{here} utilisent la tablette {amount} par jour que {others}.", here=pair.here, others=pair.others, amount=amount)


def cannot_tell(language: Language, pair: Pair, gap: Value, unit: str = "minutes") -> str:
    """Not sure, or without interval, with what is known."""
    said = language.say("entre {here} et {others}, on ne peut pas dire.", here=pair.here, others=pair.others)
    if gap.interval is None:
        return said + " " + language.say("Une seule classe, ou trop peu : l'écart n'a pas d'intervalle.")
    return said + " " + language.say("L'écart irait {interval}.", interval=interval(language, gap.interval, unit))


def regular_sentence(language: Language, pair: Pair, gap: Value) -> str:
    """A gap in the share of regular pupils; `gap` is shown."""
    say, found = language.say, verdict(gap, "share")
    if found == "alike":
        return capital(say("{here} et {others} sont aussi souvent réguliers, à cinq points près.", here=pair.here, others=pair.others))
    if found in ("unknown", "alone"):
        return capital(cannot_tell(language, pair, gap, "share"))
    said = say(
        "la part d'élèves réguliers : {amount} pour {here} que pour {others}.",
        amount=signed(language, gap.amount, "share"),
        here=pair.here,
        others=pair.others,
    )
    return capital(said)


def fraction(school: School, breakdown: str, category: str, gap: Value) -> str:
    """A sure gap as a part of the others' minutes: `environ un tiers de moins`; empty when it is too small, too large or too coarse.

    The others' minutes are those of the group less the gap: what its neighbours of the same class do.
    """
    mean = school.value("minutes_per_pupil_day", breakdown, category, gap.evidence)
    if verdict(gap) not in ("more", "less") or mean is None or not mean.is_exact or (mean.n or _EXACT_MEAN) < _EXACT_MEAN:
        return ""
    others = mean.amount - gap.amount
    share = abs(gap.amount) / others if others > 0 else 0.0
    if abs(gap.amount) < 1 or not _LEAST <= share <= _MOST:
        return ""
    name = min(_FRACTIONS, key=lambda known: abs(known[0] - share))[1]
    part, say = _fraction_words(school.language)[name], school.language.say
    return say("environ {part} de plus", part=part) if gap.amount > 0 else say("environ {part} de moins", part=part)


def _fraction_words(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "tenth": say("un dixième"),
        "fifth": say("un cinquième"),
        "quarter": say("un quart"),
        "third": say("un tiers"),
        "half": say("la moitié"),
        "two_thirds": say("deux tiers"),
        "three_quarters": say("trois quarts"),
    }


def interval(language: Language, ends: tuple[float, float], unit: str = "minutes") -> str:
    """`de 2 minutes de moins à 3 minutes de plus`."""
    low, high = (signed(language, end, unit) for end in ends)
    return language.say("de {low} à {high}", low=low, high=high)


def signed(language: Language, amount: float, unit: str = "minutes") -> str:
    """`3 minutes de moins`, `moins d'une minute de plus`, `4 points de plus`, `zéro`; half a minute counts as one once there is one."""
    size = abs(amount) if unit == "minutes" else 100 * abs(amount)
    if size == 0:
        return language.say("zéro")
    is_more = amount > 0
    if size < 1 - _NOISE:
        return _under_one(language, unit, is_more)
    counted = _counted_minutes if unit == "minutes" else _counted_points
    return counted(language, floor(size + 0.5), is_more)


def _counted_minutes(language: Language, number: int, is_more: bool) -> str:
    if is_more:
        return language.count("{number} minute de plus", "{number} minutes de plus", number)
    return language.count("{number} minute de moins", "{number} minutes de moins", number)


def _counted_points(language: Language, number: int, is_more: bool) -> str:
    if is_more:
        return language.count("{number} point de plus", "{number} points de plus", number)
    return language.count("{number} point de moins", "{number} points de moins", number)


def _under_one(language: Language, unit: str, is_more: bool) -> str:
    say = language.say
    if unit == "minutes":
        return say("moins d'une minute de plus") if is_more else say("moins d'une minute de moins")
    return say("moins d'un point de plus") if is_more else say("moins d'un point de moins")
