"""One page of essentials: three numbers, then what was learnt of use, adoption and equity, each with how sure it is."""

from collections.abc import Callable

from analysis.figures.adoption_numbers import candidates as of_adoption
from analysis.figures.equity_numbers import candidates as of_equity
from analysis.figures.numbers_row import Candidate, row_of
from analysis.figures.three_numbers import candidates as of_use
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import adoption_answer, answer, equity_answer
from analysis.reports.sentences.certainty import arrived, certainty

_ROWS: tuple[Callable[[School], list[Candidate]], ...] = (of_use, of_adoption, of_equity)


def dossier_essentials(school: School) -> blocks.Block:
    """The first number of each part, and its answer: for every school, even one without data."""
    say = school.language.say
    said = {
        say("L'usage de la tablette"): (answer.answer(school), certainty(school) or arrived(school)),
        say("L'adoption"): (adoption_answer.answer(school), adoption_answer.certainty(school)),
        say("L'équité"): (equity_answer.answer(school), equity_answer.certainty(school)),
    }
    parts = [_part(title, *each) for title, each in said.items()]
    return blocks.stack(blocks.heading(say("Ce que nous avons appris")), row_of(school, _firsts(school)), *parts)


def _part(title: str, said: tuple[str, str], sure: str) -> blocks.Block:
    return blocks.stack(blocks.heading(title, 3), blocks.answer(*said), blocks.paragraphs([sure]))


def _firsts(school: School) -> list[Candidate]:
    """Of each part the first number that may be shown and that no part before it has given."""
    firsts = list[Candidate]()
    for candidates in _ROWS:
        taken = [value for value, _, _ in firsts]
        shown = [each for each in candidates(school) if each[0] is not None and each[0].shown and each[0] not in taken]
        firsts += shown[:1]
    return firsts
