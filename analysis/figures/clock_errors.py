"""What a wrong clock dated."""

from analysis.reports import blocks
from analysis.reports.school import Row
from analysis.reports.territory import Territory


def clock_errors(territory: Territory) -> blocks.Block:
    """One line per source and kind of error with the rows whose date cannot be right; a sentence when there is none."""
    say = territory.language.say
    if not territory.clock_errors:
        nothing = say("Aucune ligne n'a de date impossible ni d'avant le début des données.")
        return blocks.heading(say("Aucune erreur d'horloge")) + blocks.paragraphs([nothing])
    lines = sum(int(str(row["row_count"])) for row in territory.clock_errors)
    title = territory.language.count("{number} ligne datée par une horloge fausse", "{number} lignes datées par une horloge fausse", lines)
    return blocks.stack(
        blocks.heading(title),
        blocks.bullets(_line(territory, row) for row in territory.clock_errors),
        blocks.paragraphs(
            [say("L'horloge de la tablette était remise à zéro, ou personne ne l'avait encore. Ces lignes ne comptent nulle part.")]
        ),
    )


def _line(territory: Territory, row: Row) -> str:
    count, number, title = territory.language.count, int(str(row["row_count"])), row["title"]
    if row["kind"] == "impossible_date":
        return count(
            "{title} : {number} ligne à une date impossible, écartée.",
            "{title} : {number} lignes à une date impossible, écartées.",
            number,
            title=title,
        )
    return count(
        "{title} : {number} ligne d'avant le début des données.",
        "{title} : {number} lignes d'avant le début des données.",
        number,
        title=title,
    )
