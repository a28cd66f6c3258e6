"""How often pupils come to the portal (ENT), and what they do there: visits per week, created against opened, web against app."""

from analysis.figures import style
from analysis.figures.bars import Part, whole
from analysis.figures.portal_accounts import PROFILES, profile_name
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import words
from analysis.reports.sentences.adoption_values import account_series, accounts

_STEPS = ("none", "under_1", "1_to_2", "3_or_more")
_FILLS = ("white", style.LIGHT, style.MIDDLE, style.INDIGO)


def portal_rhythm(school: School) -> blocks.Block:
    """One bar of the pupils' accounts by visits per school week, then sentences; nothing when neither may be shown."""
    text, drawn = _sentences(school), _drawn(dict(account_series(school, "visit_frequency_share", "frequency")))
    title = titles.portal_frequency(school.language, drawn.get("none"), drawn.get("3_or_more"), accounts(school, "visits_per_visitor"))
    parts = _parts(school.language, drawn)
    if not parts:
        return blocks.heading(title) + blocks.paragraphs([text]) if text else NOTHING
    say, listed = school.language.say, words.enumerated(school.language, [f"{_flat(part)} {part.number}" for part in parts])
    table = blocks.Table(
        [say("visites par semaine de classe"), say("part des comptes d'élèves")],
        [[_flat(part), part.number] for part in parts],
        say("Les chiffres : rythme des visites"),
    )
    alternative = say("Barre qui partage les comptes d'élèves selon leurs visites par semaine de classe : {parts}.", parts=listed)
    note = say("Comptes d'élèves, selon leurs visites par semaine de classe en moyenne.")
    return blocks.stack(blocks.figure(title, whole(parts), alternative, note, table), blocks.paragraphs([text]))


def _drawn(found: dict[str, Value]) -> dict[str, Value]:
    """The exact steps, less the smallest when a single step is not exact: 100 % less the others would give it back."""
    exact = {step: found[step] for step in _STEPS if step in found and found[step].is_exact}
    if len(found) < len(_STEPS):
        return {}
    smallest = min(exact, key=lambda step: exact[step].amount, default="")
    return {step: value for step, value in exact.items() if len(exact) != len(_STEPS) - 1 or step != smallest}


def _parts(language: Language, drawn: dict[str, Value]) -> list[Part]:
    """The drawn steps, and all that is left as one part; empty when that says nothing."""
    say = language.say
    labels = (say("aucune visite"), say("moins d'une"), say("une à deux"), say("trois ou plus"))
    parts = [
        Part(drawn[step].amount, language.percent(drawn[step].amount), label, fill)
        for step, label, fill in zip(_STEPS, labels, _FILLS, strict=True)
        if step in drawn
    ]
    rest = 1 - sum(part.share for part in parts)
    if parts and len(parts) < len(_STEPS):
        parts.append(Part(rest, language.percent(rest), say("les autres"), style.RULE))
    return parts


def _flat(part: Part) -> str:
    return part.label.replace("\n", " ")


def _sentences(school: School) -> str:
    return " ".join(filter(None, (_visits(school), _created(school), _through_app(school))))


def _visits(school: School) -> str:
    """`Un compte venu fait en moyenne 14 visites (Élèves), 30 (Enseignants).`"""
    language = school.language
    found = {profile: accounts(school, "visits_per_visitor", "profile", profile) for profile in PROFILES}
    found["student"] = found["student"] or accounts(school, "visits_per_visitor")
    known = [
        f"{profile_name(language, profile).lower()} {words.amount(language, value, 'number')}"
        for profile, value in found.items()
        if value is not None and value.shown
    ]
    if not known:
        return ""
    return language.say("Visites par compte venu, sur la période : {profiles}.", profiles=words.enumerated(language, known))


def _created(school: School) -> str:
    language, share = school.language, accounts(school, "created_share")
    if share is None or not share.shown:
        return ""
    return language.say("Sur 100 actions d'élèves qui ouvrent ou créent, {created} créent quelque chose.", created=_of_100(language, share))


def _through_app(school: School) -> str:
    language, share = school.language, accounts(school, "app_login_share")
    if share is None or not share.shown:
        return ""
    return language.say(
        "Sur 100 connexions d'élèves, {app} passent par l'application mobile, les autres par le web.", app=_of_100(language, share)
    )


def _of_100(language: Language, share: Value) -> str:
    written = language.number(100 * share.amount)
    bounds = {"at_most": language.say("{amount} au plus", amount=written), "at_least": language.say("{amount} au moins", amount=written)}
    return bounds.get(share.reason, written)
