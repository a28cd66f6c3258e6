"""What a report cell returns: one piece of page, known as HTML (Jupyter, web) and as Typst (PDF).

A block is made once and shown everywhere: JupyterLab takes the HTML, the PDF exporter takes the Typst. Both carry the same words.
Constructors take text that is already in the report's language, and take it as data: nothing in it is read as markup.
The Typst calls functions of `report.typ`.

The cell that opens a report returns a `cover(...)`: its facts travel in the output under the mime `application/vnd.cartable.meta+json`,
and the exporters make of them the title block, the header, the footer and the document's metadata.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.reports.escaping import clean_svg, html_text, svg_with_own_ids, typst_string

TYPST = "text/vnd.typst"
HTML = "text/html"
META = "application/vnd.cartable.meta+json"


@dataclass(frozen=True)
class Block:
    """A displayable piece of report: `html` and `typst` say the same thing; `meta` are the facts of a cover."""

    html: str
    typst: str
    meta: Mapping[str, object] = field(default_factory=dict)

    def __add__(self, other: "Block") -> "Block":
        return Block(self.html + "\n" + other.html, self.typst + "\n" + other.typst, {**self.meta, **other.meta})

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        bundle: dict[str, object] = {HTML: self.html, TYPST: self.typst, "text/plain": "(report block)"}
        return {**bundle, META: dict(self.meta)} if self.meta else bundle


@dataclass(frozen=True)
class Table:
    """Numbers to read: column headings, rows of ready text, and a caption. The first column names the row."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"table {self.caption!r}: each row needs {len(self.header)} cells, one for each heading")

    @property
    def sides(self) -> list[str]:
        """The side that each column's text leans on: `right` for numbers, to compare digits, `left` for words."""
        columns = list(zip(*self.rows, strict=True)) or [() for _ in self.header]
        return ["left", *(_side(column) for column in columns[1:])]


def cover(
    title: str,
    subtitle: str = "",
    *,
    lang: str,
    territory: str,
    topic: str,
    uai: str = "",
    school: str = "",
    period_label: str = "",
    kind: str = "",
    is_invented: bool = False,
) -> Block:
    """The title block of a report and the facts of its header ("territory · topic") and footer ("École uai · period · date").

    `is_invented` marks every page as demonstration data. The day of production is added by the runner.
    """
    meta = {"title": title, "subtitle": subtitle, "lang": lang, "territory": territory, "topic": topic, "uai": uai, "school": school}
    facts = {**meta, "period_label": period_label, "kind": kind, "is_invented": is_invented}
    return Block(f"<h1>{html_text(title)}</h1>\n<p>{html_text(subtitle)}</p>", "", facts)


def answer(strong: str, rest: str = "") -> Block:
    """The answer, in a box: one sentence in bold, then what completes it."""
    return Block(
        f'<p class="answer"><strong>{html_text(strong)}</strong> {html_text(rest)}</p>',
        f"#answer({typst_string(strong)}, {typst_string(rest)})",
    )


def numbers(pairs: Sequence[tuple[str, str]]) -> Block:
    """Large numbers side by side, three as a rule: `("62 %", "des jours-élèves avec au moins un usage")`."""
    items = "".join(f'<li><strong class="big">{html_text(big)}</strong> <span>{html_text(small)}</span></li>' for big, small in pairs)
    return Block(
        f'<ul class="numbers">{items}</ul>',
        f"#numbers({_typst_array(_typst_array(map(typst_string, pair)) for pair in pairs)})",
    )


def figure(title: str, svg: str, alt: str, note: str = "", table: Table | None = None, level: int = 2) -> Block:
    """A chart under a title that says the finding, with its text alternative, who was counted, and the same numbers as a table.

    `level` is the heading's: 2 right under the report's title, 3 under a section. The PDF gathers the tables where
    `figure_tables` stands, or at its end; the HTML folds each under its chart. Raises ValueError without an `alt` or a drawing.
    """
    if not alt.strip():
        raise ValueError(f"figure {title!r} has no text alternative: say in `alt` what the drawing shows")
    drawing = clean_svg(svg)
    return Block(_html_figure(title, drawing, alt, note, table, level), _typst_figure(title, drawing, alt, note, table, level))


def table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Block:
    """A table in the page, with its caption above it."""
    content = Table(header, rows, caption)
    return Block(_html_table(content), f"#data-table{_typst_table(content)}")


def kept_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Block:
    """The numbers of a figure as a table that its page is too narrow for: folded in the HTML, among the figures' tables in the PDF."""
    content = Table(header, rows, caption)
    return Block(_html_folded_table(content), f"#keep-numbers{_typst_table(content)}")


def figure_tables(title: str, level: int = 2) -> Block:
    """Where the PDF prints the tables of the figures seen so far. The HTML already has each under its figure."""
    return Block("", f"#figure-tables({typst_string(title)}, level: {level})")


def heading(text: str, level: int = 2) -> Block:
    """A section's heading; 2 is right under the report's title."""
    return Block(f"<h{level}>{html_text(text)}</h{level}>", f"#heading(level: {level}, {typst_string(text)})")


def paragraphs(texts: Iterable[str]) -> Block:
    """Plain paragraphs; empty ones are left out."""
    kept = [text for text in texts if text.strip()]
    return Block("\n".join(f"<p>{html_text(text)}</p>" for text in kept), "\n\n".join(f"#par({typst_string(text)})" for text in kept))


def bullets(texts: Iterable[str]) -> Block:
    """A list of short points; empty ones are left out."""
    kept = [text for text in texts if text.strip()]
    items = "".join(f"<li>{html_text(text)}</li>" for text in kept)
    return Block(f"<ul>{items}</ul>" if kept else "", f"#list({', '.join(map(typst_string, kept))})" if kept else "")


def listed(title: str, texts: Sequence[str], level: int = 2) -> Block:
    """A list under its heading; nothing, when it has no point."""
    return heading(title, level) + bullets(texts) if texts else Block("", "")


def note(text: str) -> Block:
    """A small grey line: who was counted, how it is known."""
    return Block(f'<p class="note">{html_text(text)}</p>', f"#small-note({typst_string(text)})")


def notice(strong: str, rest: str = "") -> Block:
    """A bordered box where a figure would be: not enough data, not published, a series break."""
    return Block(
        f'<p class="notice"><strong>{html_text(strong)}</strong> {html_text(rest)}</p>',
        f"#notice({typst_string(strong)}, {typst_string(rest)})",
    )


def page_break() -> Block:
    """A new page in print."""
    return Block('<div class="page-break"></div>', "#pagebreak(weak: true)")


def stack(*blocks: Block) -> Block:
    """Blocks one under the other as one cell's output."""
    return sum(blocks, Block("", ""))


def _side(column: Sequence[str]) -> str:
    """Right when at least half of the cells that say something are numbers: one that is withheld does not move the others."""
    said = [text for text in column if text.strip("–")]
    return "right" if said and 2 * sum(map(_is_number, said)) >= len(said) else "left"


def _is_number(text: str) -> bool:
    r"""Whether a cell is a number with its unit, or a bound such as "≤ 5 %"."""
    return text.lstrip("≤≥<>~+-\u2212\u2013 \u00a0\u202f")[:1].isdigit()


def _html_figure(title: str, drawing: str, alt: str, note: str, table: Table | None, level: int) -> str:
    image = svg_with_own_ids(drawing).replace("<svg", f'<svg role="img" aria-label="{html_text(alt)}"', 1)
    caption = f"<figcaption>{html_text(note)}</figcaption>" if note else ""
    return (
        f'<section class="figure"><h{level}>{html_text(title)}</h{level}>\n'
        f'<figure><div class="chart" tabindex="0" role="group" aria-label="{html_text(title)}">{image}</div>{caption}</figure>\n'
        f"{_html_folded_table(table)}</section>"
    )


def _html_folded_table(table: Table | None) -> str:
    return "" if table is None else f"<details><summary>{html_text(table.caption)}</summary>{_html_table(table)}</details>"


def _html_table(table: Table) -> str:
    sides = table.sides
    header = "".join(f'<th scope="col" class="{side}">{html_text(text)}</th>' for text, side in zip(table.header, sides, strict=True))
    rows = "\n".join(_html_row(row, sides) for row in table.rows)
    return (
        f'<div class="table"><table><caption>{html_text(table.caption)}</caption>\n<thead><tr>{header}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _html_row(row: Sequence[str], sides: Sequence[str]) -> str:
    cells = "".join(f'<td class="{side}">{html_text(text)}</td>' for text, side in zip(row[1:], sides[1:], strict=True))
    return f'<tr><th scope="row">{html_text(row[0])}</th>{cells}</tr>'


def _typst_figure(title: str, drawing: str, alt: str, note: str, table: Table | None, level: int) -> str:
    numbers = "none" if table is None else f"arguments{_typst_table(table)}"
    return (
        f"#chart({typst_string(title)}, bytes({typst_string(drawing)}), alt: {typst_string(alt)}, "
        f"note: {typst_string(note)}, numbers: {numbers}, level: {level})"
    )


def _typst_table(table: Table) -> str:
    rows = _typst_array(_typst_array(map(typst_string, row)) for row in table.rows)
    return f"({_typst_array(map(typst_string, table.header))}, {rows}, {typst_string(table.caption)}, {_typst_array(table.sides)})"


def _typst_array(items: Iterable[str]) -> str:
    """A Typst array; the comma after each item makes one of a single item too."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
