"""What the leaflet tells families, in words of everyday: short sentences, no percentages, no word that one has to look up.

A sentence says one thing. Shares are told as days of ten. Groups of families are not compared here: a leaflet has no room for what such a
comparison does not say.
"""

from analysis.reports.language import Language
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import withheld
from analysis.reports.sentences.answer import days_in_ten
from analysis.reports.sentences.equity_gaps import verdict
from analysis.reports.sentences.words import spoken_minutes, tenths

_UNSORTED = "autre"
_HALF = 0.5
_TEN = 10


def answer(school: School) -> tuple[str, str]:
    """The main sentence and its complement, for every school."""
    for known in (_own, _few, _shared, _seen, _kept):
        if said := known(school):
            return said
    say = school.language.say
    return say("Nous n'avons pas encore de chiffres pour cette école."), say("Nous les attendons.")


def when(school: School) -> list[str]:
    """How often the tablet serves, and where."""
    say, used = school.language.say, school.value("share_pupil_days_used")
    said = list[str]()
    if used is not None and used.shown and used.evidence not in ("checkin", "estimated"):
        said.append(say("La tablette sert {often}.", often=_often(school.language, used)))
    inside = school.value("share_minutes_in_school", evidence="foreground")
    if inside is not None and inside.shown and (inside.is_exact or _bound_tells(inside)):
        said.append(_where(school.language, inside.amount))
    return said


def what(school: School) -> list[str]:
    """What pupils open most, whether girls and boys do alike, how often they visit the portal."""
    return [sentence for sentence in (_apps(school), _girls_and_boys(school), *_portal(school)) if sentence]


def for_families(school: School) -> list[str]:
    """What a family can do."""
    say = school.language.say
    return [
        say("Parlez de la tablette avec votre enfant."),
        say("Que fait-il avec ? Qu'a-t-il appris ?"),
        say("La tablette vient à la maison ? Choisissez un moment et un lieu."),
        say("Une question ? Demandez à l'école."),
    ]


def method(school: School) -> list[str]:
    """Where the figures come from, and what they never say."""
    say = school.language.say
    return [
        _known_by(school),
        say("Ces chiffres parlent de tous les élèves ensemble."),
        say("Ils ne parlent jamais d'un seul enfant."),
        say("Un groupe de moins de {threshold} élèves n'a pas de chiffre.", threshold=school.threshold),
        say("Une tablette allumée ne dit pas ce qu'un enfant apprend."),
    ]


def _where(language: Language, inside: float) -> str:
    say = language.say
    if tenths(inside) == tenths(_HALF):
        return say("Elle sert autant en classe qu'en dehors.")
    return say("Elle sert surtout en classe.") if inside > _HALF else say("Elle sert surtout en dehors de la classe.")


def _own(school: School) -> tuple[str, str] | None:
    value, language, say = school.value("minutes_per_pupil_day"), school.language, school.language.say
    if value is None or not value.is_exact or not school.has_individual:
        return None
    minutes = spoken_minutes(language, value.amount)
    rest = say("C'est une moyenne : un jour plus, un jour moins.")
    if value.evidence == "network":
        return say("Un élève va sur des sites pour la classe {minutes} par jour d'école.", minutes=minutes), rest
    return say("Un élève qui a une tablette s'en sert {minutes} par jour d'école.", minutes=minutes), rest


def _few(school: School) -> tuple[str, str] | None:
    reasons = withheld.reasons_of([school.value("minutes_per_pupil_day"), school.coverage])
    say = school.language.say
    if not reasons & {"small", "steady", "floor"}:
        return None
    return say("Peu d'élèves de cette école ont une tablette."), say("Avec un chiffre, on pourrait reconnaître un enfant.")


def _shared(school: School) -> tuple[str, str] | None:
    mean, say = school.value("minutes_per_device_day"), school.language.say
    if school.has_individual or not school.has_shared:
        return None
    if mean is None or not mean.is_exact:
        return say("Les élèves se partagent des tablettes."), say("On ne sait pas combien de temps elles servent.")
    minutes = spoken_minutes(school.language, mean.amount)
    return say("Les élèves se partagent des tablettes. Une tablette sert {minutes} par jour d'école.", minutes=minutes), ""


def _seen(school: School) -> tuple[str, str] | None:
    say = school.language.say
    if school.evidence != "checkin":
        return None
    return say("Des élèves de cette école ont une tablette."), say("On ne sait pas combien de temps elle sert.")


def _kept(school: School) -> tuple[str, str] | None:
    """Data arrived, and the minutes may not be told."""
    say = school.language.say
    if not school.evidence:
        return None
    if "coverage" in withheld.reasons_of([school.value("minutes_per_pupil_day")]):
        return say("Nous n'avons pas reçu assez de chiffres."), say("Nous ne savons pas combien de temps la tablette sert.")
    return say("Des élèves de cette école ont une tablette."), say("Nous ne donnons pas le temps moyen.")


def _often(language: Language, share: Value) -> str:
    often = days_in_ten(language, share.amount)
    if share.is_exact or tenths(share.amount) in (0, _TEN):
        return often
    if share.reason == "at_least":
        return language.say("au moins {often}", often=often)
    return language.say("au plus {often}", often=often)


def _bound_tells(share: Value) -> bool:
    """A bound on the far side of one half: more than 80 % is surely more than half, and less than 20 % surely less."""
    return share.amount > _HALF if share.reason == "at_least" else share.amount < _HALF


def _apps(school: School) -> str:
    series = school.series("share_app_minutes", "app_category", "foreground")
    kinds = [(kind, round(value.amount, 2)) for kind, value in shown(series) if kind != _UNSORTED]
    most = max((amount for _, amount in kinds), default=0.0)
    first = [kind for kind, amount in kinds if amount == most]
    if len(first) != 1 or withheld.prevail(value for _, value in series):
        return ""
    return school.language.say("Ce que les élèves ouvrent le plus : {kind}.", kind=first[0])


def _girls_and_boys(school: School) -> str:
    gap, say = school.value("gap_minutes", "sex", "F"), school.language.say
    if gap is None or not gap.is_exact:
        return ""
    known = {
        "alike": say("Les filles et les garçons s'en servent autant."),
        "more": say("Les filles s'en servent plus que les garçons."),
        "less": say("Les filles s'en servent moins que les garçons."),
    }
    return known.get(verdict(gap), "")


def _portal(school: School) -> list[str]:
    share, say = school.value("portal_share_pupil_days", evidence="estimated"), school.language.say
    if share is None or not share.shown:
        return []
    return [say("L'ENT est le site de l'école."), say("Un élève y va {often}.", often=_often(school.language, share))]


def _known_by(school: School) -> str:
    say, evidence = school.language.say, school.evidence or school.shared_evidence
    if evidence == "checkin":
        return say("On voit si la tablette est allumée, et rien de plus.")
    if evidence == "network":
        return say("Le réseau note les sites pour la classe, et rien d'autre.")
    if not evidence:
        return say("Aucune tablette n'a encore donné de chiffre.")
    return say("La tablette note combien de temps elle sert.")
