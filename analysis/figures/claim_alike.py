"""The claim of equal treatment: access between schools and groups, then use between groups and between schools."""

from analysis.figures.access_by_group import access_by_group
from analysis.figures.claim_sheet import sheet_of
from analysis.figures.inequality_between import inequality_between
from analysis.figures.sheet import NOTHING
from analysis.figures.use_gaps import use_gaps
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import territory_access, territory_claims
from analysis.reports.sentences.equity_groups import gaps
from analysis.reports.territory import Territory


def claim_alike(territory: Territory) -> blocks.Block:
    """The claim, its verdict, who has a tablet, in how many schools, the gaps in use, the part that lies between schools."""
    whole, schools = territory.whole, territory_access.between_schools(territory)
    access = access_by_group(whole, 3) if whole.value("equipped_share", evidence="") else NOTHING
    said = blocks.paragraphs([schools]) if schools else NOTHING
    has_gaps = any(gap.is_exact for _, gap in gaps(whole, "gap_minutes"))
    drawn = use_gaps(whole, 3) if has_gaps else NOTHING
    return sheet_of(territory_claims.alike(territory), access, said, drawn, inequality_between(whole, 3), sure=_sure(whole, has_gaps))


def _sure(school: School, has_gaps: bool) -> str:
    if not has_gaps:
        return ""
    return school.language.say(
        "À quel point est-ce sûr ? Chaque écart a son intervalle ; avec peu d'écoles, beaucoup d'écarts restent sans réponse."
    )
