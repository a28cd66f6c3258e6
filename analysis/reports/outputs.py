"""The output of a code cell as a block: ours as it is, a researcher's figures, tables and text as well as can be."""

import base64

from nbformat import NotebookNode

from analysis.reports.blocks import HTML, TYPST, Block
from analysis.reports.escaping import clean_svg, html_text, svg_with_own_ids, typst_string
from analysis.reports.markdown import html_block, markdown_tree, tree_block
from analysis.reports.refusal import RefusedError

_SVG = "image/svg+xml"
_PICTURES = ("image/png", "image/jpeg")


def output_block(output: NotebookNode, cell: NotebookNode, number: int, heading: str, keep_streams: bool) -> Block | None:
    """One output of cell `number` as a block; None if a reader has nothing to see.

    `heading` is the last one before the cell: it names a picture that says nothing of itself. Raises RefusedError for an error, and
    for a picture that nothing describes.
    """
    if output.output_type == "error":
        raise RefusedError(f"cell {number} ended in an error ({output.ename}): mend it and run the notebook again before exporting it.")
    if output.output_type == "stream":
        return _plain(output.text) if keep_streams and output.name == "stdout" else None
    data = output.get("data", {})
    if TYPST in data:
        return Block(data.get(HTML, ""), data[TYPST])
    if _SVG in data or any(mime in data for mime in _PICTURES):
        return _picture(data, _alternative(output, cell, number, heading))
    return _text(data)


def _alternative(output: NotebookNode, cell: NotebookNode, number: int, heading: str) -> str:
    """The text alternative of a picture: its own, its cell's, or the heading that it stands under."""
    own = output.get("metadata", {})
    places = (own, *(own.get(mime, {}) for mime in (_SVG, *_PICTURES)), cell.metadata)
    found = next((str(place["alt"]) for place in places if place.get("alt")), heading)
    if not found.strip():
        raise RefusedError(
            f"cell {number} shows a picture without a text alternative: put what it shows in the cell's metadata as `alt`, "
            'or show it with `IPython.display.Image(..., alt="...")`.'
        )
    return found


def _picture(data: NotebookNode, alt: str) -> Block:
    if _SVG in data:
        drawing = clean_svg(data[_SVG])
        drawn = svg_with_own_ids(drawing).replace("<svg", f'<svg role="img" aria-label="{html_text(alt)}"', 1)
        return Block(f'<figure><div class="chart">{drawn}</div></figure>', _typst_picture(f"bytes({typst_string(drawing)})", alt))
    mime = next(mime for mime in _PICTURES if mime in data)
    content = "".join(data[mime].split())
    numbers = ", ".join(map(str, base64.b64decode(content)))
    image = f'<img alt="{html_text(alt)}" src="data:{mime};base64,{content}">'
    return Block(f"<figure>{image}</figure>", _typst_picture(f"bytes(({numbers}))", alt))


def _typst_picture(content: str, alt: str) -> str:
    return f"#picture({content}, {typst_string(alt)})"


def _text(data: NotebookNode) -> Block | None:
    if "text/markdown" in data:
        return tree_block(markdown_tree(data["text/markdown"]), "fr")
    block = html_block(data[HTML]) if HTML in data else None
    if block is not None and block.typst.strip():
        return block
    return _plain(data["text/plain"]) if data.get("text/plain") else None


def _plain(text: str) -> Block:
    return Block(f"<pre>{html_text(text)}</pre>", f"#raw(block: true, {typst_string(text)})")
