"""Regular pupils, and those left out, group by group and level by level."""

from analysis.figures import group_dots
from analysis.figures.group_rows import ALL, Row, is_shown, readable
from analysis.figures.sheet import NOTHING
from analysis.figures.use_gaps import unknown_line
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import equity_gaps, withheld, words
from analysis.reports.sentences.equity_groups import TRAITS, gaps, groups, has_unknown, trait

_REGULAR, _LEFT_OUT = "regular_share", "left_out_share"


def regular_by_group(school: School, level: int = 3) -> blocks.Block:
    """Two marks for each group: the share that is regular, and the share left out; nothing when neither may be shown."""
    say, language = school.language.say, school.language
    rows, dropped = readable(school, _rows(school))
    drawn = [row for row in rows if is_shown(row)]
    if not drawn:
        return NOTHING
    header = [say("groupe"), say("réguliers"), say("laissés de côté")]
    cells = [[name, *words.row(school, values, "share")] for _, name, values in rows]
    table = blocks.Table(header, cells, say("Les chiffres : élèves réguliers et laissés de côté"))
    told = [(pair, gap) for pair, gap in gaps(school, "gap_regular_share") if gap.is_exact and equity_gaps.is_sure(gap, "share")]
    said = blocks.bullets([equity_gaps.regular_sentence(language, pair, gap) for pair, gap in told])
    if not any(value is not None and value.is_exact for _, _, values in drawn for value in values):
        # bounds alone, drawn at their bounds, would show sizes of groups and nothing else
        kept = blocks.kept_table(table.header, table.rows, table.caption)
        return blocks.heading(_title(school), level) + said + blocks.note(_note(school, [], dropped)) + kept
    svg = group_dots.chart(language, _dots(school, drawn), say("réguliers"), say("laissés de côté"))
    return blocks.figure(_title(school), svg, _alternative(school, drawn), _note(school, drawn, dropped), table, level) + said


def _rows(school: School) -> list[Row]:
    rows: list[Row] = [(ALL, school.language.say("tous les élèves"), [school.value(_REGULAR), school.value(_LEFT_OUT)])]
    for breakdown in (*TRAITS, "level"):
        regular, left = (dict(groups(school, measure, breakdown)) for measure in (_REGULAR, _LEFT_OUT))
        rows += [(breakdown, name, [regular.get(name), left.get(name)]) for name in regular or left]
    return rows


def _dots(school: School, rows: list[Row]) -> list[group_dots.Row]:
    before = ["", *(row[0] for row in rows)]
    return [
        group_dots.Row(name, _mark(school, regular), _mark(school, left), starts=before[i] not in ("", breakdown))
        for i, (breakdown, name, (regular, left)) in enumerate(rows)
    ]


def _mark(school: School, value: Value | None) -> group_dots.Mark | None:
    if value is None or not value.shown:
        return None
    return group_dots.Mark(value.amount, words.big(school.language, value, "share"), value.is_bound)


def _title(school: School) -> str:
    """How many are left out, in words; else how many are regular."""
    language, say = school.language, school.language.say
    left, regular = school.value(_LEFT_OUT), school.value(_REGULAR)
    if left is not None and left.shown:
        share = words.capital(words.amount(language, left, "share"))
        return say("{share} des élèves équipés s'en servent moins d'une fois par semaine", share=share)
    if regular is not None and regular.shown:
        return say("{share} des élèves équipés sont réguliers", share=words.capital(words.amount(language, regular, "share")))
    return say("Élèves réguliers et laissés de côté, par groupe")


def _note(school: School, rows: list[Row], dropped: list[str]) -> str:
    """What the words and marks mean; `rows` are those that are drawn, `dropped` the sentences for traits that are not."""
    say = school.language.say
    unknown = [trait(school.language, breakdown) for breakdown in TRAITS if has_unknown(school, breakdown)]
    lines = [
        say("Régulier : au moins un usage de la tablette dans trois semaines d'école sur quatre."),
        say("Laissé de côté : moins de jours d'usage que de semaines d'école."),
    ]
    if any(value is not None and value.is_bound for _, _, values in rows for value in values):
        lines.append(say("Marque vide : le chiffre est une borne."))
    compared = [gap for _, gap in gaps(school, "gap_regular_share") if gap.is_exact]
    if compared and not any(equity_gaps.is_sure(gap, "share") for gap in compared):
        lines.append(say("Entre les groupes, aucune différence de régularité n'est sûre."))
    lines += withheld.joined(school, [name for breakdown, name, _ in rows if breakdown == "level"])
    basis = words.basis(school, school.value(_REGULAR) or school.value(_LEFT_OUT))
    return " ".join(filter(None, [*lines, unknown_line(school, unknown), *dropped, words.capital(basis)]))


def _alternative(school: School, rows: list[Row]) -> str:
    language, say = school.language, school.language.say
    listed = words.enumerated(
        language,
        [
            say(
                "{group} {regular} et {left}",
                group=name,
                regular=words.cell(school, regular, "share"),
                left=words.cell(school, left, "share"),
            )
            for _, name, (regular, left) in rows
        ],
    )
    return say("Deux marques par groupe, part des élèves réguliers puis laissés de côté : {rows}.", rows=listed)
