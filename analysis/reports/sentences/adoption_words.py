"""The small change of the adoption report: so many pupils of ten, a third of the tablets, the beginning of a month."""

import datetime as dt
from typing import Literal

from analysis.reports.language import NBSP, Language
from analysis.reports.school import School, Value
from analysis.reports.sentences.words import amount, capital, enrolled_pupils, equipped_pupils, evidence, spelled, tenths

_EARLY, _MIDDLE = 10, 20  # last days of the beginning and of the middle of a month
_ALL, _HALF = 10, 5  # tenths
_NEAR = 0.015  # a share this close to a simple fraction is called by it
Grammar = Literal["none", "one", "many"]


def grammar(value: Value) -> Grammar:
    """The form of the verb after `pupils`: `none` asks for a negation, `one` for the singular."""
    number = tenths(value.amount)
    if number == 0 and value.reason != "at_least":
        return "none"
    return "one" if number <= 1 or (number == _HALF and value.is_exact) else "many"


def pupils(language: Language, value: Value) -> str:
    """`six élèves sur dix`, `un élève sur deux`, `presque tous les élèves`, `presque aucun élève`, `au moins huit élèves sur dix`."""
    say, number = language.say, tenths(value.amount)
    if grammar(value) == "none":
        return say("presque aucun élève")
    if number == _ALL and value.reason != "at_most":
        return say("presque tous les élèves")
    if number == _HALF and value.is_exact:
        return say("un élève sur deux")
    count = max(number, 1)
    counted = language.count("{word} élève sur dix", "{word} élèves sur dix", count, word=spelled(language, count)) if count < _ALL else ""
    if value.reason == "at_least":
        return say("au moins {pupils}", pupils=counted)
    return say("au plus {pupils}", pupils=counted or say("dix élèves sur dix")) if value.reason == "at_most" else counted


def fraction(language: Language, value: Value) -> tuple[str, bool]:
    """A share of things in words, and whether its verb is singular: `Un tiers` (True), `12 %` (False), `5 % au plus` (False)."""
    if value.is_exact:
        say = language.say
        one = ((1 / 4, say("un quart"), True), (1 / 3, say("un tiers"), True), (1 / 2, say("la moitié"), True))
        for share, name, is_singular in (*one, (2 / 3, say("deux tiers"), False), (3 / 4, say("trois quarts"), False)):
            if abs(value.amount - share) <= _NEAR:
                return name, is_singular
    return amount(language, value, "share"), False


def day_of_month(language: Language, day: dt.date) -> str:
    """`début septembre`, `mi-septembre`, `fin septembre`."""
    month = language.date(day, "LLLL")
    if day.day <= _EARLY:
        return language.say("début {month}", month=month)
    return language.say("mi-{month}", month=month) if day.day <= _MIDDLE else language.say("fin {month}", month=month)


def month_of(language: Language, month: str) -> str:
    """`septembre` for "2025-09"."""
    return language.date(dt.date.fromisoformat(f"{month}-01"), "LLLL")


def spoken_days(language: Language, days: float) -> str:
    """`1 jour de classe`, `3 jours de classe`."""
    return language.count("{number} jour de classe", "{number} jours de classe", round(days))


def basis(school: School, value: Value, *, enrolled: bool = False) -> str:
    """The small line that ends a note: who was counted (all `enrolled` pupils, or the equipped ones), how it is known, coverage."""
    language, parts = school.language, list[str]()
    if value.n:
        parts.append(enrolled_pupils(language, value.n) if enrolled else equipped_pupils(language, value.n))
    if value.evidence:
        parts.append(evidence(language, value.evidence).partition(" (")[0])
    coverage = school.coverage
    if coverage is not None and coverage.shown:
        parts.append(language.say("couverture : {share}", share=amount(language, coverage, "share")).replace(" ", NBSP))
    return capital(" · ".join(parts) + ".") if parts else ""
