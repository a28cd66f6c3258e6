"""Tablets that only check in: on how many school days the fleet manager sees a tablet. Seen is not used, and no duration comes with it."""

from analysis.figures import week_shares
from analysis.figures.sheet import NOTHING, instead
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import systems, titles, withheld, words


def devices_seen(school: School, level: int = 2) -> blocks.Block:
    """Share of tablet-days seen, week by week; only for a school whose tablets are known by their check-ins."""
    language, say = school.language, school.language.say
    overall, series = school.value("coverage", evidence="checkin"), school.series("coverage", "week", "checkin")
    if school.evidence != "checkin" or overall is None or not overall.shown or not any(value.shown for _, value in series):
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, say("Tablettes vues de semaine en semaine"), [value for _, value in series])
    note = say(
        "Part des jours-tablettes où l'outil de gestion voit la tablette. Vue ne veut pas dire utilisée : {known}.",
        known=systems.no_duration(school),
    )
    return blocks.figure(
        titles.devices_seen(language, overall),
        week_shares.chart(school, series, None),
        say("Barres de la part des tablettes vues chaque semaine, {extremes}.", extremes=week_shares.extremes(school, series)),
        " ".join(filter(None, [note, week_shares.gaps(school, series), words.capital(words.basis(school, overall))])),
        week_shares.table(school, series, say("Les chiffres : tablettes vues, semaine par semaine"), say("part des jours-tablettes")),
        level,
    )
