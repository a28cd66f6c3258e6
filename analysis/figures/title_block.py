"""The opening of a report: its title, header, footer and metadata, by what it is about."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import covers, periods
from analysis.reports.territory import Territory


def title_block(about: School | Territory, kind: str) -> blocks.Block:
    """The cover of a report of a kind that `covers.py` knows. Raises ValueError for another.

    The exporters make the title block, the header and the footer of its facts; the report of a territory bears no UAI.
    """
    place = about.whole if isinstance(about, Territory) else about
    language = place.language
    name, uai = language.typeset(place.name), "" if isinstance(about, Territory) else place.uai
    subtitle, topic = covers.cover(language, kind, periods.data_span(language, place.period))
    return blocks.cover(
        name,
        subtitle,
        lang=language.code,
        territory=language.typeset(place.settings.get("territory", "")),
        topic=topic,
        uai=uai,
        school=name if uai else "",
        period_label=periods.short_label(language, place.period),
        kind=kind,
        is_invented=place.is_invented,
    )
