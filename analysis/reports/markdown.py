"""Text written by people in notebooks (Markdown) or by libraries (HTML tables) as blocks, by pandoc.

Pandoc's syntax tree is made safe on the way: raw HTML and raw Typst are dropped, headings keep their order, and French punctuation
gets its no-break spaces. Conversions are kept in memory, since twelve schools share the same prose.
"""

import json
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import pypandoc

from analysis.reports.blocks import Block
from analysis.reports.language import NBSP

_MARKDOWN = "gfm-gfm_auto_identifiers+tex_math_dollars"
_BEFORE = (";", ":", "!", "?", "%", "»")  # marks that a French space before must not leave alone at the start of a line
Node = dict[str, Any]


class PictureInMarkdownError(ValueError):
    """A picture in a Markdown cell: it would be a file beside the report, and its text alternative would not be checked."""


@cache
def markdown_tree(source: str) -> list[Node]:
    """The blocks of a Markdown text as pandoc's syntax tree, raw code dropped. Raises PictureInMarkdownError."""
    return _safe_tree(source, _MARKDOWN)


@cache
def html_block(source: str) -> Block:
    """An HTML table (a DataFrame, a Styler) as a block; scripts and styles are dropped. Empty if nothing is left to read."""
    tree = _safe_tree(source, "html-native_divs-native_spans")
    return tree_block(tree, "fr") if tree else Block("", "")


def tree_block(tree: list[Node], lang: str) -> Block:
    """A syntax tree as HTML and Typst."""
    return _written(json.dumps({"pandoc-api-version": _api_version(), "meta": {}, "blocks": tree}), lang)


def top_heading(tree: list[Node]) -> str | None:
    """The words of the heading of level 1 that the tree begins with, if it does."""
    if tree and tree[0]["t"] == "Header" and tree[0]["c"][0] == 1:
        return plain_words(tree[0]["c"][2])
    return None


def plain_words(inlines: list[Node]) -> str:
    """The words of inline nodes, without their looks."""
    spaces = {"Space", "SoftBreak", "LineBreak"}
    return "".join(" " if node["t"] in spaces else _word(node.get("c", "")) for node in inlines).strip()


def with_headings_in_order(tree: list[Node], last: int) -> tuple[list[Node], int]:
    """The tree with no heading of level 1 (the title has it) and no level skipped after one of level `last`; and the new last."""
    ordered = []
    for node in tree:
        if node["t"] == "Header":
            last = min(max(node["c"][0], 2), last + 1)
            node = {"t": "Header", "c": [last, *node["c"][1:]]}
        ordered.append(node)
    return ordered, last


def _word(content: Any) -> str:
    """The words in a node's content: text itself, or inline nodes, alone or after attributes and a target."""
    if isinstance(content, str):
        return content
    if all(isinstance(item, dict) and "t" in item for item in content):
        return plain_words(content)
    return next((_word(item) for item in content[1:] if isinstance(item, list | str)), "")


def _safe_tree(source: str, reader: str) -> list[Node]:
    document = json.loads(_pandoc(source, "json", reader))
    return [kept for node in document["blocks"] if (kept := _safe(node)) is not None]


def _safe(node: Any) -> Any:
    """A node without raw code; None for one that is nothing else."""
    if isinstance(node, list):
        return [kept for item in node if (kept := _safe(item)) is not None or item is None]
    if not isinstance(node, dict):
        return node
    if node.get("t") in ("RawInline", "RawBlock"):
        return None
    if node.get("t") == "Image":
        raise PictureInMarkdownError("a picture stands in a text cell: show it from a code cell, with a text alternative (alt)")
    return {name: _safe(value) for name, value in node.items()}


@cache
def _written(document: str, lang: str) -> Block:
    typeset = json.dumps(_typeset(json.loads(document), lang))
    return Block(_with_scopes(_pandoc(typeset, "html5", "json")), _pandoc(typeset, "typst-smart", "json"))


def _typeset(node: Any, lang: str) -> Any:
    """The tree with typographic apostrophes and, in French, no-break spaces before `; : ! ? % »` and after `«`. Code is left alone."""
    if isinstance(node, dict) and node.get("t") == "Str":
        return {"t": "Str", "c": node["c"].replace("'", "\u2019")}
    if isinstance(node, dict):
        return {name: _typeset(value, lang) for name, value in node.items()}
    if not isinstance(node, list):
        return node
    return [_no_break(node, place) if lang == "fr" and _is_space(item) else _typeset(item, lang) for place, item in enumerate(node)]


def _no_break(inlines: list[Any], place: int) -> Node:
    after = _text(inlines, place + 1)
    before = _text(inlines, place - 1) if place else ""
    tied = after.startswith(_BEFORE) or before.endswith("«")
    return {"t": "Str", "c": NBSP} if tied else inlines[place]


def _text(inlines: list[Any], place: int) -> str:
    node = inlines[place] if place < len(inlines) else None
    return node["c"] if isinstance(node, dict) and node.get("t") == "Str" else ""


def _is_space(node: Any) -> bool:
    return isinstance(node, dict) and node.get("t") in ("Space", "SoftBreak")


def _with_scopes(html: str) -> str:
    """The page's tables with headings that say what they head: a column in `thead`, a row in `tbody`."""
    columns = re.sub(r"<thead>.*?</thead>", partial(_with_scope, "col"), html, flags=re.DOTALL)
    return re.sub(r"<tbody>.*?</tbody>", partial(_with_scope, "row"), columns, flags=re.DOTALL)


def _with_scope(scope: str, part: re.Match[str]) -> str:
    return re.sub(r"<th(?=[ >])", f'<th scope="{scope}"', part[0])


@cache
def _api_version() -> list[int]:
    return list(json.loads(_pandoc("", "json", "markdown"))["pandoc-api-version"])


def _pandoc(source: str, writer: str, reader: str) -> str:
    convert: Callable[..., str] = pypandoc.convert_text
    return convert(source, writer, reader, extra_args=["--wrap=none", "--mathml"] if writer == "html5" else ["--wrap=none"])
