"""What a family can do, on the second page of the leaflet."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import leaflet


def leaflet_families(school: School) -> blocks.Block:
    """A heading and a few short lines, the same for every school."""
    return blocks.heading(school.language.say("Que faire à la maison ?")) + blocks.bullets(leaflet.for_families(school))
