"""The claims and their verdicts, as a short table before each is looked at."""

from analysis.reports import blocks
from analysis.reports.sentences.territory_claims import claims
from analysis.reports.territory import Territory


def claims_at_a_glance(territory: Territory) -> blocks.Block:
    """One row for each claim: as it is heard, the verdict, why."""
    say = territory.language.say
    rows = [[claim.text, claim.word, claim.reason] for claim in claims(territory)]
    return blocks.table(
        [say("ce qui se dit"), say("verdict"), say("pourquoi")], rows, say("Ce qui se dit du projet, et ce que les données en disent")
    )
