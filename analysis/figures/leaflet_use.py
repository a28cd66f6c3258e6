"""When and for what the tablet serves, for families."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import leaflet


def leaflet_use(school: School) -> blocks.Block:
    """Two short lists with their headings; a list without a line is left out."""
    say = school.language.say
    parts = {say("Quand sert-elle ?"): leaflet.when(school), say("Et aussi"): leaflet.what(school)}
    return blocks.stack(*(blocks.listed(title, lines) for title, lines in parts.items()))
