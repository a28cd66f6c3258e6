"""Tablets that speak in the logs and that no roster gives to anybody."""

from analysis.reports import blocks
from analysis.reports.school import Row
from analysis.reports.territory import Territory


def unplaced_devices(territory: Territory) -> blocks.Block:
    """One line per source with the tablets that no assignment names, and how to give them back; a sentence when there is none."""
    say = territory.language.say
    if not territory.unplaced:
        everyone = say("Chaque tablette des journaux est confiée à un élève ou à une classe.")
        return blocks.heading(say("Aucune tablette sans titulaire")) + blocks.paragraphs([everyone])
    devices = sum(int(str(row["devices"])) for row in territory.unplaced)
    title = territory.language.count("{number} tablette sans titulaire", "{number} tablettes sans titulaire", devices)
    return blocks.stack(
        blocks.heading(title),
        blocks.bullets(_line(territory, row) for row in territory.unplaced),
        blocks.paragraphs(
            [say("Leur usage n'est compté pour aucune école. Les nommer dans les registres des appareils et des attributions suffit.")]
        ),
    )


def _line(territory: Territory, row: Row) -> str:
    language = territory.language
    rows = language.count("{number} ligne en attente", "{number} lignes en attente", int(str(row["row_count"])))
    return language.count(
        "{title} : {number} tablette, {rows}.",
        "{title} : {number} tablettes, {rows}.",
        int(str(row["devices"])),
        title=row["title"],
        rows=rows,
    )
