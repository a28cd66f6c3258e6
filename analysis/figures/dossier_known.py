"""How the dossier knows: evidence, sources, breaks, and what is missing from its three parts with the reason of each."""

from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import absent, adoption_absent, equity_absent, sources


def dossier_known(school: School) -> blocks.Block:
    """What the figures rest on; what is absent of use, adoption and equity, an absence that two of them share told once."""
    say = school.language.say
    missing = [*absent.absent(school), *adoption_absent.absent(school), *equity_absent.absent(school)]
    return blocks.stack(
        blocks.paragraphs([f"{sources.evidence(school)} {sources.equipped(school)}".strip()]),
        blocks.listed(say("D'où viennent les données"), sources.sources(school), 3),
        blocks.listed(say("Ruptures et périodes à lire avec prudence"), sources.breaks(school), 3),
        blocks.listed(say("Ce qui manque, et pourquoi"), list(dict.fromkeys(missing)), 3),
    )
