"""The two exporters of nbconvert, which JupyterLab offers under "Save and Export Notebook As": an accessible PDF, an accessible page.

They export a notebook that has run, with its code hidden: `jupyter nbconvert --to cartable_pdf notebook.ipynb`. How a report's opening
cell says its title, school and period is told in `blocks.py`.

They serve a researcher's notebook as well, which may have read rows about persons. So an export of a notebook that does more than show
published figures says so above all else, and `jupyter nbconvert` is refused when it would write into the folder of the reports, where
only `cartable report` puts files. JupyterLab's menu hands the file to a browser, and anybody may copy it from there: no exporter can see
where it goes. Nor can one see whether outputs are those of the cells that they stand under.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from traitlets.config import Config

from analysis.config import load_config
from analysis.reports.blocks import notice
from analysis.reports.document import Document, read_document
from analysis.reports.door import fault_of
from analysis.reports.language import Language
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from analysis.reports.refusal import RefusedError


class CartablePdf(Exporter):
    """A report as PDF/UA-1."""

    export_from_notebook = "Accessible PDF (Cartable)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:  # type: ignore[override]
        """The PDF of a notebook that has run. Raises RefusedError."""
        with _refusing_as_nbconvert():
            _refuse_among_reports(self.config, resources)
            notebook, resources = super().from_notebook_node(nb, resources, **kw)
            return pdf_of(_document(notebook, resources)), resources


class CartableHtml(Exporter):
    """A report as one HTML file."""

    export_from_notebook = "Accessible HTML (Cartable)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, Any]:  # type: ignore[override]
        """The page of a notebook that has run. Raises RefusedError."""
        with _refusing_as_nbconvert():
            _refuse_among_reports(self.config, resources)
            notebook, resources = super().from_notebook_node(nb, resources, **kw)
            return page_of(_document(notebook, resources)), resources


class _RefusedExportError(RefusedError, ConversionException):
    """A refusal that nbconvert tells in one line. It is known here alone: nbconvert takes half a second to import."""


@contextmanager
def _refusing_as_nbconvert() -> Iterator[None]:
    try:
        yield
    except RefusedError as refusal:
        raise _RefusedExportError(str(refusal)) from None


def _refuse_among_reports(config: Config, resources: Any) -> None:
    """Raises RefusedError if `jupyter nbconvert`, which alone names its file as `unique_key`, would write among the reports."""
    if resources and "unique_key" in resources:
        folder = config.FilesWriter.get("build_directory") or resources.get("metadata", {}).get("path") or "."
        reports = load_config().reports_dir
        if (Path(folder) / resources["unique_key"]).resolve().is_relative_to(reports):
            name_another = "Name another folder with --output-dir"
            raise RefusedError(f"{reports.name}/ holds what `cartable report` made, and nothing else is exported there. {name_another}.")


def _document(notebook: NotebookNode, resources: Any) -> Document:
    """The document; that of a notebook that does more than show published figures opens with a warning."""
    document = read_document(notebook, str(resources.get("metadata", {}).get("name") or "notebook"))
    if not fault_of(notebook):
        return document
    say = Language(document.facts.lang).say
    warning = notice(
        say("Document de travail, à ne pas diffuser."),
        say("Ses chiffres n'ont pas tous passé le contrôle de ce qui peut être publié : ils peuvent parler d'un seul élève."),
    )
    return Document(document.facts, [warning, *document.pieces])
