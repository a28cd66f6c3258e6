"""Three numbers under the answer on equity: the first three, by order of interest, that the data allow."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import words


def equity_numbers(school: School) -> blocks.Block:
    """Up to three large numbers with their few words; nothing when none may be shown."""
    found = [(value, text) for value, text in _candidates(school) if value is not None and value.shown][:3]
    if not found:
        return NOTHING
    return blocks.numbers([(words.big(school.language, value, "share"), text) for value, text in found])


def _candidates(school: School) -> list[tuple[Value | None, str]]:
    say, value = school.language.say, school.value
    return [
        (value("equipped_share"), say("des élèves ont une tablette à eux")),
        (value("left_out_share"), say("des équipés s'en servent moins d'une fois par semaine")),
        (value("lorenz_share", "lowest", "20"), say("des minutes pour les 20 % qui s'en servent le moins")),
        (value("working_share"), say("des équipés ont une tablette vue depuis 14 jours")),
        (value("home_internet_share"), say("ont internet à la maison, parmi ceux dont on le sait")),
        (value("take_home_share"), say("des équipés peuvent emporter la tablette")),
    ]
