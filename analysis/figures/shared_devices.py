"""Shared tablets: minutes of the tablet, never of a pupil."""

from analysis.figures import style
from analysis.figures.bars import Part, whole
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import titles, words


def shared_devices(school: School, level: int = 2) -> blocks.Block:
    """A heading with the mean of a tablet-day and how often a tablet serves; nothing without a figure to show."""
    language, say = school.language, school.language.say
    mean, used = school.value("minutes_per_device_day"), school.value("share_device_days_used")
    if not school.has_shared or mean is None or not mean.is_exact:
        return NOTHING
    lines = [
        say("Une tablette partagée sert en moyenne {minutes} par jour de classe.", minutes=words.spoken_minutes(language, mean.amount))
    ]
    if used is not None and used.shown:
        lines.append(say("Elle sert {share} des jours de classe.", share=words.amount(language, used, "share")))
    lines.append(say("On ne sait pas qui la tient : la durée est celle de la tablette, jamais celle d'un élève."))
    title, text = titles.shared_devices(language, used, mean), " ".join(lines)
    if used is None or not used.is_exact:
        return blocks.heading(title, level) + blocks.paragraphs([text]) + blocks.note(_note(school))
    parts = _parts(school, used)
    listed = words.enumerated(school.language, [f"{part.label} {part.number}" for part in parts])
    table = blocks.Table(
        [say("tablettes partagées"), say("part des jours de classe")],
        [[part.label, part.number] for part in parts],
        say("Les chiffres : tablettes partagées"),
    )
    alternative = say("Barre qui partage les jours de classe des tablettes partagées : {parts}.", parts=listed)
    return blocks.figure(title, whole(parts), alternative, f"{text} {words.capital(_note(school))}", table, level)


def _parts(school: School, used: Value) -> list[Part]:
    say, percent = school.language.say, school.language.percent
    return [
        Part(1 - used.amount, percent(1 - used.amount), say("ne sert pas"), "white"),
        Part(used.amount, percent(used.amount), say("sert"), style.MIDDLE),
    ]


def _note(school: School) -> str:
    """Its evidence and coverage are those of the shared tablets."""
    language, say = school.language, school.language.say
    evidence = words.evidence(language, school.shared_evidence or "foreground")
    devices = school.facts.get("shared_devices")
    parts = [say("environ {number} tablettes partagées", number=language.number(int(str(devices)))), evidence]
    coverage = school.value("coverage_shared", evidence=school.shared_evidence) or school.value("coverage_shared")
    if coverage is not None and coverage.shown:
        parts.append(say("couverture : {share} des jours-tablettes", share=words.amount(language, coverage, "share")))
    return " · ".join(parts) + "."
