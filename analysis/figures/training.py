"""Before and after a training session: the change of this school's classes beside that of the schools without a session."""

from analysis.figures.gaps_chart import Gap, chart
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_training as sentences
from analysis.reports.sentences.adoption_training import Session
from analysis.reports.sentences.adoption_words import basis
from analysis.reports.sentences.equity_gaps import interval, is_sure, signed
from analysis.reports.sentences.words import minutes

_NO_CHANGE = 1.0  # minute: nobody would notice less


def training(school: School) -> blocks.Block:
    """One figure for each of the latest sessions whose change may be shown; nothing without one."""
    found = sentences.sessions(school)[-sentences.MOST :]
    return blocks.stack(*(_figure(school, session) for session in found)) if found else NOTHING


def _figure(school: School, session: Session) -> blocks.Block:
    language, say = school.language, school.language.say
    rows = [(say("cette école"), session.change)]
    if session.elsewhere is not None and session.elsewhere.is_exact:
        rows.append((say("écoles sans\nformation"), session.elsewhere))
    gaps = [_gap(language, name, value) for name, value in rows]
    svg = chart(language, gaps, _NO_CHANGE, say("minutes par élève et par jour de classe, après moins avant"))
    told = " ".join(f"{name.replace(chr(10), ' ')} {_told(language, value)}." for name, value in rows)
    note = [sentences.here(language, session), sentences.elsewhere(language, session), sentences.caveat(language)]
    return blocks.figure(
        sentences.title(language, session),
        svg,
        say(
            "Un point par groupe d'écoles, avec son intervalle, sur une échelle où zéro veut dire aucun changement : {changes}",
            changes=told,
        ),
        " ".join([*note, basis(school, session.change)]),
        _table(language, session, rows),
    )


def _gap(language: Language, name: str, value: Value) -> Gap:
    say = language.say
    left, right = say("{who} :\nmoins après", who=name), say("{who} :\nplus après", who=name)
    return Gap(value.amount, value.interval, signed(language, value.amount), is_sure(value), left, right)


def _told(language: Language, value: Value) -> str:
    if value.interval is None:
        return signed(language, value.amount)
    return f"{signed(language, value.amount)} ({interval(language, value.interval)})"


def _table(language: Language, session: Session, rows: list[tuple[str, Value]]) -> blocks.Table:
    say = language.say
    day = language.date(session.day, "d MMMM")
    known = [(say("avant la formation"), session.before), (say("après la formation"), session.after)]
    cells = [[name, minutes(language, value.amount), "–"] for name, value in known if value is not None and value.is_exact]
    for name, value in rows:
        ends = (
            say("{low} à {high}", low=_plus(language, value.interval[0]), high=_plus(language, value.interval[1]))
            if value.interval
            else "–"
        )
        cells.append([say("changement : {who}", who=name.replace("\n", " ")), _plus(language, value.amount), ends])
    header = [say("formation du {day}", day=day), say("par jour de classe"), say("intervalle à 95 %")]
    return blocks.Table(header, cells, say("Les chiffres : avant et après une formation"))


def _plus(language: Language, change: float) -> str:
    """A change with its sign, for a column of numbers: `+1,5 min`, `−2 min`."""
    written = language.minutes(abs(change), 0 if float(change).is_integer() else 1)
    sign = "+" if change > 0 else "\u2212" if change < 0 else ""
    return sign + written
