"""The answer of the report on outcomes: one association, or why there is none; and always that it is no effect."""

from analysis.reports.sentences import outcome_links, outcome_questions
from analysis.reports.territory import Territory


def answer(territory: Territory) -> tuple[str, str]:
    """What the first outcome shows between pupils of a class, and what completes it."""
    say = territory.language.say
    links = outcome_links.links(territory)
    if not links:
        reason = next((str(row["reason"]) for row in territory.questions if row["question"] == "within"), "no results")
        return say("De ces données, on ne peut rien dire des apprentissages."), outcome_questions.refusal(territory.language, reason)
    first = links[0]
    if first.role == "exploratory" and len({link.name for link in links}) > 1:
        return _of_many(territory, links)
    return outcome_links.sentence(territory.language, first), _caution(territory, first)


def _of_many(territory: Territory, links: list[outcome_links.Link]) -> tuple[str, str]:
    """Of several results none of which was announced, no one comes first: the answer names those that show a link."""
    say = territory.language.say
    caution = _association(territory) if any(map(outcome_links.is_sure, links)) else _nothing_seen(territory)
    looked_at = say("Aucun de ces résultats n'était annoncé d'avance : ce qui se voit ici reste à vérifier sur d'autres.")
    return outcome_links.headline(territory.language, links) + ".", f"{caution} {looked_at}"


def _caution(territory: Territory, link: outcome_links.Link) -> str:
    say = territory.language.say
    if not outcome_links.is_sure(link):
        return _nothing_seen(territory)
    caution = _association(territory)
    if link.robustness is None:
        return caution
    share = territory.language.percent(link.robustness.amount)
    return (
        caution
        + " "
        + say(
            "Une cause non mesurée qui expliquerait {share} de ce qui reste des minutes et des résultats suffirait à l'effacer.",
            share=share,
        )
    )


def _association(territory: Territory) -> str:
    return territory.language.say("C'est une association : rien ici ne dit que la tablette en est la cause.")


def _nothing_seen(territory: Territory) -> str:
    return territory.language.say("Ne rien voir n'est pas montrer qu'il n'y a rien.")
