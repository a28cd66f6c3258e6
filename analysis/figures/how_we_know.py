"""How we know: evidence, coverage, sources, what was left out and why."""

from analysis.figures import week_shares
from analysis.figures.sheet import NOTHING, instead
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import absent, sources, withheld, words


def how_we_know(school: School) -> blocks.Block:
    """What the figures rest on, and a list of what is absent from this report with the reason of each."""
    say = school.language.say
    missing, breaks = absent.absent(school), sources.breaks(school)
    return blocks.stack(
        blocks.paragraphs([f"{sources.evidence(school)} {sources.equipped(school)}".strip()]),
        _coverage(school),
        blocks.listed(say("D'où viennent les données"), sources.sources(school), 3),
        blocks.listed(say("Ruptures et périodes à lire avec prudence"), breaks, 3),
        blocks.listed(say("Ce qui manque, et pourquoi"), missing, 3),
    )


def _coverage(school: School) -> blocks.Block:
    """Coverage by week, unless `devices_seen` already draws it."""
    language, say = school.language, school.language.say
    series = school.series("coverage", "week", school.evidence or None)
    overall, floor = school.coverage, school.setting("coverage_floor", 0.5)
    if school.evidence == "checkin" or overall is None or not overall.shown or not any(value.shown for _, value in series):
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, say("Couverture de semaine en semaine"), [value for _, value in series])
    note = say(
        "Jour-tablette : une tablette confiée, un jour de classe. Sous {floor}, un chiffre est remplacé par « données insuffisantes ».",
        floor=language.percent(floor),
    )
    share = words.amount(language, overall, "share")
    return blocks.figure(
        say("Couverture : les données de {share} des jours-tablettes sont arrivées", share=share),
        week_shares.chart(school, series, floor),
        say("Barres de la couverture de chaque semaine, {extremes}.", extremes=week_shares.extremes(school, series)),
        " ".join(filter(None, [note, week_shares.gaps(school, series)])),
        week_shares.table(school, series, say("Les chiffres : couverture, semaine par semaine"), say("part des jours-tablettes")),
        level=3,
    )
