"""The rows that were set aside: why, and what to do about each reason."""

from collections import Counter

from analysis.reports import blocks
from analysis.reports.sentences import quality, quality_reasons
from analysis.reports.territory import Territory

_MOST = 15  # lines of the table; rarer reasons go together

Group = tuple[str, str, str]  # title of the source, column as the export calls it, family of reasons


def set_aside(territory: Territory) -> blocks.Block:
    """A table with one line for each column and reason, the most rows first; a sentence when no row was set aside."""
    language, say = territory.language, territory.language.say
    counts = _counts(territory)
    if not counts:
        return blocks.heading(say("Aucune ligne écartée")) + blocks.paragraphs([say("Chaque ligne reçue a passé les contrôles.")])
    rows = counts.total()
    share = quality.small_share(language, rows / max(quality.total(territory, "rows_read"), 1))
    title = language.count(
        "{number} ligne écartée, {share} des lignes lues", "{number} lignes écartées, {share} des lignes lues", rows, share=share
    )
    header = [say("export"), say("colonne"), say("raison"), say("lignes"), say("que faire")]
    return blocks.stack(
        blocks.heading(title),
        blocks.table(header, _lines(territory, counts), say("Lignes écartées, par raison")),
        blocks.note(say("Chaque ligne écartée attend dans le dossier de quarantaine, avec son fichier, son numéro et sa raison exacte.")),
    )


def _counts(territory: Territory) -> Counter[Group]:
    counts: Counter[Group] = Counter()
    for row in territory.set_aside:
        counts[str(row["title"]), str(row["column"] or "–"), quality_reasons.family(str(row["problem"]))] += int(str(row["row_count"]))
    return counts


def _lines(territory: Territory, counts: Counter[Group]) -> list[list[str]]:
    language = territory.language
    listed = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    lines = [
        [title, column, quality_reasons.reason(language, name), language.number(rows), quality_reasons.remedy(language, name)]
        for (title, column, name), rows in listed[:_MOST]
    ]
    others = sum(rows for _, rows in listed[_MOST:])
    if others:
        look = quality_reasons.remedy(language, "other")
        lines.append([language.say("autres raisons, plus rares"), "–", "–", language.number(others), look])
    return lines
