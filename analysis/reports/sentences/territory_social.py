"""Minutes and the schools' social index, in words. A difference is only called one when its interval leaves out zero."""

from analysis.reports.school import School, Value
from analysis.reports.sentences.equity_gaps import interval, signed, use_sentence
from analysis.reports.sentences.equity_groups import gaps
from analysis.reports.sentences.words import minutes
from analysis.reports.territory import Territory

FEWEST = 5  # schools: with fewer there is no slope


def slope(territory: Territory) -> str:
    """From the schools of the lowest index to those of the highest: the line's ends, and whether the difference is sure.

    The line of the slope index passes through the mean at the middle rank, so its ends lie half of the index below and above.
    """
    whole, say, language = territory.whole, territory.language.say, territory.language
    found, mean = whole.value("sii_minutes"), whole.value("minutes_per_pupil_day")
    if found is None or not found.is_exact:
        return say(
            "De l'IPS le plus bas au plus haut : on ne peut pas dire, il faut au moins {fewest} écoles qui ont des minutes.", fewest=FEWEST
        )
    difference = _difference(whole, found)
    if mean is None or not mean.is_exact or mean.evidence != found.evidence:
        return say("Des écoles d'IPS le plus bas à celles d'IPS le plus haut : {difference}.", difference=difference)
    low, high = (minutes(language, max(0.0, mean.amount + side * found.amount / 2)) for side in (-1, 1))
    return say(
        "Des écoles d'IPS le plus bas à celles d'IPS le plus haut : de {low} à {high} ; {difference}.",
        low=low,
        high=high,
        difference=difference,
    )


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
