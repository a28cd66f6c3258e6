"""Where the figures of the leaflet come from, in words of everyday."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import leaflet


def leaflet_method(school: School) -> blocks.Block:
    """A heading and a few short lines."""
    return blocks.heading(school.language.say("D'où viennent ces chiffres ?")) + blocks.bullets(leaflet.method(school))
