"""The answer on equity: one or two sentences that a parent can repeat, and how sure they are."""

from analysis.reports.language import Language
from analysis.reports.school import School, Value, shown
from analysis.reports.sentences import systems, withheld, words
from analysis.reports.sentences.equity_gaps import interval, is_sure, use_sentence, verdict
from analysis.reports.sentences.equity_groups import Pair, gaps, is_territory

_TWO = 2  # gaps that a person can keep in mind
GAP, LORENZ = "gap_minutes", "lorenz_share"


def answer(school: School) -> tuple[str, str]:
    """The main sentence and its complement, for whatever the school's data allow."""
    for known in (_gaps, _withheld, _unequal, _seen, _shared, _kept_back):
        if said := known(school):
            return said
    return _equipped(school)


def certainty(school: School) -> str:
    """What to know before repeating the gaps of the answer; empty where it tells none."""
    language, say = school.language, school.language.say
    told = main_gaps(school)
    if not told:
        return ""
    ends = [_ends(language, pair, gap) for pair, gap in told if is_sure(gap)]
    units = say("d'autres écoles semblables") if is_territory(school) else say("d'autres classes semblables")
    sure = [say("Avec {units}, les écarts changeraient un peu (intervalles à 95 %).", units=units), *ends]
    start = say("À quel point est-ce sûr ?")
    if not ends:
        sure = [
            say("Les écoles sont trop peu nombreuses ou trop diverses pour trancher.")
            if is_territory(school)
            else say("Les classes sont trop peu nombreuses ou trop diverses pour trancher.")
        ]
    return " ".join([start, *sure])


def _ends(language: Language, pair: Pair, gap: Value) -> str:
    here = words.capital(pair.here)
    if gap.interval is None or verdict(gap) == "alike":
        return language.say("{here} : une minute de plus ou de moins, tout au plus.", here=here)
    return language.say("{here} : {interval}.", here=here, interval=interval(language, gap.interval))


def main_gaps(school: School) -> list[tuple[Pair, Value]]:
    """The two gaps of the answer: sure ones first, what cannot be said after them."""
    known = [(pair, gap) for pair, gap in gaps(school, GAP) if gap.is_exact]
    return sorted(known, key=lambda told: not is_sure(told[1]))[:_TWO]


def _gaps(school: School) -> tuple[str, str] | None:
    sentences = [use_sentence(school.language, pair, gap) for pair, gap in main_gaps(school)]
    if not sentences:
        return None
    for i, (pair, _) in enumerate(main_gaps(school)):
        if pair.breakdown == "sex":  # the others' names are long enough without it
            sentences[i] = school.language.say("Dans une même classe, ") + sentences[i][0].lower() + sentences[i][1:]
    return sentences[0], " ".join(sentences[1:]) or school.language.say("Les autres groupes ne peuvent pas être comparés.")


def _withheld(school: School) -> tuple[str, str] | None:
    """Too few pupils or too little data to compare anything."""
    say = school.language.say
    values = _use_values(school)
    if any(value.shown for value in values):
        return None
    mean = school.value("minutes_per_pupil_day")
    reasons = {value.reason for value in ([mean] if mean is not None else values)}  # the whole school's, before those of its groups
    if said := withheld.too_few(school, reasons, comparing=True):
        return said
    if "coverage" in reasons:
        return (
            say("Les données reçues ne suffisent pas pour comparer les usages des élèves."),
            say("Ce rapport s'en tient à l'équipement."),
        )
    return None


def _use_values(school: School) -> list[Value]:
    measures = (GAP, "minutes_per_pupil_day", "left_out_share", "regular_share")
    return [value for key, value in school.cells.items() if key[0] in measures]


def _unequal(school: School) -> tuple[str, str] | None:
    """Minutes are known, groups are not."""
    say, lowest = school.language.say, dict(shown(school.series(LORENZ, "lowest"))).get("20")
    mean = school.value("minutes_per_pupil_day")
    rest = say("Les groupes d'élèves ne peuvent pas être comparés ; la fin du rapport dit pourquoi.")
    if lowest is not None:
        share = words.amount(school.language, lowest, "share")
        return say("Les 20 % d'élèves qui se servent le moins de la tablette font {share} des minutes.", share=share), rest
    if mean is None or not mean.is_exact:
        return None
    spoken = words.spoken_minutes(school.language, mean.amount)
    return say("En moyenne, un élève équipé utilise sa tablette {minutes} par jour de classe.", minutes=spoken), rest


def _seen(school: School) -> tuple[str, str] | None:
    if school.evidence != "checkin":
        return None
    say, system = school.language.say, school.system()
    held = say("Les élèves de cette école ont un {device}.", device=systems.device(school.language, system))
    known = say("un iPad ne donne aucune durée") if system == "ipad" else systems.no_duration(school)
    return equipped_sentence(school) or held, say("Qui s'en sert peu ou beaucoup, on ne le sait pas : {known}.", known=known)


def _shared(school: School) -> tuple[str, str] | None:
    if school.has_individual or not school.has_shared:
        return None
    say = school.language.say
    return (
        say("Les tablettes de cette école sont partagées : aucune n'est à un élève."),
        say("Qui s'en sert peu ou beaucoup, on ne peut pas le dire."),
    )


def _kept_back(school: School) -> tuple[str, str] | None:
    return withheld.kept_back(school, {value.reason for value in _use_values(school) if not value.shown})


def _equipped(school: School) -> tuple[str, str]:
    say = school.language.say
    if first := equipped_sentence(school):
        return first, say("Aucune donnée de tablette n'est arrivée sur cette période.")
    return say("Aucune donnée n'est arrivée pour cette école sur cette période."), say("Ce rapport dit ce qui manque et pourquoi.")


def equipped_sentence(school: School) -> str:
    """Who has a tablet of their own; empty when it may not be said."""
    share, language = school.value("equipped_share"), school.language
    if share is None or not share.shown:
        return ""
    return language.say("{share} des élèves ont une tablette à eux.", share=words.capital(words.amount(language, share, "share")))
