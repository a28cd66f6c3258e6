"""All schools side by side: one small panel for each, in the neutral order of the territory, on the same axes. No ranking."""

import datetime as dt
from collections.abc import Sequence

from analysis.figures import style
from analysis.figures.sheet import NOTHING
from analysis.figures.small_panels import Frame, Panel, Point, chart
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import territory_titles, words
from analysis.reports.sentences.territory_schools import kind_in_a_word, kind_of_school, seen_only, short_names, why_no_curve
from analysis.reports.territory import Territory

_PER_PAGE = 20  # panels: five rows of four fill a page
_MEDIAN = "median_minutes_active_day"


def schools_at_a_glance(territory: Territory) -> blocks.Block:
    """Weekly medians with holidays, for tablets that only check in the share seen, else why no curve; several figures for many schools."""
    panels = [_panel(school, name) for school, name in zip(territory.schools, short_names(territory.schools), strict=True)]
    weeks = [day for panel in panels for day, _ in (*panel.minutes, *panel.shares)]
    if not weeks:
        return NOTHING
    frame = _frame(territory, panels, weeks)
    title = territory_titles.panels(territory.language, [[value for _, value in panel.minutes] for panel in panels if panel.minutes])
    pages = [slice(start, start + _PER_PAGE) for start in range(0, len(panels), _PER_PAGE)]
    drawn = [
        _page(territory, panels[part], territory.schools[part], frame, _numbered(territory.language, title, i, len(pages)))
        for i, part in enumerate(pages)
    ]
    return blocks.stack(*drawn)


def _panel(school: School, name: str) -> Panel:
    foot = kind_of_school(school)
    if school.evidence == "checkin":
        shares = _points(school.series("coverage", "week", "checkin"))
        return Panel(name, shares=shares, said=why_no_curve(school), foot=foot)
    minutes = _points(school.series(_MEDIAN, "week", school.evidence)) if school.evidence else []
    return Panel(name, minutes=minutes, said=why_no_curve(school), foot=foot)


def _points(series: list[tuple[str, Value]]) -> list[Point]:
    """The weeks that may be drawn; a single one makes no curve."""
    points = [(dt.date.fromisoformat(week), value.amount) for week, value in shown(series)]
    return points if len(points) > 1 else []


def _frame(territory: Territory, panels: list[Panel], weeks: list[dt.date]) -> Frame:
    """From the first week drawn to the last, up to the highest median of all schools."""
    top = style.nice_top([value for panel in panels for _, value in panel.minutes], 33)
    return Frame(min(weeks), max(weeks), top, territory.whole.holidays)


def _numbered(language: Language, title: str, page: int, pages: int) -> str:
    if pages == 1:
        return title
    return language.say("{title} · {page} sur {pages}", title=title, page=page + 1, pages=pages)


def _page(territory: Territory, panels: Sequence[Panel], schools: Sequence[School], frame: Frame, title: str) -> blocks.Block:
    language = territory.language
    alternative = language.say(
        "Un petit graphique par école, tous à la même échelle : {schools}.",
        schools=words.enumerated(language, [_spoken(panel, school) for panel, school in zip(panels, schools, strict=True)]),
    )
    return blocks.figure(title, chart(language, panels, frame), alternative, _note(territory), _table(language, panels, schools))


def _spoken(panel: Panel, school: School) -> str:
    language, name = school.language, school.language.typeset(school.name)
    if panel.minutes:
        low, high = _ends(panel.minutes)
        return language.say("{name}, de {low} à {high}", name=name, low=words.minutes(language, low), high=words.minutes(language, high))
    if panel.shares:
        low, high = _ends(panel.shares)
        return language.say("{name}, tablettes vues de {low} à {high}", name=name, low=language.percent(low), high=language.percent(high))
    return f"{name}, {panel.said}"


def _ends(points: Sequence[Point]) -> tuple[float, float]:
    return min(value for _, value in points), max(value for _, value in points)


def _note(territory: Territory) -> str:
    say, floor = territory.language.say, territory.whole.setting("coverage_floor", 0.5)
    return " ".join(
        [
            say(
                "Courbe : médiane des minutes par jour de classe où la tablette sert, semaine par semaine. "
                "Barres : part des {devices} vus.",
                devices=seen_only(territory),
            ),
            say("Gris : vacances ; tireté : 30 minutes. Deux sortes de tablettes mesurent autrement : leurs minutes se comparent mal."),
            say(
                "Chaque école est près d'une école semblable (IPS, taille) : l'ordre n'est pas un classement. "
                "Sous {floor} de couverture, aucune courbe.",
                floor=territory.language.percent(floor),
            ),
        ]
    )


def _table(language: Language, panels: Sequence[Panel], schools: Sequence[School]) -> blocks.Table:
    """The period's median and the ends of the weeks of each school; week by week they stand in the school's own report."""
    say = language.say
    rows = [
        [language.typeset(school.name), kind_in_a_word(school), _overall(school, panel), _range(language, panel)]
        for panel, school in zip(panels, schools, strict=True)
    ]
    return blocks.Table(
        [say("école"), say("tablettes"), say("période"), say("semaines")], rows, say("Les chiffres : les écoles, sans classement")
    )


def _overall(school: School, panel: Panel) -> str:
    if panel.minutes:
        return words.cell(school, school.value(_MEDIAN, evidence=school.evidence), "minutes")
    return words.cell(school, school.coverage, "share") if panel.shares else panel.said


def _range(language: Language, panel: Panel) -> str:
    if not panel.minutes and not panel.shares:
        return "–"
    low, high = _ends(panel.minutes or panel.shares)
    first, last = (language.number(low), language.number(high)) if panel.minutes else (language.percent(low), language.percent(high))
    return language.say("{low} à {high}", low=first, high=last)
