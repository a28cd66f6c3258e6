"""What pupils open on the portal (ENT), service by service."""

from analysis.figures import style
from analysis.figures.fitting import fitted
from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING, instead
from analysis.reports import blocks
from analysis.reports.school import School
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_services import OTHER, service_name
from analysis.reports.sentences.adoption_values import account_series

_MOST = 8  # bars; the table has them all
_LONGEST = 1.9  # inches of a name beside its bar


def portal_services(school: School) -> blocks.Block:
    """Bars, most opened first and the others last; nothing when no service may be shown."""
    series, language, say = account_series(school, "module_share", "module"), school.language, school.language.say
    ranked = sorted(((name, value) for name, value in series if value.shown), key=lambda pair: (pair[0] == OTHER, -pair[1].amount))
    shown = [(service_name(language, name), value) for name, value in ranked]
    sorted_out = [(service_name(language, name), value) for name, value in ranked if name != OTHER and value.is_exact]
    if not sorted_out:
        return NOTHING
    if withheld.prevail(value for _, value in series):
        return instead(school, say("Services ouverts sur l'ENT"), [value for _, value in series])
    rows = [
        Length(fitted(name, _LONGEST, style.TEXT), value.amount, words.amount(language, value, "share"), value.is_bound)
        for name, value in shown[:_MOST]
    ]
    listed = words.enumerated(language, [f"{name} {words.amount(language, value, 'share')}" for name, value in shown])
    table = blocks.Table(
        [say("service"), say("part des ouvertures")],
        [[service_name(language, name), words.cell(school, value, "share")] for name, value in series],
        say("Les chiffres : services ouverts sur l'ENT"),
    )
    return blocks.figure(
        titles.portal_services(language, sorted_out),
        chart(rows, whole=False),
        say("Barres de la part des ouvertures de chaque service de l'ENT : {services}.", services=listed),
        say("Part des ouvertures de services par les élèves. Ouvrir n'est pas travailler : on ne sait pas combien de temps."),
        table,
    )
