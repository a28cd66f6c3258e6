"""What cannot be said of the territory, and why; and the days to read with care."""

from analysis.reports import blocks
from analysis.reports.sentences.sources import breaks
from analysis.reports.sentences.territory_absent import absent
from analysis.reports.territory import Territory


def territory_limits(territory: Territory) -> blocks.Block:
    """A list: each figure that is absent with its reason, then what no figure of this report can say; then the breaks, if any."""
    say, lines = territory.language.say, breaks(territory.whole)
    missing = blocks.heading(say("Ce qui ne peut pas être dit, et pourquoi")) + blocks.bullets(absent(territory))
    return missing + blocks.heading(say("Ruptures et périodes à lire avec prudence")) + blocks.bullets(lines) if lines else missing
