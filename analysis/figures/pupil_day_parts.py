"""Pupil-days of one evidence cut by duration, as parts of a bar. A coded end is merged with its neighbour and drawn at its bound."""

from analysis.figures import style
from analysis.figures.bars import Part
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences.words import amount


def parts_of(school: School, evidence: str) -> list[Part]:
    """None, under 5, 5 to 30, over 30 minutes, as far as they are published; empty when use itself is withheld or absent.

    Three exact parts would give back the fourth: a coded one takes its neighbour with it.
    """
    used, under_5, middle, over_30 = (
        school.value(f"share_pupil_days_{name}", evidence=evidence) for name in ("used", "under_5", "5_30", "over_30")
    )
    language = school.language
    if used is None or not used.shown:
        return []
    if used.is_bound:
        return _coded(language, used)
    none = _part(language, 1 - used.amount, language.say("aucun usage"), "white")
    if under_5 is None or not under_5.is_exact:
        return [none, _part(language, used.amount, language.say("au moins un usage"), style.MIDDLE)]
    few = _part(language, under_5.amount, language.say("moins de\n5 min"), style.LIGHT)
    return [none, few, *_upper(language, used.amount - under_5.amount, middle, over_30)]


def _upper(language: Language, over_5: float, middle: Value | None, over_30: Value | None) -> list[Part]:
    say = language.say
    if middle is not None and over_30 is not None and middle.is_exact and over_30.is_exact:
        return [
            _part(language, middle.amount, say("de 5 à 30 min"), style.MIDDLE),
            _part(language, over_30.amount, say("plus de\n30 min"), style.INDIGO),
        ]
    if over_30 is None or not over_30.is_bound or over_30.reason != "at_most" or over_30.amount >= over_5:
        return [_part(language, over_5, say("5 min et plus"), style.MIDDLE)]
    return [
        Part(over_5 - over_30.amount, language.percent(over_5), say("5 min et plus, dont :"), style.MIDDLE),
        Part(over_30.amount, amount(language, over_30, "share"), say("plus de\n30 min"), style.INDIGO, True),
    ]


def _coded(language: Language, used: Value) -> list[Part]:
    """Use itself is a bound: its complement is one too, and the part that is at most its bound is hatched."""
    say, percent, at_least = language.say, language.percent, used.reason == "at_least"
    words = (say("{amount} au plus", amount="{}"), say("{amount} au moins", amount="{}"))
    low, high = words if at_least else words[::-1]
    return [
        Part(1 - used.amount, low.format(percent(1 - used.amount)), say("aucun usage"), style.GREY if at_least else "white", at_least),
        Part(used.amount, high.format(percent(used.amount)), say("au moins un usage"), style.MIDDLE, not at_least),
    ]


def _part(language: Language, share: float, label: str, fill: str) -> Part:
    return Part(share, language.percent(share), label, fill)
