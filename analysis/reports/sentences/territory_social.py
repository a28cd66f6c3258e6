"""Minutes and the schools' social index, in words. A difference is only called one when its interval leaves out zero."""

from analysis.reports.school import School, Value
from analysis.reports.sentences.equity_gaps import interval, signed, use_sentence
from analysis.reports.sentences.equity_groups import gaps
from analysis.reports.territory import Territory

FEWEST = 5  # schools: with fewer there is no slope


def slope(territory: Territory) -> str:
    """From the schools of the lowest index to those of the highest: whether they differ for sure, by how much, and the ratio."""
    whole, say = territory.whole, territory.language.say
    found = whole.value("sii_minutes")
    if found is None or not found.is_exact:
        return say(
            "De l'IPS le plus bas au plus haut : on ne peut pas dire, il faut au moins {fewest} écoles qui ont des minutes.", fewest=FEWEST
        )
    said = say("Des écoles d'IPS le plus bas à celles d'IPS le plus haut : {difference}.", difference=_difference(whole, found))
    return f"{said} {_ratio(whole)}".rstrip()


def _ratio(school: School) -> str:
    """The relative index, on the same line; empty where it is not published."""
    found, language = school.value("rii_minutes"), school.language
    if found is None or not found.is_exact:
        return ""
    return language.say("Rapport d'un bout à l'autre : {ratio} (1 : aucun écart).", ratio=language.number(found.amount, 1))


def _difference(school: School, found: Value) -> str:
    say, language = school.language.say, school.language
    if found.interval is None:
        return say("on ne peut pas dire si cette différence est sûre")
    low, high = found.interval
    span = interval(language, found.interval)
    if low > 0 or high < 0:
        return say("la différence est sûre, {amount} ({span})", amount=signed(language, found.amount), span=span)
    return say("on ne peut pas dire si elles diffèrent ({span})", span=span)


def rep_and_thirds(school: School) -> str:
    """The gaps between kinds of schools, in the words of every gap; empty without them."""
    told = [(pair, gap) for pair, gap in gaps(school, "gap_minutes") if pair.breakdown in ("rep", "ips") and gap.is_exact]
    return " ".join(use_sentence(school.language, pair, gap) for pair, gap in told)


def concentration(school: School, index: Value) -> str:
    """What the concentration index means, and what it does not."""
    say, language = school.language.say, school.language
    written = language.number(index.amount, 2).replace("-", "\u2212")
    means = say(
        "L'indice de concentration vaut {index} : 0 veut dire que chaque école fait sa part, 1 que tout l'usage est "
        "dans l'école d'IPS le plus haut, \u22121 dans celle d'IPS le plus bas.",
        index=written,
    )
    return f"{means} {say('Il ne dit rien de chaque élève, ni pourquoi.')}"
