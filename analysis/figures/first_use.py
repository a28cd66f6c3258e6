"""How fast pupils begin: the share that has used the tablet within so many school days of receiving it."""

from analysis.figures.lengths import Length, chart
from analysis.figures.sheet import NOTHING, value_table
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School, Value
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import words
from analysis.reports.sentences.adoption_values import tablet_series, tablets
from analysis.reports.sentences.adoption_words import basis


def first_use(school: School) -> blocks.Block:
    """Bars within 1, 5, 10, 20 and 40 school days, with intervals; nothing when no tablet was handed over in the period."""
    series = tablet_series(school, "started_share", "within")
    within = [(days, value) for days, value in series if value.shown]
    if not within:
        return NOTHING
    say, language, median = school.language.say, school.language, tablets(school, "days_to_first_use_median")
    rows = [
        Length(_within(language, days), value.amount, words.amount(language, value, "share"), value.is_bound, value.interval)
        for days, value in within
    ]
    listed = words.enumerated(language, [f"{row.name} {row.number}" for row in rows])
    names = [_within(language, days) for days, _ in series]
    table = value_table(school, say("Les chiffres : premier usage"), names, [value for _, value in series], "share", say("jours de classe"))
    return blocks.figure(
        titles.first_use(language, median, within),
        chart(rows),
        say("Barres de la part des élèves qui ont commencé, selon le délai : {delays}.", delays=listed),
        _note(school, median, within[0][1]),
        table,
    )


def _within(language: Language, days: str) -> str:
    return language.say("le jour même") if days == "1" else language.say("en {days} jours", days=days)


def _note(school: School, median: Value | None, first: Value) -> str:
    say, language = school.language.say, school.language
    lines = [say("Élèves qui ont reçu leur tablette pendant la période ; le jour de la remise compte pour un.")]
    if first.interval:
        lines.append(say("Trait noir : intervalle à 95 %."))
    if median is not None and median.interval:
        low, high = (language.number(round(end)) for end in median.interval)
        lines.append(say("Délai médian : de {low} à {high} jours (intervalle à 95 %).", low=low, high=high))
    return " ".join([*lines, basis(school, first)])
