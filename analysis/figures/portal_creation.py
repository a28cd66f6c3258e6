"""In which share of their school weeks accounts of the portal (ENT) create something, for each profile."""

from analysis.figures.lengths import Length, chart
from analysis.figures.portal_accounts import PROFILES, profile_name
from analysis.figures.sheet import NOTHING, instead
from analysis.reports import blocks
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_values import account_series


def portal_creation(school: School) -> blocks.Block:
    """A bar for each profile, one sentence for a single one; nothing when none may be shown.

    Grown-ups of a school with few of them are left out here: the part on what is missing says so once.
    """
    known, language, say = dict(account_series(school, "created_weeks_share", "profile")), school.language, school.language.say
    shown = {profile: known[profile] for profile in PROFILES if profile in known and known[profile].shown}
    if not shown:
        return NOTHING
    if "student" not in shown and withheld.prevail(known.values()):
        return instead(school, say("Semaines avec une création sur l'ENT"), list(known.values()))
    title = titles.portal_creation(language, *next(iter(shown.items())))
    note = say("Semaines de classe des comptes, semaines sans visite comprises. Créer est ce que l'ENT note ainsi ; ouvrir n'en est pas.")
    if len(shown) == 1:
        return blocks.paragraphs([say("{finding}, semaines sans visite comprises.", finding=title)])
    rows = [
        Length(profile_name(language, profile), value.amount, words.amount(language, value, "share"), value.is_bound)
        for profile, value in shown.items()
    ]
    listed = words.enumerated(language, [f"{row.name.lower()} {row.number}" for row in rows])
    return blocks.figure(
        title,
        chart(rows),
        say("Barres de la part des semaines de classe avec une création sur l'ENT, par profil : {parts}.", parts=listed),
        note,
        _table(school, shown),
    )


def _table(school: School, shown: dict[str, Value]) -> blocks.Table:
    say = school.language.say
    rows = [[profile_name(school.language, profile), words.cell(school, value, "share")] for profile, value in shown.items()]
    return blocks.Table([say("profil"), say("part des semaines avec une création")], rows, say("Les chiffres : créations sur l'ENT"))
