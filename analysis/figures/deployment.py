"""The deployment: tablets in pupils' hands against the plan of the year and at term, and what an equipped and an active pupil cost."""

from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import territory_costs, territory_titles, words
from analysis.reports.territory import Territory


def deployment(territory: Territory) -> blocks.Block:
    """Bars of tablets in hands, planned and at term when both sides are known, then the costs or that none was given."""
    school = territory.whole
    costs = blocks.heading(territory.language.say("Ce que cela coûte"), 3) + blocks.paragraphs(territory_costs.costs(school))
    return _plan(school) + costs


def _plan(school: School) -> blocks.Block:
    """Nothing when the tablets in hands are not known; one number when no plan is."""
    language, say = school.language, school.language.say
    numbers = {name: _amount(school, name) for name in ("tablets_in_hands", "tablets_planned", "tablets_at_term")}
    in_hands, known = numbers["tablets_in_hands"], {name: number for name, number in numbers.items() if number is not None}
    if in_hands is None:
        return NOTHING
    title, names = territory_titles.deployment(language, in_hands, numbers["tablets_planned"]), _names(school)
    if len(known) == 1:
        return blocks.heading(title, 3) + blocks.paragraphs([say("Aucun plan de déploiement n'est donné dans la configuration.")])
    most = max(known.values()) or 1
    rows = [Length(names[name], number / most, language.number(number)) for name, number in known.items()]
    listed = words.enumerated(language, [f"{row.name} {row.number}" for row in rows])
    return blocks.figure(
        title,
        chart(rows, whole=False),
        say("Barres du nombre de tablettes : {parts}.", parts=listed),
        say("Tablettes individuelles tenues par un élève à la fin des données, arrondies à la dizaine. Plan : celui de la configuration."),
        blocks.Table([say("quoi"), say("tablettes")], [[row.name, row.number] for row in rows], say("Les chiffres : le déploiement")),
        level=3,
    )


def _names(school: School) -> dict[str, str]:
    say = school.language.say
    return {"tablets_in_hands": say("Confiées"), "tablets_planned": say("Prévues cette année"), "tablets_at_term": say("Prévues à terme")}


def _amount(school: School, measure: str) -> float | None:
    value = school.value(measure)
    return value.amount if value is not None and value.is_exact else None
