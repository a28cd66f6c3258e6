"""Who has a tablet, drawn where it differs: from level to level, and from week to week when a delivery came late."""

from analysis.figures import week_shares
from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING, hidden_names, instead, value_table
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_delivery import delivery, late
from analysis.reports.sentences.sources import equipped

_MEASURE = "equipped_share"


def equipped_pupils(school: School) -> blocks.Block:
    """Bars by level when levels are apart, bars by week after a lasting change, which the title says; nothing without either."""
    return blocks.stack(*(block for block in (_by_level(school), _by_week(school)) if block.typst)) if school.has_individual else NOTHING


def equipment_differs(school: School) -> bool:
    """Levels are apart, so that this figure draws them."""
    levels = _levels(school)
    return bool(levels) and titles.apart(levels)


def _levels(school: School) -> list[tuple[str, Value]]:
    return [(level, value) for level, value in school.series(_MEASURE, "level", "") if value.shown]


def _by_level(school: School) -> blocks.Block:
    language, say = school.language, school.language.say
    series, levels = school.series(_MEASURE, "level", ""), _levels(school)
    if not equipment_differs(school):
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, say("Élèves équipés selon le niveau"), [value for _, value in series])
    rows = [Length(level, value.amount, words.amount(language, value, "share"), value.is_bound) for level, value in levels]
    listed = words.enumerated(language, [f"{row.name} {row.number}" for row in rows])
    table = value_table(
        school,
        say("Les chiffres : élèves équipés selon le niveau"),
        [level for level, _ in series],
        [value for _, value in series],
        "share",
        say("niveau"),
    )
    note = [say("Part des élèves inscrits qui ont une tablette à eux."), *hidden_names(school, series)]
    return blocks.figure(
        titles.equipped_by_level(language, levels),
        chart(rows),
        say("Barres de la part des élèves équipés, selon le niveau : {levels}.", levels=listed),
        " ".join(note),
        table,
    )


def _by_week(school: School) -> blocks.Block:
    language, say = school.language, school.language.say
    series = school.series(_MEASURE, "week", "")
    found = delivery(series, int(str(school.facts.get("pupils") or 0)))
    if found is None:
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, say("Élèves équipés de semaine en semaine"), [value for _, value in series])
    note = [say("Part des élèves inscrits qui ont une tablette à eux, semaine par semaine."), week_shares.gaps(school, series)]
    return blocks.figure(
        late(language, found).removesuffix("."),
        week_shares.chart(school, series, None),
        say("Barres de la part des élèves équipés chaque semaine, {extremes}.", extremes=week_shares.extremes(school, series)),
        " ".join(filter(None, [*note, equipped(school)])),
        week_shares.table(school, series, say("Les chiffres : élèves équipés, semaine par semaine"), say("part des inscrits")),
    )
