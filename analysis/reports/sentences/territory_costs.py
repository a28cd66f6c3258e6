"""What the project costs for a pupil, with what the sum pays for; or that nobody said."""

from analysis.reports.school import School


def costs(school: School) -> list[str]:
    """One sentence for each kind of pupil, then what the cost covers; "non fourni" when the configuration has no cost."""
    say = school.language.say
    if not school.settings.get("cost_eur_per_school_year", "").strip():
        return [say("Coût : non fourni. La configuration n'en donne pas, ce rapport n'en suppose aucun.")]
    said = list(filter(None, (_equipped(school), _active(school))))
    if not said:
        return [say("Un coût est donné, mais le nombre d'élèves équipés n'est pas publié : aucun coût par élève.")]
    covers = school.settings.get("cost_covers", "").strip()
    paid = say("Ce coût comprend : {covers}.", covers=covers) if covers else say("La configuration ne dit pas ce que ce coût comprend.")
    return [" ".join(said), f"{paid} {say('Un coût par élève ne dit pas ce que la dépense apporte.')}"]


def _equipped(school: School) -> str:
    euros = _euros(school, "cost_per_equipped_pupil")
    return school.language.say("Un élève équipé coûte {euros} par année scolaire.", euros=euros) if euros else ""


def _active(school: School) -> str:
    euros = _euros(school, "cost_per_active_pupil")
    return school.language.say("Rapporté aux seuls élèves actifs : {euros} par élève et par an.", euros=euros) if euros else ""


def _euros(school: School, measure: str) -> str:
    value = school.value(measure)
    if value is None or not value.is_exact:
        return ""
    return school.language.say("{number} €", number=school.language.number(value.amount)).replace(" €", "\u00a0€")
