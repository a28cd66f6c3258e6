"""What cannot be said of the territory, and why."""

from analysis.reports import blocks
from analysis.reports.sentences.territory_absent import absent
from analysis.reports.territory import Territory


def territory_limits(territory: Territory) -> blocks.Block:
    """A list: each figure that is absent with its reason, then what no figure of this report can say."""
    return blocks.heading(territory.language.say("Ce qui ne peut pas être dit, et pourquoi")) + blocks.bullets(absent(territory))
