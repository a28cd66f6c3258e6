"""How unequal use is between pupils: those without any use first, then Gini's index in words, and the curve of Lorenz."""

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import equity_spread, words

_SIDE = 1.85  # inches of the square
_LEFT, _RIGHT = 0.62, style.WIDTH - 0.62 - 1.85
Point = tuple[float, float, bool]  # share of the pupils, share of the minutes, whether that is a bound


def lorenz_curve(school: School, level: int = 3) -> blocks.Block:
    """The curve with two points at least, and the sentences of its indices; the sentences alone without it; nothing without either."""
    said = [text for text in (equity_spread.unused(school), equity_spread.gini(school)) if text]
    points = equity_spread.lorenz_points(school)
    if len(points) < 2:
        return _sentences(school, said, level)
    say = school.language.say
    svg = style.drawing(_SIDE + 0.44, lambda axes: _paint(axes, school, points), left=_LEFT, right=_RIGHT, bottom=0.38, top=0.06)
    listed = words.enumerated(school.language, [_point(school, lowest, value) for lowest, value in points])
    alternative = say("Courbe de Lorenz : part des minutes faite par les élèves qui s'en servent le moins. {points}.", points=listed)
    title = equity_spread.lorenz_title(school, points)
    return blocks.figure(title, svg, alternative, _note(school, points), _table(school), level) + blocks.paragraphs([" ".join(said)])


def _sentences(school: School, said: list[str], level: int) -> blocks.Block:
    if not said:
        return NOTHING
    heading = blocks.heading(school.language.say("Un usage inégal d'un élève à l'autre"), level)
    return heading + blocks.paragraphs([" ".join(said)]) + blocks.note(words.capital(words.basis(school, school.value("unused_share"))))


def _point(school: School, lowest: str, value: Value) -> str:
    people, share = school.language.percent(int(lowest) / 100), words.amount(school.language, value, "share")
    return school.language.say("les {people} : {share}", people=people, share=share)


def _paint(axes: Axes, school: School, points: list[tuple[str, Value]]) -> None:
    say, percent = school.language.say, school.language.percent
    known: list[Point] = [(int(lowest) / 100, value.amount, value.is_bound) for lowest, value in points]
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.plot([0, 1], [0, 1], color=style.GREY, linewidth=0.9, dashes=(4, 3))
    axes.text(
        0.47,
        0.53,
        say("partage égal"),
        rotation=45,
        rotation_mode="anchor",
        ha="center",
        va="bottom",
        color=style.GREY,
        fontsize=style.SMALL,
    )
    axes.plot([0, *(x for x, _, _ in known), 1], [0, *(y for _, y, _ in known), 1], color=style.INDIGO, linewidth=1.8, clip_on=False)
    for x, y, is_bound in known:
        fill = "white" if is_bound else style.INDIGO
        axes.plot([x], [y], marker="o", markersize=5, color=style.INDIGO, markerfacecolor=fill, clip_on=False, zorder=3)
    _paint_labels(axes, school, points)
    ticks = (0, 0.5, 1)
    axes.set_xticks(ticks, [percent(tick) for tick in ticks])
    axes.set_yticks(ticks, [percent(tick) for tick in ticks])
    axes.set_xlabel(say("élèves, du moindre usage au plus grand"), fontsize=style.SMALL, labelpad=1)
    axes.set_ylabel(say("part des minutes"), fontsize=style.SMALL, labelpad=1)


def _paint_labels(axes: Axes, school: School, points: list[tuple[str, Value]]) -> None:
    """To the right of the square, at the height of each point or just above, a thin line to it: it never crosses the curve."""
    say = school.language.say
    heights = [value.amount for _, value in points]
    placed = style.spread_out(heights, [0.1] * len(points), 0, 1)
    for (lowest, value), at_y in zip(points, placed, strict=True):
        axes.plot(
            [int(lowest) / 100, 1, 1.04], [value.amount, value.amount, at_y], color=style.RULE, linewidth=0.5, clip_on=False, zorder=1
        )
        people, share = school.language.percent(int(lowest) / 100), words.amount(school.language, value, "share")
        text = say("les {people} d'élèves qui s'en servent le moins : {share} des minutes", people=people, share=share)
        axes.text(1.06, at_y, text, va="center", fontsize=style.SMALL)


def _note(school: School, points: list[tuple[str, Value]]) -> str:
    say = school.language.say
    lines = [say("Minutes des jours de classe, élèves équipés, sans usage compris.")]
    if any(value.is_bound for _, value in points):
        lines.append(say("Point vide : dessiné à sa borne."))
    return " ".join([*lines, words.capital(words.basis(school, school.value("minutes_per_pupil_day")))])


def _table(school: School) -> blocks.Table:
    say, language = school.language.say, school.language
    rows = [
        [say("les {people} qui s'en servent le moins", people=language.percent(int(lowest) / 100)), words.cell(school, value, "share")]
        for lowest, value in school.series(equity_spread.LORENZ, "lowest")
    ]
    rows.append([say("sans aucun usage"), words.cell(school, school.value("unused_share"), "share")])
    return blocks.Table([say("élèves"), say("part")], rows, say("Les chiffres : minutes et élèves sans usage"))
