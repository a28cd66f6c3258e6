"""What becomes of the tablets themselves: silent, never used, on a second pupil, in repair, given back."""

from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences.adoption_answer import never_used
from analysis.reports.sentences.adoption_values import SHARED, tablets
from analysis.reports.sentences.adoption_words import fraction
from analysis.reports.sentences.words import amount, capital

_NOTABLE = 0.1  # share of shared tablets never used that makes the title


def title(school: School) -> str:
    """Idle shared tablets when they are many, else the silent tablets, else what else is known."""
    language, say = school.language, school.language.say
    idle, silent = tablets(school, "never_used_share", *SHARED), _silent(school, 14)
    if idle is not None and idle.is_exact and idle.amount >= _NOTABLE:
        return never_used(language, idle).removesuffix(".")
    if silent is not None and silent.shown:
        share = capital(amount(language, silent, "share"))
        return say("{share} des tablettes confiées sont muettes depuis 14 jours", share=share)
    return say("Ce que deviennent les tablettes")


def sentences(school: School) -> list[str]:
    """One sentence for each fact that may be told; empty when there is none."""
    language = school.language
    said = [
        _silence(language, _silent(school, 14), _silent(school, 28), is_shared=False),
        _silence(language, _silent(school, 14, *SHARED), _silent(school, 28, *SHARED), is_shared=True),
        _never(language, tablets(school, "never_used_share", "kind", "individual")),
        never_used(language, tablets(school, "never_used_share", *SHARED)),
        *_simple(language, school),
    ]
    return [sentence for sentence in said if sentence]


def _silent(school: School, days: int, breakdown: str = "all", category: str = "all") -> Value | None:
    return tablets(school, f"dormant_{days}_share", breakdown, category)


def _silence(language: Language, short: Value | None, long: Value | None, is_shared: bool) -> str:
    say = language.say
    if short is None or not short.shown:
        return ""
    brief = amount(language, short, "share")
    if long is None or not long.shown:
        if is_shared:
            return say("Tablettes partagées, à la fin des données : {short} muettes depuis 14 jours.", short=brief)
        return say("Tablettes confiées, à la fin des données : {short} muettes depuis 14 jours.", short=brief)
    lasting = amount(language, long, "share")
    if is_shared:
        return say(
            "Tablettes partagées, à la fin des données : {short} muettes depuis 14 jours, {long} depuis 28.", short=brief, long=lasting
        )
    return say("Tablettes confiées, à la fin des données : {short} muettes depuis 14 jours, {long} depuis 28.", short=brief, long=lasting)


def _never(language: Language, share: Value | None) -> str:
    if share is None or not share.shown:
        return ""
    words, is_singular = fraction(language, share)
    if is_singular:
        return language.say("{share} des tablettes confiées n'a servi aucun jour.", share=capital(words))
    return language.say("{share} des tablettes confiées n'ont servi aucun jour.", share=capital(words))


def _simple(language: Language, school: School) -> list[str]:
    """Second lives, repairs and returns, each a share."""
    say = language.say
    second, repair, back = (school.value(name, evidence="") for name in ("second_life_share", "repair_days_share", "returned_share"))
    said = list[str]()
    if second is not None and second.shown:
        said.append(say("Tablettes en main qui ont déjà servi à un autre élève : {share}.", share=amount(language, second, "share")))
    if repair is not None and repair.shown:
        said.append(say("Jours de classe perdus en réparation : {share} des jours-tablettes.", share=amount(language, repair, "share")))
    if back is not None and back.shown:
        said.append(
            say("Tablettes rendues par les élèves partis après le dernier niveau : {share}.", share=amount(language, back, "share"))
        )
    return said
