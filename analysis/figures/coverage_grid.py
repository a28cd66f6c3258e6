"""Coverage of each school, week by week, as a grid of small cells: a number in each, hatched below the floor."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.figures import style
from analysis.figures.fitting import fitted
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import quality, words
from analysis.reports.territory import Territory

_ROWS = 30  # schools in one drawing: more go on in a second one
_TABLE_WEEKS = 14  # columns of weeks in one table, as wide as the page
_NUMBERED_WEEKS = 20  # more weeks, and cells are too small for a number: shade and hatch, and the numbers in the table
_WELL_SEEN = 0.8
_GAP = 0.35  # of a cell, where weeks without school lie between
_FEWEST_CELLS = 12  # a drawing of fewer leaves room at its right: cells stay small
_NAMES, _HEAD, _LINE = 2.15, 0.36, 0.21  # inches: width of the names, height of the head and of a line

Weeks = list[dt.date]
Cell = tuple[Value | None, ...]


@dataclass(frozen=True)
class _Line:
    """A school with its coverage of the period, then of each week; None where no tablet was expected or no export came."""

    school: School
    cells: Cell


def coverage_grid(territory: Territory) -> blocks.Block:
    """One grid for each 30 schools that have tablets, in the neutral order; nothing when none has."""
    schools = quality.expected(territory)
    if not schools:
        return NOTHING
    weeks = _weeks(schools)
    lines = [_line(school, weeks) for school in schools]
    parts = [lines[start : start + _ROWS] for start in range(0, len(lines), _ROWS)]
    grids = [_grid(territory, part, weeks, is_first=number == 0) for number, part in enumerate(parts)]
    return blocks.stack(*grids, *_tables(territory, lines, weeks))


def _weeks(schools: Sequence[School]) -> Weeks:
    """The Mondays of all weeks that have a coverage in some school."""
    found = {week for school in schools for week, _ in school.series("coverage", "week", school.evidence or None)}
    return sorted(map(dt.date.fromisoformat, found))


def _line(school: School, weeks: Weeks) -> _Line:
    known = dict(school.series("coverage", "week", school.evidence or None))
    return _Line(school, (school.coverage, *(known.get(week.isoformat()) for week in weeks)))


def _grid(territory: Territory, lines: list[_Line], weeks: Weeks, is_first: bool) -> blocks.Block:
    least = quality.floor(territory)
    title = _title(territory) if is_first else territory.language.say("Couverture, suite")
    height = _HEAD + _LINE * len(lines) + 0.04
    drawing = style.drawing(height, lambda axes: _paint(axes, territory.language, lines, weeks, least), left=_NAMES, bottom=0.02, top=0.02)
    return blocks.figure(title, drawing, _alternative(territory, lines, weeks), _note(territory, is_first))


def _title(territory: Territory) -> str:
    language, under = territory.language, len(quality.faint(territory))
    share = language.percent(quality.floor(territory))
    if not under:
        return language.say("Couverture : aucune école connue sous le plancher de {floor}", floor=share)
    return language.count(
        "Couverture : {number} école sous le plancher de {floor}",
        "Couverture : {number} écoles sous le plancher de {floor}",
        under,
        floor=share,
    )


def _alternative(territory: Territory, lines: list[_Line], weeks: Weeks) -> str:
    language, least = territory.language, quality.floor(territory)
    cells = [value for line in lines for value in line.cells[1:] if value is not None]
    return language.say(
        "Grille, écoles : {schools}, semaines : {weeks}. Cases sous le plancher : {under} ; non publiées : {hidden} ; au-dessus : {over}.",
        schools=len(lines),
        weeks=len(weeks),
        under=sum(quality.is_under(value, least) for value in cells),
        hidden=sum(not value.shown for value in cells),
        over=sum(value.shown and not quality.is_under(value, least) for value in cells),
    )


def _note(territory: Territory, is_first: bool) -> str:
    """How to read a cell, and under the first grid the schools below the floor."""
    language, say = territory.language, territory.language.say
    under = quality.faint(territory) if is_first else []
    parts = [
        say("Chaque case : la part des jours-tablettes dont une trace est arrivée, en %. Hachures : sous le plancher."),
        say("np : non publié, trop peu d'élèves. – : aucune tablette d'élève attendue, ou aucun export."),
    ]
    if under:
        named = words.listed(language, [_with_share(school) for school in under])
        parts.append(say("Sous le plancher sur la période : {schools}.", schools=named))
    return " ".join(parts)


def _with_share(school: School) -> str:
    language, coverage = school.language, school.coverage
    share = words.amount(language, coverage, "share") if coverage is not None else ""
    return language.say("{school} ({share})", school=language.typeset(school.name), share=share)


def _paint(axes: Axes, language: Language, lines: list[_Line], weeks: Weeks, least: float) -> None:
    style.bare(axes)
    lefts = _lefts(weeks)
    axes.set_xlim(0, max(lefts[-1] + 1, _FEWEST_CELLS))
    axes.set_ylim(len(lines), -_HEAD / _LINE)
    _paint_head(axes, language, lefts, weeks)
    for row, line in enumerate(lines):
        name = fitted(language.typeset(line.school.name), _NAMES - 0.1, style.SMALL)  # the table has it whole
        axes.text(-0.15, row + 0.5, name, ha="right", va="center", fontsize=style.SMALL)
        for left, value in zip(lefts, line.cells, strict=True):
            _paint_cell(axes, language, (left, row), value, least, is_numbered=len(weeks) <= _NUMBERED_WEEKS or left == 0)


def _lefts(weeks: Weeks) -> list[float]:
    """Where the cells begin: that of the period, then one for each week, with a gap where weeks are missing between."""
    lefts, at = [0.0], 1.0 + _GAP
    for number, week in enumerate(weeks):
        at += _GAP * (number > 0 and (week - weeks[number - 1]).days > 7)
        lefts.append(at)
        at += 1
    return lefts


def _paint_head(axes: Axes, language: Language, lefts: list[float], weeks: Weeks) -> None:
    axes.text(0.5, -0.15, language.say("tout"), ha="center", va="bottom", fontsize=style.SMALL, fontweight="bold")
    for number, (left, week) in enumerate(zip(lefts[1:], weeks, strict=True)):
        if len(weeks) <= _NUMBERED_WEEKS:
            axes.text(left + 0.5, -0.15, str(week.day), ha="center", va="bottom", fontsize=style.SMALL)
        if number == 0 or week.month != weeks[number - 1].month:
            month = language.date(week, "MMM")
            axes.text(left + 0.1, -0.9, month, ha="left", va="bottom", fontsize=style.SMALL, color=style.GREY)


def _paint_cell(
    axes: Axes, language: Language, corner: tuple[float, float], value: Value | None, least: float, *, is_numbered: bool
) -> None:
    is_low = quality.is_under(value, least)
    fill, ink = _colours(value, is_low=is_low)
    box = Rectangle(
        (corner[0] + 0.03, corner[1] + 0.05), 0.94, 0.9, facecolor=fill, edgecolor=style.RULE if value else "none", linewidth=0.5
    )
    if is_low:
        box.set(hatch="//////", hatchcolor=style.RULE)
    axes.add_patch(box)
    if is_numbered or value is None or not value.shown:
        behind = {"boxstyle": "square,pad=0.12", "facecolor": "white", "edgecolor": "none"} if is_low else None
        text = _short(language, value).removesuffix("%").rstrip()
        axes.text(corner[0] + 0.5, corner[1] + 0.52, text, ha="center", va="center", fontsize=style.SMALL - 0.5, color=ink, bbox=behind)


def _colours(value: Value | None, *, is_low: bool) -> tuple[str, str]:
    if value is None or is_low:
        return "white", "black"
    if not value.shown:
        return style.PALE, style.GREY
    return (style.MIDDLE, "white") if value.amount >= _WELL_SEEN else (style.LIGHT, "black")


def _short(language: Language, value: Value | None) -> str:
    if value is None:
        return "–"
    return words.big(language, value, "share") if value.shown else language.say("np")


def _tables(territory: Territory, lines: list[_Line], weeks: Weeks) -> list[blocks.Block]:
    """The same numbers, as many tables as the width of a page asks for: each holds the period and some of the weeks."""
    starts = range(0, max(len(weeks), 1), _TABLE_WEEKS)
    return [_table(territory, lines, weeks, slice(start, start + _TABLE_WEEKS)) for start in starts]


def _table(territory: Territory, lines: list[_Line], weeks: Weeks, part: slice) -> blocks.Block:
    language, say = territory.language, territory.language.say
    header = [say("école"), say("tout"), *(language.date(week, "d MMM") for week in weeks[part])]
    shown = [(line.school, (line.cells[0], *line.cells[1:][part])) for line in lines]
    rows = [[language.typeset(school.name), *(_short(language, value) for value in cells)] for school, cells in shown]
    return blocks.kept_table(header, rows, say("Les chiffres : couverture par école et par semaine"))
