"""What arrived: files, rows and days of each export."""

import datetime as dt

from analysis.reports import blocks
from analysis.reports.school import Row
from analysis.reports.sentences import quality
from analysis.reports.territory import Territory

_COLUMNS = ("files", "rows_read", "rows_loaded", "rows_set_aside", "rows_duplicate")


def arrivals(territory: Territory) -> blocks.Block:
    """A table with one line per source, logs first; a notice when no file was ever read."""
    language, say = territory.language, territory.language.say
    if not territory.arrivals:
        return blocks.notice(say("Aucun fichier n'est arrivé."), say("Déposer les exports dans le dossier des données brutes."))
    files = language.count("{number} fichier", "{number} fichiers", quality.total(territory, "files"))
    rows = language.count("{number} ligne", "{number} lignes", quality.total(territory, "rows_read"))
    header = [say("export"), say("fichiers"), say("lues"), say("gardées"), say("écartées"), say("doublons"), say("du"), say("au")]
    listed = sorted(territory.arrivals, key=lambda row: (row["first_day"] is None, str(row["title"])))
    return blocks.stack(
        blocks.heading(say("Ce qui est arrivé : {files}, {rows}", files=files, rows=rows)),
        blocks.table(header, [_cells(territory, row) for row in listed], say("Tous les fichiers lus à ce jour, par sorte d'export")),
        blocks.note(
            say(
                "Lignes lues = gardées + écartées + doublons exacts. Les fichiers sont comptés depuis le début, et non pour la période. "
                "Un registre d'élèves ou d'appareils n'a pas de premier ni de dernier jour."
            )
        ),
    )


def _cells(territory: Territory, row: Row) -> list[str]:
    language = territory.language
    counts = [language.number(int(str(row[name]))) for name in _COLUMNS]
    return [str(row["title"]), *counts, *(_day(territory, row[name]) for name in ("first_day", "last_day"))]


def _day(territory: Territory, day: object) -> str:
    return territory.language.date(day, "d MMM yyyy") if isinstance(day, dt.date) else "–"
