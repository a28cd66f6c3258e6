"""An executed notebook: sources, every output of every mime, metadata and attachments; the HTML and the Typst of a report's blocks."""

import base64
import binascii
import json
import re
from collections.abc import Mapping

from analysis.checking.read_html import read_html
from analysis.checking.reading import Passage, Reading, strings_in
from analysis.reports.blocks import HTML, META, TYPST

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = frozenset({"text/plain", META})
_FOREIGN = "an output of a kind that no report makes"
_OF_THE_KERNEL = frozenset({"kernelspec", "language_info"})


def read_notebook(text: str) -> Reading:
    """What the notebook says; `where` of a passage is a cell and an output. Raises ValueError for what is no notebook."""
    notebook = json.loads(text)
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise ValueError("not a notebook")
    reading = Reading()
    _read_metadata({k: v for k, v in notebook.items() if k not in ("cells", "nbformat", "nbformat_minor")}, "notebook", reading)
    for number, cell in enumerate(notebook["cells"], 1):
        _read_cell(cell, f"cell {number}", reading)
    return reading


def _read_metadata(value: Mapping, where: str, reading: Reading) -> None:
    kernel = {name: value.get("metadata", {}).get(name) for name in _OF_THE_KERNEL}
    rest = {name: inner for name, inner in value.get("metadata", {}).items() if name not in _OF_THE_KERNEL}
    reading.raw.append(Passage(f"{where}, metadata", " ".join(strings_in(kernel))))
    outside = {name: inner for name, inner in value.items() if name != "metadata"}
    reading.say(f"{where}, metadata", "\n".join([*strings_in(rest), *strings_in(outside)]))


def _read_cell(cell: Mapping, where: str, reading: Reading) -> None:
    source = "".join(cell.get("source", ""))
    reading.say(f"{where}, source", source, words=cell.get("cell_type") != "code")
    known = ("cell_type", "source", "outputs", "execution_count", "id", "metadata", "attachments")
    rest = {name: value for name, value in cell.items() if name not in known}
    _read_metadata({"metadata": cell.get("metadata", {}), **rest}, where, reading)
    for name, bundle in cell.get("attachments", {}).items():
        reading.say(f"{where}, attachment", name)
        _read_bundle(bundle, f"{where}, attachment", reading)
    for number, output in enumerate(cell.get("outputs", []), 1):
        _read_output(output, f"{where}, output {number}", reading)


def _read_output(output: Mapping, where: str, reading: Reading) -> None:
    known = ("output_type", "data", "execution_count", "name")
    reading.say(where, "\n".join(strings_in({k: v for k, v in output.items() if k not in known and v})))
    if TYPST not in output.get("data", {}):
        reading.closed.append((where, _FOREIGN))  # each block of a report has its Typst
    _read_bundle(output.get("data", {}), where, reading)


def _read_bundle(bundle: Mapping, where: str, reading: Reading) -> None:
    for mime, value in bundle.items():
        text = value if isinstance(value, str) else "".join(value) if _is_lines(value) else "\n".join(strings_in(value))
        if mime == HTML:
            reading.add(read_html(text), where)
        elif mime == TYPST:
            _read_typst(text, where, reading)
        elif mime in _PLAIN:
            reading.say(f"{where}, {mime}", text)
        else:
            reading.closed.append((where, _FOREIGN))
            reading.raw += [Passage(where, text), Passage(where, _decoded(text))]


def _is_lines(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(line, str) for line in value)


def _read_typst(text: str, where: str, reading: Reading) -> None:
    """The string literals, one after the other as the page shows them; what is not one is code of ours around them."""
    said = [_ESCAPED.sub(r"\1", literal) for literal in _LITERAL.findall(text)]
    reading.say(f"{where}, Typst", _LITERAL.sub("", text), words=False)
    reading.say(f"{where}, Typst", "\n".join(literal for literal in said if not literal.startswith("<svg")))
    for drawing in said:
        if drawing.startswith("<svg"):
            reading.add(read_html(drawing), f"{where}, Typst")


def _decoded(text: str) -> str:
    """What base64 hides, such as a pickled frame: its texts stand in there as they are."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("latin-1")
    except (binascii.Error, ValueError):
        return ""
