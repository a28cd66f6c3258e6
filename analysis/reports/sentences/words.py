"""The small change of the sentences: a share, a duration, a rank of ten, how many pupils, each as a person would say it."""

from collections.abc import Iterable, Sequence

from analysis.reports.language import NBSP, Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import withheld

HALF_HOUR_IS_RARE = 0.10  # a bound or a share up to here is "rarely"
_ROUNDS_TO_0 = 0.5  # minutes
_WHOLE_FROM = 10  # a number is written with a decimal below it


def cell(school: School, value: Value | None, unit: str) -> str:
    """A published value for a table: `9 min`, `62 %`, `5 % au plus`, `non publié (moins de 11 élèves)`.

    `unit` is `minutes`, `share` or `number`.
    """
    if value is None:
        return "–"
    return amount(school.language, value, unit) if value.shown else withheld.phrase(school, value.reason)


def row(school: School, values: Sequence[Value | None], unit: str) -> list[str]:
    """The cells of one row; a reason that keeps several of them back is said once."""
    cells, said = list[str](), set[str]()
    for value in values:
        is_told = value is not None and not value.shown and value.reason in said
        cells.append(school.language.say("non publié") if is_told else cell(school, value, unit))
        said |= withheld.reasons_of([value])
    return cells


def amount(language: Language, value: Value, unit: str) -> str:
    """A shown value in words; a bound says that it is one. `unit` is `minutes`, `share` or `number`."""
    written = _written(language, value.amount, unit)
    if value.reason == "at_most":
        return language.say("{amount} au plus", amount=written)
    if value.reason == "at_least":
        return language.say("{amount} au moins", amount=written)
    return written


def big(language: Language, value: Value, unit: str) -> str:
    """A shown value as a large number: `62 %`, `≤ 5 %`, `13 min`."""
    sign = {"at_most": "≤\u00a0", "at_least": "≥\u00a0"}.get(value.reason, "")
    return sign + _written(language, value.amount, unit)


def _written(language: Language, value: float, unit: str) -> str:
    if unit == "number":
        return language.number(value, 1 if value < _WHOLE_FROM and not value.is_integer() else 0)
    return minutes(language, value) if unit == "minutes" else language.percent(value)


def minutes(language: Language, value: float) -> str:
    """`9 min`; `< 1 min` for what rounds to 0, which is not nothing."""
    return f"<{NBSP}{language.minutes(1)}" if value < _ROUNDS_TO_0 else language.minutes(value)


def spoken_minutes(language: Language, value: float) -> str:
    """`9 minutes`, `1 minute`, `moins d'une minute`."""
    if value < 1:
        return language.say("moins d'une minute")
    return language.count("{number} minute", "{number} minutes", round(value))


def equipped_pupils(language: Language, number: float) -> str:
    """`environ 55 élèves équipés`: published counts of pupils are rounded, and their words say so."""
    return language.say("environ {number} élèves équipés", number=language.number(number))


def enrolled_pupils(language: Language, number: float) -> str:
    """`environ 55 élèves inscrits`."""
    return language.say("environ {number} élèves inscrits", number=language.number(number))


def pupil_days(language: Language, number: float) -> str:
    """`Environ 3 400 jours-élèves.`, as a sentence of a note."""
    return language.say("Environ {number} jours-élèves.", number=language.number(number))


def tenths(share: float) -> int:
    """A share as 0 to 10 tenths; 0 and 10 mean "almost never" and "almost always"."""
    return round(share * 10)


def spelled(language: Language, number: int, feminine: bool = False) -> str:
    """1 to 9 in letters: `un` (`une`), `deux`... `neuf`."""
    say = language.say
    one = say("une") if feminine else say("un")
    words = (say("deux"), say("trois"), say("quatre"), say("cinq"), say("six"), say("sept"), say("huit"), say("neuf"))
    return (one, *words)[number - 1]


def capital(text: str) -> str:
    """The text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def enumerated(language: Language, items: Iterable[str]) -> str:
    """`CP 5 min ; CE1 8 min`, for a text alternative."""
    return language.typeset(" ; " if language.code == "fr" else "; ").join(items)


def listed(language: Language, items: list[str]) -> str:
    """`CP, CE1 et CE2`."""
    if len(items) < 2:
        return "".join(items)
    return language.say("{first} et {last}", first=", ".join(items[:-1]), last=items[-1])


def evidence(language: Language, name: str) -> str:
    """How a duration is known, in a few words."""
    say = language.say
    known = {
        "foreground": say("durées mesurées (application au premier plan)"),
        "active": say("durées mesurées (appareil actif)"),
        "estimated": say("durée estimée (borne basse)"),
        "network": say("durées estimées par le réseau"),
        "checkin": say("tablettes vues, sans durée"),
    }
    return known.get(name, say("preuve inconnue"))


def basis(school: School, value: Value | None, brief: bool = True) -> str:
    """The small line under a figure: who was counted, how it is known, how much of the data arrived. In full when not `brief`."""
    language, say, parts = school.language, school.language.say, []
    if value is not None and value.n:
        parts.append(equipped_pupils(language, value.n))
    known = evidence(language, value.evidence if value is not None else school.evidence)
    parts.append(known.partition(" (")[0] if brief else known)
    coverage = school.coverage
    if coverage is not None and coverage.shown:
        share = amount(language, coverage, "share")
        parts.append(
            say("couverture : {share}", share=share).replace(" ", NBSP)
            if brief
            else say("couverture : {share} des jours-tablettes", share=share)
        )
    return " · ".join(parts) + "."
