"""What should have arrived and did not."""

from analysis.reports import blocks
from analysis.reports.sentences import quality
from analysis.reports.territory import Territory


def missing_data(territory: Territory) -> blocks.Block:
    """A list with one line for each school, week or export that is missing; a sentence when nothing is."""
    say, lines = territory.language.say, quality.missing(territory)
    if not lines:
        everything = say("Rien ne manque : chaque école a ses données, semaine après semaine.")
        return blocks.heading(say("Ce qui manque : rien")) + blocks.paragraphs([everything])
    return blocks.heading(say("Ce qui manque")) + blocks.bullets(lines)
