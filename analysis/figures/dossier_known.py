"""How the dossier knows: evidence, sources, breaks, and what is missing from its three parts with the reason of each."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import absent, adoption_absent, equity_absent, sources


def dossier_known(school: School) -> blocks.Block:
    """What the figures rest on; what is absent of use, adoption and equity, an absence that two of them share told once."""
    say = school.language.say
    missing = [*absent.absent(school), *adoption_absent.absent(school), *equity_absent.absent(school)]
    return blocks.stack(
        blocks.paragraphs([f"{sources.evidence(school)} {sources.equipped(school)}".strip()]),
        _section(say("D'où viennent les données"), sources.sources(school)),
        _section(say("Ruptures et périodes à lire avec prudence"), sources.breaks(school)),
        _section(say("Ce qui manque, et pourquoi"), list(dict.fromkeys(missing))),
    )


def _section(title: str, lines: list[str]) -> blocks.Block:
    return blocks.heading(title, 3) + blocks.bullets(lines) if lines else NOTHING
