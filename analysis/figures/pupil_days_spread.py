"""How pupil-days are spread: none, under 5, 5 to 30, over 30 minutes."""

from analysis.figures.bars import Part, whole
from analysis.figures.pupil_day_parts import parts_of
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import titles, words


def pupil_days_spread(school: School, level: int = 2) -> blocks.Block:
    """One bar of all pupil-days. Parts that would give back a coded one are merged; a coded part is hatched, at its bound."""
    used = school.value("share_pupil_days_used")
    if used is None or not used.shown or used.evidence == "checkin":
        return NOTHING
    over_30 = school.value("share_pupil_days_over_30")
    parts = parts_of(school, used.evidence)
    return blocks.figure(
        titles.pupil_days_spread(school.language, used, over_30),
        whole(parts),
        _alternative(school, parts),
        _note(school, used, parts),
        _table(school, parts),
        level,
    )


def _note(school: School, used: Value, parts: list[Part]) -> str:
    say, language = school.language.say, school.language
    lines = [say("Jour-élève : un élève équipé, un jour de classe, qu'il s'en serve ou non.")]
    if used.denominator:
        lines.append(words.pupil_days(language, used.denominator))
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
