"""What becomes of those who began: weeks of use by month of the first use, as a small table."""

from dataclasses import replace

from analysis.figures.sheet import NOTHING, instead
from analysis.reports import blocks
from analysis.reports.language import Language
from analysis.reports.school import School
from analysis.reports.sentences import adoption_titles as titles
from analysis.reports.sentences import withheld, words
from analysis.reports.sentences.adoption_values import tablet_series
from analysis.reports.sentences.adoption_words import basis, month_of

_SPANS = ("1-4", "5-8", "9-12", "13-")  # school weeks since the first use


def retention(school: School) -> blocks.Block:
    """One row for each month of first use, one column for each span of weeks since; nothing without a cell to show."""
    cells = {tuple(category.split("|")): value for category, value in tablet_series(school, "retention_share", "retention")}
    shown = {key: value for key, value in cells.items() if value.shown}
    if not shown:
        return NOTHING
    if withheld.prevail(cells.values()):
        return instead(school, school.language.say("Semaines d'usage depuis le premier usage"), list(cells.values()))
    language, say = school.language, school.language.say
    months, spans = sorted({month for month, _ in shown}), [span for span in _SPANS if any(key[1] == span for key in shown)]
    rows = [[month_of(language, month), *words.row(school, [cells.get((month, span)) for span in spans], "share")] for month in months]
    first = [(_span(language, span), shown[months[0], span]) for span in spans if (months[0], span) in shown]
    note = say("Part des semaines de classe où ces élèves se servent de leur tablette cinq minutes ou plus, un jour de classe au moins.")
    return blocks.stack(
        blocks.heading(titles.retention(language, months[0], first)),
        blocks.table(
            [say("mois du premier usage"), *(_span(language, span) for span in spans)],
            rows,
            say("Semaines d'usage depuis le premier usage"),
        ),
        blocks.note(f"{note} {basis(school, replace(first[0][1], n=None))}"),
    )


def _span(language: Language, span: str) -> str:
    first, _, last = span.partition("-")
    if not last:
        return language.say("dès la semaine {first}", first=first)
    return language.say("semaines {first} à {last}", first=first, last=last)
