"""Groups on one scale of shares: two marks a row, each with its number. A bound is written as one, and its mark is hollow."""

from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.figures.fitting import fitted
from analysis.reports.language import Language

_ROW = 0.185  # inches
_NAMES = 1.75


@dataclass(frozen=True)
class Mark:
    """A share as drawn (0 to 1), its number as written, whether it is a bound."""

    share: float
    text: str
    is_bound: bool = False


@dataclass(frozen=True)
class Row:
    """A group and its marks, `first` a disc and `second` a diamond; `starts` a new kind of groups, set off by a thin line."""

    name: str
    first: Mark | None
    second: Mark | None
    starts: bool = False


def chart(language: Language, rows: list[Row], first: str, second: str) -> str:
    """The SVG of the rows, with the names of the two kinds of mark over the first row."""
    height = 0.62 + _ROW * len(rows)
    return style.drawing(height, lambda axes: _paint(axes, language, rows, (first, second)), left=_NAMES, right=0.3, bottom=0.24, top=0.3)


def _paint(axes: Axes, language: Language, rows: list[Row], names: tuple[str, str]) -> None:
    axes.set_xlim(-0.09, 1.09)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    for i, row in enumerate(rows):
        if row.starts:
            axes.axhline(i - 0.5, color=style.PALE, linewidth=1, zorder=0)
        _paint_row(axes, i, row)
    _paint_names(axes, rows, names)
    axes.set_yticks(range(len(rows)), [fitted(row.name, _NAMES - 0.1, style.TEXT) for row in rows])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    ticks = (0, 0.25, 0.5, 0.75, 1)
    axes.set_xticks(ticks, [language.percent(tick) for tick in ticks])


def _paint_row(axes: Axes, i: int, row: Row) -> None:
    """Each number on the side away from the other mark."""
    marks = [
        (mark, shape, colour) for mark, shape, colour in ((row.first, "o", style.INDIGO), (row.second, "D", style.GREY)) if mark is not None
    ]
    for mark, shape, colour in marks:
        others = [other.share for other, _, _ in marks if other is not mark]
        is_right = not others or mark.share > others[0] or (mark.share == others[0] and mark is row.first)
        axes.plot(
            [mark.share],
            [i],
            marker=shape,
            markersize=6 if shape == "o" else 5,
            color=colour,
            markerfacecolor="white" if mark.is_bound else colour,
        )
        axes.annotate(
            mark.text,
            (mark.share, i),
            xytext=(6 if is_right else -6, 0),
            textcoords="offset points",
            ha="left" if is_right else "right",
            va="center",
            fontsize=style.SMALL,
        )


def _paint_names(axes: Axes, rows: list[Row], names: tuple[str, str]) -> None:
    """The names of the marks over the first row that has them, kept apart."""
    found = [
        next((mark.share for row in rows if (mark := marks(row)) is not None), None)
        for marks in (lambda row: row.first, lambda row: row.second)
    ]
    told = [
        (share, name, colour) for share, name, colour in zip(found, names, (style.INDIGO, style.GREY), strict=True) if share is not None
    ]
    told.sort(key=lambda each: each[0])
    widths = [style.text_width(name) / 4.75 * 1.18 for _, name, _ in told]
    centres = style.spread_out([share for share, _, _ in told], widths, -0.09, 1.09)
    for centre, (_, name, colour) in zip(centres, told, strict=True):
        axes.text(centre, -0.72, name, ha="center", va="bottom", color=colour, fontsize=style.SMALL, fontweight="bold")
