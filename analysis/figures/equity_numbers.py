"""Three numbers under the answer on equity: the first three, by order of interest, that the data allow."""

from analysis.figures.numbers_row import Candidate, row_of
from analysis.reports import blocks
from analysis.reports.school import School


def equity_numbers(school: School) -> blocks.Block:
    """Up to three large numbers with their few words; nothing when none may be shown."""
    return row_of(school, candidates(school))


def candidates(school: School) -> list[Candidate]:
    """The numbers on equity, by order of interest."""
    say, value = school.language.say, school.value
    found = [
        (value("equipped_share"), say("des élèves ont une tablette à eux")),
        (value("left_out_share"), say("des équipés s'en servent moins d'une fois par semaine")),
        (value("lorenz_share", "lowest", "20"), say("des minutes pour les 20 % qui s'en servent le moins")),
        (value("working_share"), say("des équipés ont une tablette vue depuis 14 jours")),
        (value("home_internet_share"), say("ont internet à la maison, parmi ceux dont on le sait")),
        (value("take_home_share"), say("des équipés peuvent emporter la tablette")),
    ]
    return [(value, "share", text) for value, text in found]
