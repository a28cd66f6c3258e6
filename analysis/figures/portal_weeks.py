"""Week after week on the portal (ENT): which share of the accounts comes, for each profile."""

import datetime as dt

from matplotlib.axes import Axes
from matplotlib.dates import date2num

from analysis.figures import style
from analysis.figures.portal_accounts import profile_name
from analysis.figures.sheet import NOTHING
from analysis.figures.time_axis import month_ticks, shade_holidays, stretches
from analysis.reports import blocks
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_values import account_series, accounts, tablet_series
from analysis.reports.sentences.change import change

_MEASURE = "weekly_active_share"
_BREAKDOWNS = {"student": "week", "teacher": "week_teacher", "relative": "week_relative"}
_LOOKS = {"student": (style.INDIGO, "o", "-"), "teacher": (style.GREY, "s", "--"), "relative": (style.MIDDLE, "^", ":")}
_APART = 0.09  # of the axis: the least distance between two labels
Line = list[tuple[dt.date, float]]


def portal_weeks(school: School) -> blocks.Block:
    """A line for each profile, holidays shaded, names at the ends; nothing with fewer than two weeks of pupils, or half of them, to show.

    Nothing either where `weekly_active` has its weeks: one curve is enough for a report of four pages.
    """
    series = {profile: account_series(school, _MEASURE, breakdown) for profile, breakdown in _BREAKDOWNS.items()}
    lines = {
        profile: [(dt.date.fromisoformat(week), value.amount) for week, value in shown(known)]
        for profile, known in series.items()
        if len(shown(known)) > 1 and not withheld.prevail(value for _, value in known)
    }
    if "student" not in lines or len(shown(tablet_series(school, _MEASURE, "week"))) > 1:
        return NOTHING
    say, pupils, overall = school.language.say, lines["student"], accounts(school, _MEASURE)
    found = change([100 * share for _, share in pupils])
    level = overall.amount if overall is not None and overall.is_exact else sum(share for _, share in pupils) / len(pupils)
    svg = style.drawing(1.5, lambda axes: _paint(axes, school, lines), left=0.42, right=0.92, bottom=0.22, top=0.06)
    return blocks.figure(
        titles.portal_weeks(school.language, found, level, pupils[0][0], pupils[-1][0]),
        svg,
        say("Courbes de la part des comptes de l'ENT qui viennent chaque semaine : {profiles}.", profiles=_told(school, lines)),
        _note(school, [value for profile in lines for _, value in series[profile]]),
        _table(school, {profile: series[profile] for profile in lines}),
    )


def _paint(axes: Axes, school: School, lines: dict[str, Line]) -> None:
    known = {week for profile in lines for week, _ in account_series(school, _MEASURE, _BREAKDOWNS[profile])}
    days = sorted(map(dt.date.fromisoformat, known))
    axes.set_ylim(0, 1)
    axes.set_xlim(float(date2num(days[0])) - 2, float(date2num(days[-1])) + 7)
    shade_holidays(axes, school, label_at=0.92)
    for profile, line in lines.items():
        colour, marker, dash = _LOOKS[profile]
        for run in stretches(line):
            x = [float(date2num(day)) + 2 for day, _ in run]
            axes.plot(x, [share for _, share in run], color=colour, marker=marker, linestyle=dash, markersize=3.5, linewidth=1.6)
    axes.set_yticks([0, 0.5, 1], [school.language.percent(share) for share in (0, 0.5, 1)])
    month_ticks(axes, school.language, days)
    ends = sorted((line[-1][1], profile) for profile, line in lines.items())
    placed = style.spread_out([end for end, _ in ends], [_APART] * len(ends), 0, 1)
    for at, (_, profile) in zip(placed, ends, strict=True):
        name = profile_name(school.language, profile).lower()
        axes.text(1.01, at, name, transform=axes.get_yaxis_transform(), color=_LOOKS[profile][0], va="center", fontweight="bold")


def _note(school: School, values: list[Value]) -> str:
    said, reasons = school.language.say("Part des comptes avec au moins une visite dans la semaine de classe."), withheld.reasons_of(values)
    if not reasons:
        return said
    return f"{said} {school.language.say('Semaine sans point : {reason}.', reason=withheld.phrase_of(school, reasons))}"


def _told(school: School, lines: dict[str, Line]) -> str:
    """Each profile from its lowest to its highest week."""
    language, said = school.language, list[str]()
    for profile, line in lines.items():
        shares = [share for _, share in line]
        low, high = language.percent(min(shares)), language.percent(max(shares))
        said.append(f"{profile_name(language, profile).lower()} {language.say('de {low} à {high}', low=low, high=high)}")
    return words.enumerated(language, said)


def _table(school: School, series: dict[str, list[tuple[str, Value]]]) -> blocks.Table:
    language, say = school.language, school.language.say
    columns = {profile: dict(known) for profile, known in series.items()}
    weeks = sorted({week for known in columns.values() for week in known})
    rows = [
        [
            language.date(dt.date.fromisoformat(week), "d MMMM"),
            *words.row(school, [known.get(week) for known in columns.values()], "share"),
        ]
        for week in weeks
    ]
    header = [say("semaine du"), *(profile_name(language, profile).lower() for profile in columns)]
    return blocks.Table(header, rows, say("Les chiffres : comptes venus sur l'ENT, semaine par semaine"))
