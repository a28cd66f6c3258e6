"""Days without class: Wednesdays, week-ends, holidays, reported apart from school days."""

from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import titles, words


def days_off(school: School) -> blocks.Block:
    """A heading that says how often, one sentence that says how long; nothing when the share may not be shown."""
    language, say = school.language, school.language.say
    share, minutes = school.value("share_days_off_used"), school.value("minutes_per_day_off")
    if share is None or not share.shown or share.evidence == "checkin":
        return NOTHING
    lines = [say("Un usage apparaît {share} des jours-élèves sans classe.", share=_part(school, words.amount(language, share, "share")))]
    if minutes is not None and minutes.is_exact:
        mean = words.spoken_minutes(language, minutes.amount)
        lines.append(say("La moyenne est de {minutes} par élève et par jour, jours sans usage compris.", minutes=mean))
    note = say("Mercredis, fins de semaine et vacances.") + " " + words.capital(words.basis(school, share))
    return blocks.heading(titles.days_off(language, share)) + blocks.paragraphs([" ".join(lines)]) + blocks.note(note)


def _part(school: School, amount: str) -> str:
    return school.language.say("dans {amount}", amount=amount)
