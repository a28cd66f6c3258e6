"""Schools on one axis of social index: minutes with their interval, priority education marked by its shape. Places, never ranks."""

from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from analysis.figures import style
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import territory_social, territory_titles, words
from analysis.reports.sentences.territory_schools import short_names
from analysis.reports.territory import Territory

_MEASURE = "minutes_per_pupil_day"
_HEIGHT, _LEFT, _BOTTOM, _TOP = 2.7, 0.42, 0.4, 0.08  # inches
_LINE = 0.125  # inches: the height of a label
Side = Literal["left", "right"]
Box = tuple[float, float, float, float]  # left, bottom, right, top, in inches from the corner of the axes


@dataclass(frozen=True)
class Place:
    """A school that may be drawn: its index, its minutes with their interval, whether it is in priority education."""

    name: str
    short: str
    index: float
    value: Value
    is_rep: bool


def schools_by_social_index(territory: Territory) -> blocks.Block:
    """A point for each school with minutes of the territory's main evidence and an index; that one cannot tell, with fewer than two."""
    places = places_of(territory)
    if len(places) < 2:
        return blocks.paragraphs([territory_social.slope(territory)])
    slope = territory.whole.value("sii_minutes")
    svg = style.drawing(_HEIGHT, lambda axes: _paint(axes, territory, places), left=_LEFT, right=0.1, bottom=_BOTTOM, top=_TOP)
    title = territory_titles.social_index(territory.language, slope)
    said = blocks.paragraphs([territory_social.slope(territory), territory_social.rep_and_thirds(territory.whole)])
    return blocks.figure(title, svg, _alternative(territory, places), _note(territory, places), _table(territory, places)) + said


def places_of(territory: Territory) -> list[Place]:
    """The schools that can be placed, in the neutral order; one evidence only, for durations of two are never compared."""
    return [
        Place(school.language.typeset(school.name), short, index, value, bool(school.facts.get("rep")))
        for school, short in zip(territory.schools, short_names(territory.schools), strict=True)
        if (index := index_of(school)) is not None
        and (value := school.value(_MEASURE, evidence=territory.whole.evidence)) is not None
        and value.is_exact
    ]


def index_of(school: School) -> float | None:
    """The school's social index (IPS), if it is known."""
    index = school.facts.get("ips")
    return float(index) if isinstance(index, int | float) else None


def _paint(axes: Axes, territory: Territory, places: list[Place]) -> None:
    language = territory.language
    low, high = min(place.index for place in places), max(place.index for place in places)
    margin = max(3.0, 0.06 * (high - low))
    axes.set_xlim(low - margin, high + margin)
    axes.set_ylim(0, style.nice_top([end for place in places for end in (place.value.interval or (place.value.amount,))], 10))
    for place in places:
        if place.value.interval:
            axes.plot([place.index] * 2, place.value.interval, color=style.RULE, linewidth=1.2)
        axes.plot(
            [place.index],
            [place.value.amount],
            marker="s" if place.is_rep else "o",
            markersize=6.5,
            color="#882255" if place.is_rep else style.INDIGO,
        )
    _paint_labels(axes, places)
    for axis in (axes.xaxis, axes.yaxis):
        style.whole_ticks(axis, language)
    axes.set_ylabel(language.say("minutes par jour de classe"), fontsize=style.SMALL)
    axes.set_xlabel(language.say("indice de position sociale de l'école (IPS)"), fontsize=style.SMALL, labelpad=1)


def _paint_labels(axes: Axes, places: list[Place]) -> None:
    """The names that find room beside their point without touching another point, an interval or a name; the others are in the table."""
    x_scale = (style.WIDTH - _LEFT - 0.1) / (axes.get_xlim()[1] - axes.get_xlim()[0])
    y_scale = (_HEIGHT - _BOTTOM - _TOP) / axes.get_ylim()[1]
    points = [((place.index - axes.get_xlim()[0]) * x_scale, place.value.amount * y_scale) for place in places]
    taken = [_drawn(point, place, y_scale) for point, place in zip(points, places, strict=True)]
    for place, point in zip(places, points, strict=True):
        side = _free_side(place.short, point, taken)
        if side is not None:
            taken.append(_label_box(place.short, point, side))
            offset = (6, 0) if side == "left" else (-6, 0)
            axes.annotate(
                place.short,
                (place.index, place.value.amount),
                xytext=offset,
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=style.SMALL - 0.5,
            )


def _drawn(point: tuple[float, float], place: Place, y_scale: float) -> Box:
    """The room of a point and its interval."""
    low, high = place.value.interval or (place.value.amount, place.value.amount)
    return point[0] - 0.06, min(low * y_scale, point[1] - 0.06), point[0] + 0.06, max(high * y_scale, point[1] + 0.06)


def _free_side(name: str, point: tuple[float, float], taken: list[Box]) -> Side | None:
    """On which side the text is anchored; None when neither is free."""
    right_end = style.WIDTH - _LEFT - 0.1
    for side in ("left", "right"):
        box = _label_box(name, point, side)
        if box[0] >= 0 and box[2] <= right_end and not any(_touch(box, other) for other in taken):
            return side
    return None


def _label_box(name: str, point: tuple[float, float], side: Side) -> Box:
    width = style.text_width(name)
    left = point[0] + 0.07 if side == "left" else point[0] - 0.07 - width
    return left, point[1] - _LINE / 2, left + width, point[1] + _LINE / 2


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _note(territory: Territory, places: list[Place]) -> str:
    say, whole = territory.language.say, territory.whole
    lines = [say("Trait : intervalle à 95 %, calculé sur les classes.")]
    if any(place.is_rep for place in places):
        lines.append(say("Carré : éducation prioritaire ; rond : autres écoles."))
    lines.append(
        say("L'IPS décrit une école, jamais un élève. Les noms qui se gêneraient sont dans le tableau. Ce n'est pas un classement.")
    )
    return " ".join([*lines, words.capital(words.evidence(whole.language, whole.evidence)) + "."])


def _alternative(territory: Territory, places: list[Place]) -> str:
    language = territory.language
    listed = [
        language.say(
            "{name}, IPS {index}, {minutes}",
            name=place.name,
            index=language.number(place.index),
            minutes=words.minutes(language, place.value.amount),
        )
        for place in places
    ]
    return language.say(
        "Un point par école, selon son IPS et ses minutes par jour de classe : {schools}.", schools=words.enumerated(language, listed)
    )


def _table(territory: Territory, places: list[Place]) -> blocks.Table:
    language, say = territory.language, territory.language.say
    rows = [
        [
            say("{name} (REP)", name=place.name) if place.is_rep else place.name,
            language.number(place.index),
            language.number(place.value.amount),
            _interval(territory, place),
        ]
        for place in places
    ]
    header = [say("école"), say("IPS"), say("minutes"), say("intervalle")]
    return blocks.Table(header, rows, say("Les chiffres : minutes par élève et IPS, sans classement"))


def _interval(territory: Territory, place: Place) -> str:
    if place.value.interval is None:
        return "–"
    low, high = (territory.language.number(end) for end in place.value.interval)
    return territory.language.say("{low} à {high}", low=low, high=high)
