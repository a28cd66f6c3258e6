"""Shares as lengths on one scale, each named at its left and numbered at its end; in groups when they have some.

A coded share is hatched and drawn at its bound, never at its value.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis.figures import style

_ROW, _DETAIL, _GROUP = 0.18, 0.13, 0.22  # inches: a bar, a second line under its name, the heading of a group
_LABEL = 0.95  # inches kept at the right for the number of the longest bar


@dataclass(frozen=True)
class Length:
    """A share of 0 to 1 as drawn, its `number` as written, its `name`; `detail`: small words under the name; `group`: whose it is."""

    name: str
    share: float
    number: str
    is_bound: bool = False
    interval: tuple[float, float] | None = None
    detail: str = ""
    group: str = ""


def chart(rows: Sequence[Length], *, whole: bool = True) -> str:
    """The SVG of the bars in the given order; with `whole` each on a pale track for 100 %, else the longest fills it."""
    tops = _tops(rows)
    height = tops[-1] + _height(rows[-1])
    left = 0.12 + max(_name_width(row) for row in rows)
    return style.drawing(height, lambda axes: _paint(axes, rows, tops, height, whole), left=left, right=_LABEL, bottom=0, top=0)


def _name_width(row: Length) -> float:
    bold = 1.1  # the heading of a group
    return max(style.text_width(row.name, style.TEXT), style.text_width(row.detail), bold * style.text_width(row.group, style.TEXT))


def _height(row: Length) -> float:
    return _ROW + (_DETAIL if row.detail else 0)


def _tops(rows: Sequence[Length]) -> list[float]:
    """How far each row begins from the top, in inches; a group begins with room for its heading."""
    tops, at = list[float](), 0.0
    for i, row in enumerate(rows):
        at += _GROUP if row.group and (i == 0 or rows[i - 1].group != row.group) else 0
        tops.append(at)
        at += _height(row)
    return tops


def _paint(axes: Axes, rows: Sequence[Length], tops: list[float], height: float, whole: bool) -> None:
    style.bare(axes)
    axes.set_ylim(height, 0)
    axes.set_xlim(0, 1 if whole else max(end for row in rows for end in (row.share, *(row.interval or ()))) or 1)
    for i, (row, top) in enumerate(zip(rows, tops, strict=True)):
        if row.group and (i == 0 or rows[i - 1].group != row.group):
            _write(axes, row.group, top - _GROUP / 2 + 0.03, fontweight="bold", color=style.GREY)
        _paint_row(axes, row, top, whole)


def _paint_row(axes: Axes, row: Length, top: float, whole: bool) -> None:
    middle, height = top + _height(row) / 2, 0.12
    if whole:
        axes.barh(middle, 1, height=height, color=style.PALE, linewidth=0)
    colour = style.RULE if row.is_bound else style.INDIGO
    axes.barh(middle, row.share, height=height, color=colour, hatch="////" if row.is_bound else None, hatchcolor="white", linewidth=0)
    end = row.share
    if row.interval:
        axes.plot(row.interval, [middle, middle], color="white", linewidth=3)  # seen on the bar
        axes.plot(row.interval, [middle, middle], color="black", linewidth=1.2)
        end = max(end, row.interval[1])
    axes.annotate(row.number, (end, middle), xytext=(4, 0), textcoords="offset points", va="center", annotation_clip=False)
    _write(axes, row.name, middle - (_DETAIL / 2 if row.detail else 0))
    if row.detail:
        _write(axes, row.detail, middle + _DETAIL / 2, fontsize=style.SMALL, color=style.GREY)


def _write(axes: Axes, text: str, y: float, **look: object) -> None:
    """Words at the left of the axes."""
    axes.annotate(text, (0, y), xytext=(-6, 0), textcoords="offset points", ha="right", va="center", annotation_clip=False, **look)  # type: ignore[arg-type]
