"""Known breaks in the series: days before and after which figures do not compare."""

from analysis.reports import blocks
from analysis.reports.sentences import sources
from analysis.reports.territory import Territory


def series_breaks(territory: Territory) -> blocks.Block:
    """The breaks that touch the period, one line each; a sentence when there is none."""
    say, lines = territory.language.say, sources.breaks(territory.whole)
    if not lines:
        return blocks.heading(say("Aucune rupture de série")) + blocks.paragraphs([say("Aucune rupture connue ne touche la période.")])
    return blocks.heading(say("Ruptures et périodes à lire avec prudence")) + blocks.bullets(lines)
