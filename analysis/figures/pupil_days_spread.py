"""How pupil-days are spread: none, under 5, 5 to 30, over 30 minutes."""

from analysis.figures import style
from analysis.figures.bars import Part, whole
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import titles, words


def pupil_days_spread(school: School) -> blocks.Block:
    """One bar of all pupil-days. Parts that would give back a coded one are merged; a coded part is hatched, at its bound."""
    used = school.value("share_pupil_days_used")
    if used is None or not used.shown or used.evidence == "checkin":
        return NOTHING
    over_30 = school.value("share_pupil_days_over_30")
    parts = _parts(school, used)
    return blocks.figure(
        titles.pupil_days_spread(school.language, used, over_30),
        whole(parts),
        _alternative(school, parts),
        _note(school, used, parts),
        _table(school, parts),
    )


def _parts(school: School, used: Value) -> list[Part]:
    say, percent = school.language.say, school.language.percent
    if used.is_bound:
        return _coded(school, used)
    none = Part(1 - used.amount, percent(1 - used.amount), say("aucun usage"), "white")
    under_5 = school.value("share_pupil_days_under_5")
    if under_5 is None or not under_5.is_exact:
        return [none, Part(used.amount, percent(used.amount), say("au moins un usage"), style.MIDDLE)]
    low = Part(under_5.amount, percent(under_5.amount), say("moins de\n5 min"), style.LIGHT)
    return [none, low, *_upper(school, used.amount - under_5.amount)]


def _coded(school: School, used: Value) -> list[Part]:
    """Use itself is a bound: its complement is one too."""
    say, percent = school.language.say, school.language.percent
    at_least = used.reason == "at_least"
    low, high = say("{amount} au plus", amount=percent(1 - used.amount)), say("{amount} au moins", amount=percent(used.amount))
    if not at_least:
        low, high = say("{amount} au moins", amount=percent(1 - used.amount)), say("{amount} au plus", amount=percent(used.amount))
    return [
        Part(1 - used.amount, low, say("aucun usage"), style.GREY if at_least else "white", at_least),
        Part(used.amount, high, say("au moins un usage"), style.MIDDLE, not at_least),
    ]


def _upper(school: School, over_5: float) -> list[Part]:
    """5 to 30 and over 30 minutes, when both are exact; else their sum, with a coded end at its bound."""
    say, percent = school.language.say, school.language.percent
    middle, over_30 = school.value("share_pupil_days_5_30"), school.value("share_pupil_days_over_30")
    if middle is not None and over_30 is not None and middle.is_exact and over_30.is_exact:
        return [
            Part(middle.amount, percent(middle.amount), say("de 5 à 30 min"), style.MIDDLE),
            Part(over_30.amount, percent(over_30.amount), say("plus de\n30 min"), style.INDIGO),
        ]
    if over_30 is None or over_30.reason != "at_most" or not over_30.is_bound or over_30.amount >= over_5:
        return [Part(over_5, percent(over_5), say("5 min et plus"), style.MIDDLE)]
    both, rest = percent(over_5), words.amount(school.language, over_30, "share")
    return [
        Part(over_5 - over_30.amount, both, say("5 min et plus, dont :"), style.MIDDLE),
        Part(over_30.amount, rest, say("plus de\n30 min"), style.INDIGO, True),
    ]


def _note(school: School, used: Value, parts: list[Part]) -> str:
    say, language = school.language.say, school.language
    lines = [say("Jour-élève : un élève équipé, un jour de classe, qu'il s'en serve ou non.")]
    if used.denominator:
        lines.append(language.count("{number} jour-élève.", "{number} jours-élèves.", round(used.denominator)))
    if any(part.is_bound for part in parts):
        lines.append(say("La part hachurée est dessinée à sa borne : sa vraie taille n'est pas publiée."))
    return " ".join([*lines, capital_basis(school, used)])


def capital_basis(school: School, value: Value) -> str:
    """The usual small line, as a sentence that follows another."""
    return words.capital(words.basis(school, value))


def _alternative(school: School, parts: list[Part]) -> str:
    listed = words.enumerated(school.language, [f"{_flat(part)} {part.number}" for part in parts])
    return school.language.say("Barre qui partage tous les jours-élèves : {parts}.", parts=listed)


def _flat(part: Part) -> str:
    return part.label.replace("\n", " ").rstrip(" :,\u00a0")


def _table(school: School, parts: list[Part]) -> blocks.Table:
    """The parts as drawn, and no other: the table must not give what the drawing merges."""
    say = school.language.say
    rows = [[_flat(part), part.number] for part in parts]
    return blocks.Table([say("durée dans la journée"), say("part des jours-élèves")], rows, say("Les chiffres : partage des jours-élèves"))
