"""One report from its notebook to its files, in memory: what needs published figures and nothing else, here or on another machine."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import nbformat
from nbformat import NotebookNode

from analysis.config import Schedule
from analysis.reports.document import Document, read_document
from analysis.reports.execution import run_notebook
from analysis.reports.facts import Facts
from analysis.reports.logo import Logo
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of


@dataclass(frozen=True, eq=False)
class Work:
    """A notebook, what it is run with, the formats that are asked for, the day that the report bears, and the logo of its head."""

    kind: str
    notebook: NotebookNode
    parameters: Mapping[str, object]
    formats: tuple[str, ...]
    day: dt.date
    bounds: Schedule
    logo: Logo | None


@dataclass(frozen=True)
class Made:
    """The bytes of each format, `ipynb` for the notebook itself, and what the report says of itself."""

    contents: dict[str, bytes]
    facts: Facts


Maker = Callable[[Work], Made]


def made_of(work: Work) -> Made:
    """The report. Raises RefusedError for a notebook that fails."""
    notebook = run_notebook(work.notebook, work.parameters, work.bounds)
    notebook.metadata["cartable"] = {**notebook.metadata.get("cartable", {}), "produced_on": work.day.isoformat()}
    document = _with_logo(read_document(notebook, work.kind), work.logo)
    contents = {name: _exported(document, name) for name in work.formats}
    contents["ipynb"] = nbformat.writes(notebook).encode()
    return Made(contents, document.facts)


def _with_logo(document: Document, logo: Logo | None) -> Document:
    """The notebook itself does not hold the logo: it is the town's, and no outcome of the figures."""
    return Document(replace(document.facts, logo=logo), document.pieces) if logo else document


def _exported(document: Document, name: str) -> bytes:
    return pdf_of(document) if name == "pdf" else page_of(document).encode()
