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
_LEAST, _WIDEST = 5.0, 2.5  # minutes at each end at least; times the largest gap at most, that one wide interval may not squash the others
_ENDS = 1.32  # inches for the words at each end
_ROOM, _LINES = 1.19, 3  # inches of a line, lines that fit there


@dataclass(frozen=True)
class Gap:
    """A gap to draw: `amount` with its 95 % ends or None, its number as written, whether it is sure, the words at its ends."""

    amount: float
    interval: tuple[float, float] | None
    label: str
    is_sure: bool
    left: str
    right: str


def chart(language: Language, gaps: list[Gap], alike: float, axis_label: str) -> str:
    """The SVG of gaps, one under the other; `alike` is the distance from zero up to which a gap is none, shaded."""
    height = 0.52 + _ROW * len(gaps)
    return style.drawing(
        height, lambda axes: _paint(axes, language, gaps, alike, axis_label), left=_ENDS, right=_ENDS, bottom=0.4, top=0.12
    )


def _paint(axes: Axes, language: Language, gaps: list[Gap], alike: float, axis_label: str) -> None:
    limit = _limit(gaps)
    axes.set_xlim(-limit, limit)
    axes.set_ylim(len(gaps) - 0.4, -0.7)
    axes.axvspan(-alike, alike, color=style.PALE, linewidth=0, zorder=0)
    axes.axvline(0, color="black", linewidth=1)
    for i, gap in enumerate(gaps):
        _paint_gap(axes, i, gap, limit)
        for at_x, side, text in ((-0.03, "right", _folded(gap.left)), (1.03, "left", _folded(gap.right))):
            axes.text(at_x, i, text, transform=axes.get_yaxis_transform(), ha=side, va="center", fontsize=style.SMALL, linespacing=1.1)
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _signed(language, value)))
    axes.set_xlabel(axis_label, fontsize=style.SMALL, labelpad=1)


def _folded(text: str) -> str:
    """The words of an end in lines that fit beside the scale; what a town calls a band may be long."""
    lines = [part for line in text.split("\n") for part in folded(line, _ROOM, style.SMALL, _LINES).split("\n")]
    kept = "\n".join(lines[:_LINES])
    return kept + ("…" if len(lines) > _LINES and not kept.endswith("…") else "")


def _limit(gaps: list[Gap]) -> float:
    ends = [abs(end) for gap in gaps for end in gap.interval or ()]
    largest = max(abs(gap.amount) for gap in gaps)
    return min(1.08 * max([_LEAST, largest, *ends]), max(2 * _LEAST, _WIDEST * largest))


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


def _signed(language: Language, value: float) -> str:
    return ("+" if value > 0 else "") + language.number(value).replace("-", "\u2212")
