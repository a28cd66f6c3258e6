"""Access, group by group: who has a tablet, one that works, one to take home, and internet there."""

from analysis.figures.group_rows import ALL, Row, is_shown, readable
from analysis.figures.sheet import NOTHING
from analysis.figures.use_gaps import unknown_line
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.equity_groups import TRAITS, groups, has_unknown, trait

_MEASURES = ("equipped_share", "working_share", "take_home_share", "home_internet_share")
_NEARLY_ALL = 0.9
_ALIKE = 0.05  # of the pupils: shares that lie within this are "as many"


def access_by_group(school: School, level: int = 3) -> blocks.Block:
    """A table with a row for each group, under what it says of equipment; a box when nothing of it is known."""
    say, every = school.language.say, _rows(school)
    kept_rows, dropped = readable(school, every)
    rows = [row for row in kept_rows if is_shown(row)]
    if not rows:
        return blocks.notice(say("Rien n'est publié de l'équipement des élèves."), _why(school))
    kept = [i for i in range(len(_MEASURES)) if any(values[i] is not None for _, _, values in rows)]
    header = [say("groupe"), *(_headings(school)[i] for i in kept)]
    cells = [[name, *words.row(school, [values[i] for i in kept], "share")] for _, name, values in rows]
    return blocks.stack(
        blocks.heading(_title(school, every), level),
        blocks.table(header, cells, say("Part des élèves, groupe par groupe")),
        blocks.note(" ".join(filter(None, [_note(school, [_MEASURES[i] for i in kept]), _hidden(school, kept_rows, rows), *dropped]))),
        _shared(school),
    )


def _rows(school: School) -> list[Row]:
    """All pupils, then each group that one of the measures knows."""
    rows: list[Row] = [(ALL, school.language.say("tous les élèves"), [school.value(measure) for measure in _MEASURES])]
    for breakdown in TRAITS:
        columns = [dict(groups(school, measure, breakdown)) for measure in _MEASURES]
        names = next((list(column) for column in columns if column), [])
        rows += [(breakdown, name, [column.get(name) for column in columns]) for name in names]
    return rows


def _headings(school: School) -> list[str]:
    say = school.language.say
    return [say("ont une tablette"), say("qui marche"), say("peuvent l'emporter"), say("ont internet chez eux")]


def _title(school: School, rows: list[Row]) -> str:
    """The finding on equipment, else on internet at home."""
    language, say = school.language, school.language.say
    of_groups = [(name, values[0]) for breakdown, name, values in rows if breakdown != ALL and values[0] is not None and values[0].shown]
    everyone = rows[0][2][0]
    if everyone is None or not everyone.shown:
        internet = rows[0][2][-1]
        if internet is None or not internet.shown:
            return say("L'équipement, groupe par groupe")
        share = words.capital(words.amount(language, internet, "share"))
        return say("{share} des élèves ont internet à la maison, parmi ceux dont on le sait", share=share)
    exact = [(name, value) for name, value in of_groups if value.is_exact]
    nearly_all = [value.amount >= _NEARLY_ALL and value.reason != "at_most" for _, value in of_groups]
    if everyone.reason != "at_most" and everyone.amount >= _NEARLY_ALL and all(value.amount >= _NEARLY_ALL for _, value in exact):
        said = say("Presque tous les élèves ont une tablette")
        return say("{said}, quel que soit le groupe", said=said) if len(nearly_all) > 1 and all(nearly_all) else said
    share = words.capital(words.amount(language, everyone, "share"))
    if len(exact) < 2:
        return say("{share} des élèves ont une tablette", share=share)
    return _spread(language, share, exact)


def _spread(language: Language, share: str, exact: list[tuple[str, Value]]) -> str:
    """From the group that has the fewest tablets to the one that has the most; `share`: that of all pupils, in words."""
    say = language.say
    low, high = (end(exact, key=lambda pair: pair[1].amount) for end in (min, max))
    if high[1].amount - low[1].amount <= _ALIKE:
        return say("{share} des élèves ont une tablette, autant d'un groupe à l'autre", share=share)
    ends = [say("{share} ({name})", share=words.amount(language, value, "share"), name=name) for name, value in (low, high)]
    return say("Ont une tablette : de {low} à {high}", low=ends[0], high=ends[1])


def _note(school: School, measures: list[str]) -> str:
    say = school.language.say
    definitions = {
        "equipped_share": say("Une tablette : la sienne, parmi les élèves inscrits."),
        "working_share": say("Qui marche : vue dans les 14 derniers jours, parmi les élèves équipés."),
        "take_home_share": say("L'emporter : ce que l'école permet, parmi les élèves équipés."),
        "home_internet_share": say("Internet : parmi les élèves pour qui c'est connu."),
    }
    unknown = [trait(school.language, breakdown) for breakdown in TRAITS if has_unknown(school, breakdown)]
    return " ".join(filter(None, [*(definitions[measure] for measure in measures), unknown_line(school, unknown)]))


def _hidden(school: School, every: list[Row], rows: list[Row]) -> str:
    """The groups that have no row since nothing of them may be shown."""
    names = [row[1] for row in every if row not in rows]
    return school.language.say("Aucun chiffre publié pour : {groups}.", groups=words.listed(school.language, names)) if names else ""


def _shared(school: School) -> blocks.Block:
    """Shared tablets are access too, of a kind."""
    devices = int(str(school.facts.get("shared_devices") or 0))
    if not devices:
        return NOTHING
    number = school.language.number(devices)
    return blocks.paragraphs(
        [school.language.say("Environ {number} tablettes partagées servent aussi, de classe en classe.", number=number)]
    )


def _why(school: School) -> str:
    say, reasons = school.language.say, {value.reason for _, _, values in _rows(school) for value in values if value is not None}
    for reason in ("small", "steady", "coverage"):
        if reason in reasons:
            return words.capital(withheld.because(school, reason)) + "."
    return say("Les listes ne disent pas qui a une tablette.")
