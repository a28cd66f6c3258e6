"""The accounts of the portal (ENT): created, opened once, used in the period, used week after week, for each profile."""

from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_values import accounts

PROFILES = ("student", "teacher", "relative", "personnel")
_STAGES = ("loaded", "activated", "active", "regular")


def portal_accounts(school: School, level: int = 2) -> blocks.Block:
    """Lengths grouped by profile; nothing when no account may be shown. A profile that is mostly withheld is not drawn."""
    found = {profile: _stages(school, profile) for profile in PROFILES}
    profiles = {profile: stages for profile, stages in found.items() if stages and not withheld.prevail(stages.values())}
    if not profiles:
        return NOTHING
    language, say = school.language, school.language.say
    rows = [row for profile, stages in profiles.items() for row in _rows(language, profile, stages)]
    listed = words.enumerated(language, [f"{row.group}, {row.name} {row.number}" for row in rows])
    first, stages = next(iter(profiles.items()))
    return blocks.figure(
        titles.portal_accounts(language, first, stages),
        chart(rows),
        say("Barres des comptes de l'ENT, par profil : {parts}.", parts=listed),
        _note(school, rows),
        _table(school, profiles),
        level,
    )


def _stages(school: School, profile: str) -> dict[str, Value]:
    found = {stage: accounts(school, f"accounts_{stage}_share", "profile", profile) for stage in _STAGES}
    return {stage: value for stage, value in found.items() if value is not None}


def _rows(language: Language, profile: str, stages: dict[str, Value]) -> list[Length]:
    named, group = _stage_names(language), profile_name(language, profile)
    return [
        Length(named[stage], value.amount, words.amount(language, value, "share"), value.is_bound, group=group)
        for stage, value in stages.items()
        if value.shown
    ]


def profile_name(language: Language, profile: str) -> str:
    """`Élèves` for "student"."""
    say = language.say
    return {"student": say("Élèves"), "teacher": say("Enseignants"), "relative": say("Parents"), "personnel": say("Autre personnel")}[
        profile
    ]


def _stage_names(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "loaded": say("ont un compte"),
        "activated": say("déjà venus"),
        "active": say("venus dans la période"),
        "regular": say("réguliers"),
    }


def _note(school: School, rows: list[Length]) -> str:
    say = school.language.say
    lines = [
        say("Ont un compte : sur les personnes de l'école ; puis sur les comptes."),
        say("Réguliers : une visite, trois semaines sur quatre."),
    ]
    return " ".join([*lines, *([say("Barre hachurée : dessinée à sa borne.")] if any(row.is_bound for row in rows) else [])])


def _table(school: School, profiles: dict[str, dict[str, Value]]) -> blocks.Table:
    language, say, named = school.language, school.language.say, _stage_names(school.language)
    stages = [stage for stage in _STAGES if any(stage in known for known in profiles.values())]
    rows = [
        [profile_name(language, profile), *words.row(school, [known.get(stage) for stage in stages], "share")]
        for profile, known in profiles.items()
    ]
    return blocks.Table([say("profil"), *(named[stage] for stage in stages)], rows, say("Les chiffres : comptes de l'ENT"))
