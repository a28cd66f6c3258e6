"""What a report says in place of a figure, and why: in a table or a line, once for a whole breakdown, and in the list of what is missing.

No sentence of a report says how many pupils or how many figures are concerned.
"""

from collections.abc import Callable, Collection, Iterable

from analysis.reports.school import TO, School, Value

REASONS = ("small", "steady", "floor", "dominance", "complement", "revision", "coverage")  # in the order of a list
_FEW = ("small", "steady")  # for want of pupils


def phrase(school: School, reason: str) -> str:
    """In place of one figure: `non publié (moins de 11 élèves)`."""
    return phrase_of(school, {reason})


def phrase_of(school: School, reasons: Iterable[str]) -> str:
    """In place of several: `non publié (moins de 11 élèves, pour protéger un autre chiffre)`."""
    given, say = set(reasons), school.language.say
    if given == {"coverage"}:
        return because(school, "coverage")
    listed = ", ".join(because(school, reason) for reason in REASONS if reason in given)
    return say("non publié ({because})", because=listed) if listed else say("non publié")


def because(school: School, reason: str) -> str:
    """The reason alone: `moins de 11 élèves`; empty for one that has no words."""
    say = school.language.say
    known = {
        "small": say("moins de {threshold} élèves", threshold=school.threshold),
        "steady": say("trop peu d'élèves à un moment de l'année"),
        "floor": say("trop peu d'élèves"),
        "dominance": say("un seul élève fait l'essentiel"),
        "complement": say("pour protéger un autre chiffre"),
        "revision": say("modifié depuis sa parution"),
        "coverage": say("données insuffisantes"),
    }
    return known.get(reason, "")


def reasons_of(values: Iterable[Value | None]) -> set[str]:
    """Why some of these figures are withheld; empty when none is."""
    return {value.reason for value in values if value is not None and not value.shown}


def prevail(values: Iterable[Value | None]) -> bool:
    """More than half of these figures are withheld: a table or a drawing of them would be made of gaps."""
    known = [value for value in values if value is not None]
    return 2 * sum(not value.shown for value in known) > len(known)


def instead(school: School, what: str, values: Collection[Value | None]) -> str:
    """In place of a whole breakdown, `what` being such as `Minutes selon le niveau`: one sentence with its reasons."""
    say, reasons = school.language.say, reasons_of(values)
    listed = ", ".join(because(school, reason) for reason in REASONS if reason in reasons)
    aside = f" ({listed})" if listed else ""
    if any(value is not None and value.shown for value in values):
        return say("{what} : la plupart des chiffres ne sont pas publiés{reasons}.", what=what, reasons=aside)
    return say("{what} : aucun chiffre n'est publié{reasons}.", what=what, reasons=aside)


def joined(school: School, levels: Iterable[str]) -> list[str]:
    """That cycles stand in for levels; nothing where levels are shown."""
    say = school.language.say
    return [say("Les niveaux sont réunis par cycle : seuls, ils comptent trop peu d'élèves.")] if any(TO in name for name in levels) else []


def sentences(school: School, parts_of: Callable[[str], str]) -> list[str]:
    """The lines of the list of what is missing, each reason once. `parts_of` names what a reason empties of a report, or nothing."""
    found = ((reason, parts_of(reason)) for reason in REASONS)
    return [explained(school, reason, parts) for reason, parts in found if parts]


def explained(school: School, reason: str, parts: str) -> str:
    """One line of such a list: the reason in a sentence, then what it keeps back. Raises KeyError for a reason that has no words."""
    say, threshold = school.language.say, school.threshold
    floor = school.language.percent(school.setting("coverage_floor", 0.5))
    match reason:
        case "small":
            return say("À moins de {threshold} élèves, on pourrait reconnaître quelqu'un : {parts}.", threshold=threshold, parts=parts)
        case "steady":
            return say("Trop peu d'élèves à un moment de l'année, donc rien de toute l'année : {parts}.", parts=parts)
        case "floor":
            return say("Il faut plus d'élèves pour ces chiffres-là que pour une moyenne : {parts}.", parts=parts)
        case "dominance":
            return say("Un seul élève fait l'essentiel du total, on le reconnaîtrait : {parts}.", parts=parts)
        case "complement":
            return say("Retenu pour qu'un autre chiffre ne se devine pas par soustraction : {parts}.", parts=parts)
        case "revision":
            return say("Modifié depuis sa parution, et la différence en dirait trop sur quelques élèves : {parts}.", parts=parts)
        case "coverage":
            return say("Données insuffisantes, moins de {floor} des jours-tablettes : {parts}.", floor=floor, parts=parts)
    raise KeyError(reason)


def too_few(school: School, reasons: Iterable[str], *, comparing: bool = False) -> tuple[str, str] | None:
    """In place of the answer of a report (`comparing`: of one on groups), when its figures want for pupils, and what completes it."""
    say = school.language.say
    if not set(reasons) & set(_FEW):
        return None
    first = (
        say("Cette école compte trop peu d'élèves équipés pour comparer des groupes.")
        if comparing
        else say("Cette école compte trop peu d'élèves équipés pour publier leurs usages.")
    )
    return first, say("En dessous de {threshold} élèves, un chiffre pourrait désigner quelqu'un.", threshold=school.threshold)


def kept_back(school: School, reasons: Iterable[str]) -> tuple[str, str] | None:
    """In place of an answer that is withheld for another reason than coverage or want of pupils: data arrived all the same."""
    say = school.language.say
    if not set(reasons) & {"complement", "dominance", "revision", "floor"}:
        return None
    return (
        say("Les usages des élèves de cette école ne sont pas publiés pour cette période."),
        say("Ils en diraient trop sur quelques élèves ; la fin du rapport dit pourquoi."),
    )
