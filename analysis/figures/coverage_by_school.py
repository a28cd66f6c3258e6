"""How much of the data arrived from each school: a dot for each on one axis, in the neutral order, with the floor."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.figures import style
from analysis.figures.fitting import fitted
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import territory_quality, territory_titles, words
from analysis.reports.sentences.territory_schools import short_names
from analysis.reports.territory import Territory

_ROW = 0.165  # inches
_PER_PAGE = 50  # schools: a page of dots
_NAMES = 2.35  # inches for the names
Known = list[tuple[School, Value]]


def coverage_by_school(territory: Territory) -> blocks.Block:
    """Dots, hollow under the floor; then the schools left out and why, and where to read more."""
    language = territory.language
    known = [(school, value) for school in territory.schools if (value := school.coverage) is not None and value.shown]
    floor = territory.whole.setting("coverage_floor", 0.5)
    said = blocks.bullets(territory_quality.left_out(territory)) + blocks.paragraphs(
        [
            language.say(
                "Le rapport « Qualité des données reçues » dit tout ce qui est arrivé, semaine par semaine, et ce qui a été mis de côté."
            )
        ]
    )
    if not known:
        return said
    title = territory_titles.coverage(language, sum(_reaches(value, floor) for _, value in known), len(known), floor)
    parts = [known[start : start + _PER_PAGE] for start in range(0, len(known), _PER_PAGE)]
    return blocks.stack(*(_dots(territory, part, floor, title) for part in parts), said)


def _reaches(value: Value, floor: float) -> bool:
    return value.amount >= floor and value.reason != "at_most"


def _dots(territory: Territory, known: Known, floor: float, title: str) -> blocks.Block:
    language, say = territory.language, territory.language.say
    height = 0.4 + _ROW * len(known)
    svg = style.drawing(height, lambda axes: _paint(axes, territory, known, floor), left=_NAMES, right=0.55, bottom=0.24, top=0.14)
    cells = [[_name(school), _kind(school), words.cell(school, value, "share")] for school, value in known]
    listed = words.enumerated(language, [f"{name} {share}" for name, _, share in cells])
    return blocks.figure(
        title,
        svg,
        say("Un point par école sur une échelle de 0 à 100 % : {schools}.", schools=listed),
        say("Part des jours-tablettes dont une trace est arrivée. Point vide : sous le plancher. Ordre sans classement."),
        blocks.Table(
            [say("école"), say("tablettes"), say("couverture")], cells, say("Les chiffres : couverture par école, sans classement")
        ),
        level=3,
    )


def _name(school: School) -> str:
    return school.language.typeset(school.name)


def _kind(school: School) -> str:
    return school.language.say("confiées") if school.has_individual else school.language.say("partagées")


def _paint(axes: Axes, territory: Territory, known: Sequence[tuple[School, Value]], floor: float) -> None:
    percent = territory.language.percent
    axes.set_xlim(0, 1)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.axvline(floor, color="black", linewidth=0.8, dashes=(4, 3))
    label = territory.language.say("plancher : {share}", share=percent(floor))
    axes.text(floor, 1.0, label, transform=axes.get_xaxis_transform(), ha="center", va="bottom", fontsize=style.SMALL)
    for i, (_, value) in enumerate(known):
        axes.plot([0, 1], [i, i], color=style.PALE, linewidth=0.8, zorder=0)
        fill = style.INDIGO if _reaches(value, floor) else "white"
        axes.plot([value.amount], [i], marker="o", markersize=5, color=style.INDIGO, markerfacecolor=fill, clip_on=False)
        number = words.big(territory.language, value, "share")
        axes.annotate(number, (1, i), xytext=(6, 0), textcoords="offset points", va="center", fontsize=style.SMALL, annotation_clip=False)
    names = [fitted(name, _NAMES - 0.1, style.SMALL) for name in short_names([school for school, _ in known])]
    axes.set_yticks(range(len(known)), names, fontsize=style.SMALL)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda share, _: percent(share)))
