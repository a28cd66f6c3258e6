"""A whole cut into parts, as one bar with its labels under it. A coded part is hatched and drawn at its bound, never at its value."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from analysis.figures import style

_INSIDE = 0.08  # of the whole: a narrower part has its number in its label


@dataclass(frozen=True)
class Part:
    """A part of a whole: `share` 0 to 1 as drawn, `number` as written, `label`, fill colour; `is_bound` when `share` is a bound."""

    share: float
    number: str
    label: str
    fill: str
    is_bound: bool = False


def whole(parts: Sequence[Part]) -> str:
    """The SVG of a bar of parts that make up the whole width."""
    below = 0.05 + 0.135 * max(text.count("\n") + 1 for text in _labels(parts))
    return style.drawing(0.4 + below, lambda axes: _paint(axes, parts), left=0.02, right=0.02, bottom=below, top=0.02)


def _labels(parts: Sequence[Part]) -> list[str]:
    """What stands under each part; a narrow or coded one has its number there."""
    return [part.label if part.share >= _INSIDE and not part.is_bound else f"{part.label}\n{part.number}" for part in parts]


def _paint(axes: Axes, parts: Sequence[Part]) -> None:
    style.bare(axes)
    axes.set_xlim(0, sum(part.share for part in parts))
    axes.set_ylim(0, 1)
    start = 0.0
    for part in parts:
        hatch = "////" if part.is_bound else None
        axes.barh(
            0.5,
            part.share,
            left=start,
            height=1,
            color=part.fill,
            edgecolor="black" if not hatch else style.GREY,
            linewidth=0.7,
            hatch=hatch,
            hatchcolor="white",
        )
        if part.share >= _INSIDE and not part.is_bound:
            axes.text(
                start + part.share / 2, 0.5, part.number, ha="center", va="center", color=_ink(part.fill), fontsize=10, fontweight="bold"
            )
        start += part.share
    _paint_labels(axes, parts)


def _paint_labels(axes: Axes, parts: Sequence[Part]) -> None:
    texts = _labels(parts)
    starts = [sum(part.share for part in parts[:i]) for i in range(len(parts))]
    total = sum(part.share for part in parts)
    widths = [(style.text_width(text) + 0.1) / style.WIDTH * total for text in texts]
    centres = [start + part.share / 2 for start, part in zip(starts, parts, strict=True)]
    for centre, text in zip(style.spread_out(centres, widths, 0, total), texts, strict=True):
        axes.text(centre, -0.14, text, ha="center", va="top", fontsize=style.SMALL, linespacing=1.15)


def _ink(fill: str) -> str:
    return "white" if fill in (style.INDIGO, style.MIDDLE) else "black"
