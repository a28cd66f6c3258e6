"""How results moved when tablets came, against schools without any: a change beside another, checked by a placebo and by draws."""

from analysis.reports.school import Value
from analysis.reports.sentences.outcome_links import CHANCE, interval, signed
from analysis.reports.sentences.outcome_links import chance as in_words
from analysis.reports.territory import Territory


def overall(territory: Territory, measure: str = "adoption_change", part: str = "overall") -> Value | None:
    """One published figure of the comparison; None where it is not shown."""
    found = territory.whole.value(measure, part)
    return found if found is not None and found.shown else None


def title(territory: Territory, change: Value) -> str:
    """A change is only told where its interval leaves zero out, draws rule chance out, and the placebo finds nothing."""
    say = territory.language.say
    if not _is_sure(territory, change):
        return say("Avec les tablettes, aucun changement sûr des résultats")
    if change.amount > 0:
        return say("Depuis les tablettes, les résultats montent plus que dans les écoles qui n'en ont pas")
    return say("Depuis les tablettes, les résultats montent moins que dans les écoles qui n'en ont pas")


def lines(territory: Territory, change: Value) -> list[str]:
    """The change with its interval, what could have been missed, the placebo, and what draws say."""
    language, say = territory.language, territory.language.say
    size = {"amount": signed(language, change.amount), "interval": interval(language, change)}
    said = [say("Changement, moins celui des écoles sans tablettes : {amount} écart-type ({interval}).", **size)]
    least = overall(territory, "adoption_detectable")
    if least is not None and not _is_sure(territory, change):
        said.append(say("Un changement de moins de {least} écart-type a pu échapper.", least=language.number(least.amount, 2)))
    chance = overall(territory, "adoption_chance")
    if chance is not None:
        said.append(_draws(territory, chance))
    before = overall(territory, part="placebo")
    if before is not None:
        said.append(_placebo(territory, before))
    said.append(say("C'est une association : d'autres choses ont pu changer la même année dans les mêmes écoles."))
    return said


def _is_sure(territory: Territory, change: Value) -> bool:
    chance, before = overall(territory, "adoption_chance"), overall(territory, part="placebo")
    is_clear = change.interval is not None and not change.interval[0] <= 0 <= change.interval[1]
    is_no_chance = chance is not None and chance.amount < CHANCE
    is_quiet_before = before is None or before.interval is None or before.interval[0] <= 0 <= before.interval[1]
    return is_clear and is_no_chance and is_quiet_before


def _draws(territory: Territory, chance: Value) -> str:
    language = territory.language
    return language.say(
        "Si l'on tirait au sort quelles écoles sont équipées, un changement aussi grand aurait cette probabilité : {chance}.",
        chance=in_words(language, chance),
    )


def _placebo(territory: Territory, before: Value) -> str:
    language, say = territory.language, territory.language.say
    size = {"amount": signed(language, before.amount), "interval": interval(language, before)}
    if before.interval is not None and not before.interval[0] <= 0 <= before.interval[1]:
        return say("Un an trop tôt, on trouve déjà {amount} ({interval}) : la comparaison n'est pas sûre.", **size)
    return say("Vérification : un an trop tôt, quand rien n'avait changé, on trouve {amount} ({interval}).", **size)
