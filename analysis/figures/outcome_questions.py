"""What can be asked of these results, as a table: question, whether there is an answer, why not."""

from analysis.reports import blocks
from analysis.reports.sentences import outcome_questions as sentences
from analysis.reports.territory import Territory


def outcome_questions(territory: Territory) -> blocks.Block:
    """One row for each question, the same four in each report."""
    say = territory.language.say
    header = [say("la question"), say("une réponse ?"), say("pourquoi")]
    return blocks.table(
        header, sentences.rows(territory), say("Ce que ces données permettent de demander, et ce qu'elles ne permettent pas")
    )
