"""How a claim is shown: its words as a heading, the verdict with its reason in a box, then what it rests on."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.sentences.territory_claims import Claim


def sheet_of(claim: Claim, *evidence: blocks.Block, sure: str = "") -> blocks.Block:
    """A claim with the figures that it rests on (`evidence`, headings of level 3) and `sure`, a sentence on how sure it is."""
    box = blocks.notice(f"{claim.word}.", claim.reason)
    return blocks.stack(blocks.heading(claim.text), box, *evidence, blocks.paragraphs([sure]) if sure else NOTHING)
