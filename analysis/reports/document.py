"""A notebook that has run, as the pieces that a reader sees: prose and outputs, code hidden.

Each piece is a `Block`, which knows itself as HTML and as Typst. Outputs of our report cells are blocks already; those of a
researcher's own notebook (`outputs.py`) are converted. Text cells are written in French; each one is translated as a whole, its
source being the msgid. Exporters (pdf.py, page.py) only put the pieces in a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from analysis.reports.blocks import META, Block
from analysis.reports.facts import Facts, facts_of
from analysis.reports.language import translations
from analysis.reports.markdown import (
    Node,
    PictureInMarkdownError,
    markdown_tree,
    plain_words,
    top_heading,
    tree_block,
    with_headings_in_order,
)
from analysis.reports.outputs import output_block
from analysis.reports.refusal import RefusedError


@dataclass(frozen=True)
class Document:
    """A report ready for a page: its facts, and its pieces in order."""

    facts: Facts
    pieces: list[Block]


def read_document(notebook: NotebookNode, name: str = "notebook") -> Document:
    """The document of a notebook that has run; `name` is its title if it has none.

    Raises RefusedError for an error among the outputs, and for a picture without a text alternative.
    """
    cover = _cover(notebook)
    given = notebook.metadata.get("cartable", {})
    facts = facts_of(cover, given, _title(notebook) or name)
    return Document(facts, list(_pieces(notebook, facts.lang, has_cover=bool(cover))))


def _cover(notebook: NotebookNode) -> dict[str, object]:
    """The facts of the first cover among the outputs."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    return next((dict(output.data[META]) for output in outputs if META in output.get("data", {})), {})


def _title(notebook: NotebookNode) -> str | None:
    titles = (top_heading(markdown_tree(cell.source)) for cell in _text_cells(notebook))
    return next((title for title in titles if title), None)


def _text_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown" and "![" not in cell.source]


def _pieces(notebook: NotebookNode, lang: str, has_cover: bool) -> Iterator[Block]:
    level, heading, titled = 1, "", False
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown" and cell.source.strip():
            tree = _tree(cell, number, lang)
            if not titled and top_heading(tree):
                tree, titled = tree[1:], True
            tree, level = with_headings_in_order(tree, level)
            heading = next((plain_words(node["c"][2]) for node in reversed(tree) if node["t"] == "Header"), heading)
            if tree:
                yield tree_block(tree, lang)
        elif cell.cell_type == "code":
            for block in _cell_blocks(cell, number, heading, has_cover):
                level = _last_level(block, level)
                yield block


def _tree(cell: NotebookNode, number: int, lang: str) -> list[Node]:
    source = cell.source.strip()
    try:
        return markdown_tree(translations(lang).gettext(source))
    except PictureInMarkdownError as error:
        raise RefusedError(f"cell {number}: {error}.") from None


def _cell_blocks(cell: NotebookNode, number: int, heading: str, has_cover: bool) -> Iterator[Block]:
    for output in cell.get("outputs", []):
        block = output_block(output, cell, number, heading, keep_streams=not has_cover)
        if block is not None and META not in output.get("data", {}):
            yield block


def _last_level(block: Block, level: int) -> int:
    found = re.findall(r"<h([1-6])", block.html)
    return int(found[-1]) if found else level
