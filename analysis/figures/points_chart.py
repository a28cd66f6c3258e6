"""Values in a row from left to right, each a point with its 95 % interval and its number, in standard deviations around zero."""

from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.figures import style
from analysis.reports.language import Language
from analysis.reports.school import Value
from analysis.reports.sentences.outcome_links import signed

HEIGHT = 1.9  # inches
MARGINS = {"left": 0.6, "right": 0.1, "bottom": 0.45, "top": 0.1}


def paint(axes: Axes, language: Language, points: Iterable[tuple[int, Value]], hollow_below: int | None = None) -> None:
    """Draws the points at their places; those at places below `hollow_below` are hollow. The axis from left to right is the caller's."""
    axes.axhline(0, color=style.RULE, linewidth=1, zorder=0)
    for place, value in points:
        if value.interval is not None:
            axes.plot([place, place], value.interval, color=style.INDIGO, linewidth=1.6)
        fill = "white" if hollow_below is not None and place < hollow_below else style.INDIGO
        axes.plot([place], [value.amount], marker="o", markersize=7, color=style.INDIGO, markerfacecolor=fill)
        axes.annotate(signed(language, value.amount), (place, value.amount), xytext=(7, 0), textcoords="offset points", va="center")
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.yaxis.set_major_formatter(lambda value, _: signed(language, value))
    axes.set_ylabel(language.say("écarts-types"), fontsize=style.SMALL)
