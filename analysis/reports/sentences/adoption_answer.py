"""The answer of the adoption report: who has a tablet, and who uses it week after week."""

from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import systems, withheld
from analysis.reports.sentences.adoption_values import SHARED, accounts, is_shown, tablets
from analysis.reports.sentences.adoption_words import fraction, grammar, pupils
from analysis.reports.sentences.words import amount, capital


def answer(school: School) -> tuple[str, str]:
    """The main sentence and its complement, for whatever the school's data allow; the complement may be empty."""
    for known in (_regular, _withheld, _equipped_only, _shared, _portal, _kept_back):
        if said := known(school):
            return said
    say = school.language.say
    return say("Aucune donnée n'est arrivée pour cette école sur cette période."), say("Ce rapport dit ce qui manque et pourquoi.")


def equipped(language: Language, share: Value) -> str:
    """`Neuf élèves sur dix ont une tablette`, without its full stop."""
    who = pupils(language, share)
    forms = {
        "none": language.say("presque aucun élève n'a de tablette"),
        "one": language.say("{pupils} a une tablette", pupils=who),
        "many": language.say("{pupils} ont une tablette", pupils=who),
    }
    return capital(forms[grammar(share)])


def regular(language: Language, share: Value) -> str:
    """`six élèves sur dix s'en servent au moins trois semaines sur quatre`."""
    who = pupils(language, share)
    forms = {
        "none": language.say("presque aucun élève ne s'en sert trois semaines sur quatre"),
        "one": language.say("{pupils} s'en sert au moins trois semaines sur quatre", pupils=who),
        "many": language.say("{pupils} s'en servent au moins trois semaines sur quatre", pupils=who),
    }
    return forms[grammar(share)]


def weekly(language: Language, share: Value) -> str:
    """What an ordinary week looks like, among the pupils who have a tablet."""
    say, written = language.say, amount(language, share, "share")
    return say("Une semaine de classe ordinaire, {share} des élèves équipés s'en servent cinq minutes ou plus.", share=written)


def certainty(school: School) -> str:
    """How sure the shares of pupils are: all are counted, but a silent tablet may have been used. Empty where the report gives none."""
    say, share = school.language.say, tablets(school, "funnel_share", "stage", "regular")
    if not is_shown(share):
        return ""
    lines = [say("À quel point est-ce sûr ? Tous les élèves inscrits sont comptés, sans échantillon.")]
    coverage = school.coverage
    if coverage is not None and coverage.shown:
        arrived = amount(school.language, coverage, "share")
        lines.append(say("Les données de {share} des jours-tablettes sont arrivées.", share=arrived))
        lines.append(say("Une tablette muette a pu servir : l'usage réel peut être plus grand."))
    return " ".join(lines)


def _regular(school: School) -> tuple[str, str] | None:
    language, has, uses = school.language, _equipped(school), tablets(school, "funnel_share", "stage", "regular")
    if has is None or uses is None or not has.shown or not uses.shown:
        return None
    said = language.say("{equipped} ; {regular}.", equipped=equipped(language, has), regular=regular(language, uses))
    share = tablets(school, "weekly_active_share")
    return said, weekly(language, share) if share is not None and share.shown else ""


def _equipped(school: School) -> Value | None:
    return school.value("equipped_share", evidence="")


def _kept_back(school: School) -> tuple[str, str] | None:
    return withheld.kept_back(school, _reasons(school))


def _reasons(school: School) -> set[str]:
    values = (_equipped(school), tablets(school, "funnel_share", "stage", "regular"))
    return {value.reason for value in values if value is not None and not value.shown}


def _withheld(school: School) -> tuple[str, str] | None:
    """Too few pupils, or too little data: said in place of the answer, with the equipment when it may be shown."""
    language, say, has, reasons = school.language, school.language.say, _equipped(school), _reasons(school)
    if said := withheld.too_few(school, reasons):
        return said
    if "coverage" not in reasons:
        return None
    rest = say("{equipped}.", equipped=equipped(language, has)) if has is not None and has.shown else ""
    return say("Les données reçues ne suffisent pas pour dire qui se sert de sa tablette."), rest


def _equipped_only(school: School) -> tuple[str, str] | None:
    """The pupils have tablets, and nothing tells how long they serve."""
    language, say, has = school.language, school.language.say, _equipped(school)
    if has is None or not has.shown or not school.has_individual:
        return None
    said = say("{equipped}.", equipped=equipped(language, has))
    if school.evidence == "checkin":
        return said, systems.never_how_long(school)
    if not school.evidence:
        return said, say("Aucune donnée ne dit s'ils s'en servent.")
    return said, say("La part de ceux qui s'en servent n'est pas publiée.")


def _shared(school: School) -> tuple[str, str] | None:
    if school.has_individual or not school.has_shared:
        return None
    say = school.language.say
    said = say("Les tablettes de cette école passent de main en main : aucune n'est à un élève.")
    return said, never_used(school.language, tablets(school, "never_used_share", *SHARED))


def never_used(language: Language, share: Value | None) -> str:
    """`Un tiers des tablettes partagées n'a servi aucun jour.`; empty when it may not be said."""
    if share is None or not share.shown:
        return ""
    words, is_singular = fraction(language, share)
    if is_singular:
        return language.say("{share} des tablettes partagées n'a servi aucun jour.", share=capital(words))
    return language.say("{share} des tablettes partagées n'ont servi aucun jour.", share=capital(words))


def _portal(school: School) -> tuple[str, str] | None:
    language, say, share = school.language, school.language.say, accounts(school, "weekly_active_share")
    if share is None or not share.shown:
        return None
    who = pupils(language, share)
    forms = {
        "none": say("Une semaine de classe ordinaire, presque aucun élève ne vient sur l'ENT."),
        "one": say("Une semaine de classe ordinaire, {pupils} vient sur l'ENT.", pupils=who),
        "many": say("Une semaine de classe ordinaire, {pupils} viennent sur l'ENT.", pupils=who),
    }
    return forms[grammar(share)], say("Aucune donnée de tablette n'est arrivée sur cette période.")
