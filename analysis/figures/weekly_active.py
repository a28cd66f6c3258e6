"""Week after week: which share of the equipped pupils uses the tablet five minutes or more on a school day."""

import datetime as dt

from analysis.figures import week_shares
from analysis.figures.sheet import NOTHING, instead
from analysis.reports import blocks
from analysis.reports.school import School, shown
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld
from analysis.reports.sentences.adoption_values import tablet_series, tablets
from analysis.reports.sentences.adoption_words import basis
from analysis.reports.sentences.change import change

_MEASURE = "weekly_active_share"


def weekly_active(school: School, level: int = 2) -> blocks.Block:
    """Bars by week, holidays shaded; nothing with fewer than two weeks to show."""
    series = tablet_series(school, _MEASURE, "week")
    weeks = [(dt.date.fromisoformat(week), value) for week, value in shown(series)]
    if len(weeks) < 2:
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, school.language.say("Élèves actifs de semaine en semaine"), [value for _, value in series])
    say, overall = school.language.say, tablets(school, _MEASURE)
    found = change([100 * value.amount for _, value in weeks])
    usual = overall.amount if overall is not None and overall.is_exact else sum(value.amount for _, value in weeks) / len(weeks)
    note = [say("Part des élèves équipés qui s'en servent cinq minutes ou plus, au moins un jour de classe de la semaine.")]
    if found.verdict != "unknown":
        note.append(say("Comparaison : moyennes des {weeks} premières et des {weeks} dernières semaines.", weeks=found.weeks))
    return blocks.figure(
        titles.weekly(school.language, found, usual, weeks[0][0], weeks[-1][0]),
        week_shares.chart(school, series, None),
        say("Barres de la part des élèves actifs chaque semaine, {extremes}.", extremes=week_shares.extremes(school, series)),
        " ".join(filter(None, [*note, week_shares.gaps(school, series), basis(school, overall or weeks[0][1])])),
        week_shares.table(school, series, say("Les chiffres : élèves actifs, semaine par semaine"), say("part des élèves équipés")),
        level,
    )
