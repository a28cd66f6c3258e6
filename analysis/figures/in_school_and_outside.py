"""Minutes within the bells of the school, and the others."""

from analysis.figures import style
from analysis.figures.bars import Part, whole
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import titles, words


def in_school_and_outside(school: School, level: int = 2) -> blocks.Block:
    """One bar of the minutes of school days, in class hours and outside; only where the hours are known (`foreground`)."""
    share = school.value("share_minutes_in_school", evidence="foreground")
    if share is None or not share.shown:
        return NOTHING
    parts, say = _parts(school, share), school.language.say
    listed = words.enumerated(school.language, [f"{part.label} {part.number}" for part in parts])
    note = [
        say("Minutes des jours de classe, selon les horaires de l'école ; la pause de midi compte en dehors."),
        words.capital(words.basis(school, share)),
    ]
    if share.is_bound:
        note.append(say("La part hachurée est dessinée à sa borne : sa vraie taille n'est pas publiée."))
    table = blocks.Table(
        [say("moment"), say("part des minutes")],
        [[part.label, part.number] for part in parts],
        say("Les chiffres : en classe et en dehors"),
    )
    title = titles.in_school_and_outside(school.language, share)
    alternative = say("Barre qui partage les minutes des jours de classe : {parts}.", parts=listed)
    return blocks.figure(title, whole(parts), alternative, " ".join(note), table, level)


def _parts(school: School, share: Value) -> list[Part]:
    say, percent = school.language.say, school.language.percent
    inside, outside = percent(share.amount), percent(1 - share.amount)
    at_most, at_least = share.reason == "at_most", share.reason == "at_least"
    if share.is_bound:
        bounds = (say("{amount} au plus", amount=inside), say("{amount} au moins", amount=outside))
        inside, outside = bounds if at_most else (say("{amount} au moins", amount=inside), say("{amount} au plus", amount=outside))
    return [
        Part(share.amount, inside, say("pendant la classe"), style.MIDDLE, at_most),
        Part(1 - share.amount, outside, say("en dehors"), style.GREY if at_least else style.LIGHT, at_least),
    ]
