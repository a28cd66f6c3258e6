"""The claim on teachers and the portal: how far the accounts of each profile go, as lengths."""

from analysis.figures.claim_sheet import sheet_of
from analysis.figures.portal_accounts import profile_name
from analysis.figures.shares_sheet import Share, drawn
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import territory_claims, territory_titles
from analysis.reports.territory import Territory

_PROFILES = ("teacher", "student", "relative")


def claim_teachers(territory: Territory) -> blocks.Block:
    """The claim, its verdict, and the accounts of teachers, pupils and relatives that are activated, active, regular."""
    return sheet_of(territory_claims.teachers(territory), _accounts(territory.whole), sure=_sure(territory.whole))


def _accounts(school: School) -> blocks.Block:
    language, say = school.language, school.language.say
    shares = [share for profile in _PROFILES for share in _of(school, profile)]
    note = say(
        "Part des comptes de chaque profil. Activé : une trace depuis le début des données ; actif : une visite dans la période ; "
        "régulier : une visite un jour de classe dans trois semaines sur quatre ; chaque semaine : moyenne des semaines de classe."
    )
    title = territory_titles.accounts(language, school.value("accounts_regular_share", "profile", "teacher", "estimated"))
    return drawn(school, title, shares, note, say("Les chiffres : comptes de l'ENT selon le profil"))


def _of(school: School, profile: str) -> list[Share]:
    say = school.language.say
    stages = {
        "accounts_activated_share": say("activés"),
        "accounts_active_share": say("actifs"),
        "accounts_regular_share": say("réguliers"),
        "weekly_active_share": say("venus chaque semaine"),
    }
    group = profile_name(school.language, profile)
    return [Share(name, school.value(measure, "profile", profile, "estimated"), group) for measure, name in stages.items()]


def _sure(school: School) -> str:
    """An account is not a person; how many teachers have one."""
    say, language = school.language.say, school.language
    loaded = school.value("accounts_loaded_share", "profile", "teacher", "")
    if school.value("accounts_active_share", "profile", "teacher", "estimated") is None:
        return ""
    said = say("À quel point est-ce sûr ? L'ENT note chaque visite ; venir sur l'ENT ne dit pas ce qui s'y fait.")
    if loaded is None or not loaded.is_exact:
        return said
    return f"{said} {say('Part des enseignants qui ont un compte : {share}.', share=language.percent(loaded.amount))}"
