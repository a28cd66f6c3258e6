"""Level by level: who has a tablet, and who among them is regular, as one small table."""

from analysis.figures.equipped_pupils import equipment_differs
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_values import tablet_series, tablets
from analysis.reports.sentences.adoption_words import basis

_REGULAR = "regular_share"


def adoption_by_level(school: School) -> blocks.Block:
    """A column for each level, a row for each share; nothing where most are withheld, or where `equipped_pupils` has drawn the only row."""
    say = school.language.say
    equipped, regular = school.series("equipped_share", "level", ""), tablet_series(school, _REGULAR, "level")
    named = {say("équipés, parmi les inscrits"): dict(equipped), say("réguliers, parmi les équipés"): dict(regular)}
    found = {name: cells for name, cells in named.items() if cells and not withheld.prevail(cells.values())}
    has_regular = say("réguliers, parmi les équipés") in found
    if not found or not school.has_individual or (not has_regular and equipment_differs(school)):
        return NOTHING
    levels = [level for level, _ in max(equipped, regular, key=len)]
    rows = [[name, *words.row(school, [cells.get(level) for level in levels], "share")] for name, cells in found.items()]
    overall = tablets(school, _REGULAR)
    dropped = [
        withheld.instead(school, words.capital(name), cells.values()) for name, cells in named.items() if cells and name not in found
    ]
    return blocks.stack(
        blocks.heading(_title(school, overall, found)),
        blocks.table([say("part des élèves"), *levels], rows, say("De niveau en niveau")),
        blocks.note(" ".join([_note(school, overall, has_regular), *withheld.joined(school, levels), *dropped])),
    )


def _title(school: School, overall: Value | None, found: dict[str, dict[str, Value]]) -> str:
    if overall is not None and overall.shown:
        return titles.regular(school.language, overall)
    levels = [(level, value) for level, value in next(iter(found.values())).items() if value.shown]
    return titles.equipped_by_level(school.language, levels)


def _note(school: School, overall: Value | None, has_regular: bool) -> str:
    say = school.language.say
    if not has_regular:
        return say("Part des élèves inscrits qui ont une tablette à eux.")
    sure = say("Un niveau compte peu de classes : on ne peut pas dire si un écart d'usage entre niveaux est sûr.")
    return f"{sure} {basis(school, overall)}" if overall is not None and overall.shown else sure
