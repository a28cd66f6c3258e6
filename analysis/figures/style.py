"""How every figure is drawn: one typeface, dark indigo and greys that survive a grey printer, direct labels, the same bytes everywhere."""

import os
from collections.abc import Callable
from io import StringIO
from typing import Any

import numpy as np
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.figures import fitting
from analysis.reports.fonts import font_folder
from analysis.reports.language import Language

WIDTH = 6.8  # inches: the width of the text
INDIGO, GREY, PALE = "#332288", "#5f5f5f", "#eeeeee"
MIDDLE, LIGHT = "#6a62ac", "#cfcbe6"  # tints of the indigo, four grey levels apart
RULE = "#8a8a8a"
SMALL, TEXT = 8.0, 9.0  # points

for _file in sorted(font_folder().glob("SourceSansPro-*.ttf")):
    font_manager.fontManager.addfont(os.fspath(_file))

STYLE: Any = {
    "font.family": "Source Sans Pro",
    "font.size": TEXT,
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and enlarged
    "svg.hashsalt": "cartable",  # the same drawing gives the same bytes
    "text.parse_math": False,  # a dollar in a name is a dollar
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": RULE,
    "xtick.color": RULE,
    "ytick.color": RULE,
    "xtick.labelcolor": "black",
    "ytick.labelcolor": "black",
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "hatch.linewidth": 0.8,
    "hatch.color": "white",
}


def drawing(
    height: float, paint: Callable[[Axes], None], *, left: float = 0.0, right: float = 0.0, top: float = 0.05, bottom: float = 0.3
) -> str:
    """The SVG text of what `paint` draws on axes `height` inches high and as wide as the page, less the margins (inches) around them."""
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height))
        box = (left / WIDTH, bottom / height, (WIDTH - left - right) / WIDTH, (height - top - bottom) / height)
        paint(figure.add_axes(box))
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return text.getvalue()


def bare(axes: Axes) -> None:
    """No frame and no ticks: for drawings whose labels say everything."""
    axes.set_axis_off()


def spread_out(centres: list[float], widths: list[float], low: float, high: float) -> list[float]:
    """The centres of labels, moved as little as may be so that none overlaps the next and all stay within `low` to `high`."""
    placed = list(centres)
    for i, width in enumerate(widths):
        floor = low + width / 2 if i == 0 else placed[i - 1] + (widths[i - 1] + width) / 2
        placed[i] = max(placed[i], floor)
    for i in reversed(range(len(placed))):
        ceiling = high - widths[i] / 2 if i == len(placed) - 1 else placed[i + 1] - (widths[i + 1] + widths[i]) / 2
        placed[i] = min(placed[i], ceiling)
    return placed


def text_width(text: str, size: float = SMALL) -> float:
    """How much room a text takes, in inches, for placing labels: half its size for each letter of its longest line, or more."""
    return max(max(len(line) * size * 0.5 / 72, fitting.width_of(line, size)) for line in text.split("\n"))


def minute_ticks(axes: Axes, language: Language) -> None:
    """Whole minutes along x, written as the language writes numbers."""
    whole_ticks(axes.xaxis, language)


def whole_ticks(axis: Axis, language: Language) -> None:
    """Whole numbers along an axis, as the language writes them: a tick at 97.5 would be written 98."""
    axis.set_major_locator(MaxNLocator(nbins=8, integer=True))
    axis.set_major_formatter(FuncFormatter(lambda value, _: language.number(value)))


def nice_top(values: list[float], least: float) -> float:
    """The upper end of an axis from 0: at least `least`, and a twentieth above the largest value."""
    return float(np.max([least, *(1.05 * value for value in values)]))
