"""The claim on minutes a day: how pupil-days are cut by duration, for each kind of measured tablet apart."""

from analysis.figures.bars import Part, whole
from analysis.figures.claim_sheet import sheet_of
from analysis.figures.pupil_day_parts import parts_of
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import systems, territory_claims, words
from analysis.reports.sentences.territory_schools import seen_only
from analysis.reports.sentences.territory_verdicts import MEASURED
from analysis.reports.sentences.titles import pupil_days_spread
from analysis.reports.territory import Territory


def claim_half_hour(territory: Territory) -> blocks.Block:
    """The claim, its verdict and one bar of pupil-days for each evidence; the verdict alone without any measured duration."""
    drawn = [_bar(territory, evidence) for evidence in MEASURED]
    return sheet_of(territory_claims.half_hour(territory), *drawn, sure=_sure(territory))


def _bar(territory: Territory, evidence: str) -> blocks.Block:
    school, language = territory.whole, territory.language
    parts, used = parts_of(school, evidence), school.value("share_pupil_days_used", evidence=evidence)
    if not parts or used is None:
        return NOTHING
    kind = systems.kind_title(school, evidence)
    over_30 = school.value("share_pupil_days_over_30", evidence=evidence)
    found = pupil_days_spread(language, used, over_30)
    title = language.say("{kind} : {finding}", kind=kind, finding=found[:1].lower() + found[1:])
    return blocks.figure(
        title, whole(parts), _alternative(territory, kind, parts), _note(school, evidence, parts), _table(territory, kind, parts), level=3
    )


def _note(school: School, evidence: str, parts: list[Part]) -> str:
    language, say, used = school.language, school.language.say, school.value("share_pupil_days_used", evidence=evidence)
    lines = [say("Jour-élève : un élève équipé, un jour de classe, qu'il s'en serve ou non.")]
    if used is not None and used.denominator:
        lines.append(words.pupil_days(language, used.denominator))
    if any(part.is_bound for part in parts):
        lines.append(say("La part hachurée est dessinée à sa borne : sa vraie taille n'est pas publiée."))
    return " ".join([*lines, words.capital(basis(school, evidence))])


def basis(school: School, evidence: str) -> str:
    """Who was counted, how it is known and how much arrived, for one evidence of a territory that has several."""
    language, say = school.language, school.language.say
    used, coverage = (school.value(name, evidence=evidence) for name in ("share_pupil_days_used", "coverage"))
    parts = [words.equipped_pupils(language, used.n)] if used is not None and used.n else []
    parts.append(words.evidence(language, evidence))
    if coverage is not None and coverage.shown:
        parts.append(say("couverture : {share}", share=words.amount(language, coverage, "share")))
    return " · ".join(parts) + "."


def _sure(territory: Territory) -> str:
    """The median on days with use, for each evidence, and how far the verdict goes."""
    language, say = territory.language, territory.language.say
    medians = [
        say("{median} ({kind})", median=words.minutes(language, value.amount), kind=systems.kind(territory.whole, evidence))
        for evidence in MEASURED
        if (value := territory.whole.value("median_minutes_active_day", evidence=evidence)) is not None and value.is_exact
    ]
    if not medians:
        return ""
    return say(
        "À quel point est-ce sûr ? Les durées sont mesurées, pas déclarées ; les {devices} n'en donnent aucune. "
        "Médiane les jours d'usage : {medians}.",
        devices=seen_only(territory),
        medians=words.listed(language, medians),
    )


def _alternative(territory: Territory, kind: str, parts: list[Part]) -> str:
    listed = words.enumerated(territory.language, [f"{_flat(part)} {part.number}" for part in parts])
    return territory.language.say("Barre qui partage tous les jours-élèves, {kind} : {parts}.", kind=kind, parts=listed)


def _flat(part: Part) -> str:
    return part.label.replace("\n", " ").rstrip(" :,\u00a0")


def _table(territory: Territory, kind: str, parts: list[Part]) -> blocks.Table:
    """The parts as drawn, and no other: the table must not give what the drawing merges."""
    say = territory.language.say
    caption = say("Les chiffres : partage des jours-élèves, {kind}", kind=kind)
    return blocks.Table(
        [say("durée dans la journée"), say("part des jours-élèves")], [[_flat(part), part.number] for part in parts], caption
    )
