"""Gaps on one common scale: a point with its 95 % interval for each, zero marked, who has more written at both ends.

A full point is a sure statement (a difference, or as much), a hollow one is "cannot tell". An interval that leaves the scale has an arrow.
"""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import style
from analysis.figures.fitting import folded
from analysis.reports.language import Language

_ROW = 0.47  # inches
_WIDEST = 2.5  # times the largest gap at each end at most, that one wide interval may not squash the others
_MARGIN, _LINES = 0.13, 3  # inches between the words at an end and the scale; lines that fit there


@dataclass(frozen=True)
class Scale:
    """What gaps are drawn in: at each end of the axis `least` at least, marks with so many digits, inches for the words at both ends."""

    least: float
    digits: int
    left: float
    right: float


MINUTES = Scale(least=5.0, digits=0, left=1.32, right=1.32)


@dataclass(frozen=True)
class Gap:
    """A gap to draw: `amount` with its 95 % ends or None, its number as written, whether it is sure, the words at its ends."""

    amount: float
    interval: tuple[float, float] | None
    label: str
    is_sure: bool
    left: str
    right: str


def chart(language: Language, gaps: list[Gap], alike: float, axis_label: str, scale: Scale = MINUTES) -> str:
    """The SVG of gaps, one under the other; `alike` is the distance from zero up to which a gap is none, shaded."""
    height = 0.52 + _ROW * len(gaps)
    sides = {"left": scale.left, "right": scale.right}
    return style.drawing(height, lambda axes: _paint(axes, language, gaps, alike, axis_label, scale), **sides, bottom=0.4, top=0.12)


def _paint(axes: Axes, language: Language, gaps: list[Gap], alike: float, axis_label: str, scale: Scale) -> None:
    limit = _limit(gaps, scale.least)
    axes.set_xlim(-limit, limit)
    axes.set_ylim(len(gaps) - 0.4, -0.7)
    axes.axvspan(-alike, alike, color=style.PALE, linewidth=0, zorder=0)
    axes.axvline(0, color="black", linewidth=1)
    for i, gap in enumerate(gaps):
        _paint_gap(axes, i, gap, limit)
        for at_x, side, text in ((-0.03, "right", _folded(gap.left, scale.left)), (1.03, "left", _folded(gap.right, scale.right))):
            axes.text(at_x, i, text, transform=axes.get_yaxis_transform(), ha=side, va="center", fontsize=style.SMALL, linespacing=1.1)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=not scale.digits))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed(language, value, scale.digits)))
    axes.set_xlabel(axis_label, fontsize=style.SMALL, labelpad=1)


def _folded(text: str, inches: float) -> str:
    """The words of an end in lines that fit beside the scale; what a town calls a band may be long."""
    lines = [part for line in text.split("\n") for part in folded(line, inches - _MARGIN, style.SMALL, _LINES).split("\n")]
    kept = "\n".join(lines[:_LINES])
    return kept + ("…" if len(lines) > _LINES and not kept.endswith("…") else "")


def _limit(gaps: list[Gap], least: float) -> float:
    ends = [abs(end) for gap in gaps for end in gap.interval or ()]
    largest = max(abs(gap.amount) for gap in gaps)
    return min(1.08 * max([least, largest, *ends]), max(2 * least, _WIDEST * largest))


def _paint_gap(axes: Axes, i: int, gap: Gap, limit: float) -> None:
    if gap.interval is not None:
        low, high = (max(-limit, min(limit, end)) for end in gap.interval)
        axes.plot([low, high], [i, i], color=style.INDIGO, linewidth=1.6)
        for end, shape in ((low, "<"), (high, ">")):
            if end not in gap.interval:
                axes.plot([end], [i], marker=shape, markersize=5, color=style.INDIGO, clip_on=False)
    fill = style.INDIGO if gap.is_sure else "white"
    axes.plot([gap.amount], [i], marker="o", markersize=7.5, color=style.INDIGO, markerfacecolor=fill, markeredgewidth=1.4)
    axes.annotate(
        gap.label,
        (gap.amount, i),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=style.SMALL,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},  # zero's line passes behind it
    )


def _signed(language: Language, value: float, digits: int) -> str:
    return ("+" if value > 0 else "") + language.number(value, digits).replace("-", "\u2212")
