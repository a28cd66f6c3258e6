"""The two exporters of nbconvert, which JupyterLab offers under "Save and Export Notebook As": an accessible PDF, an accessible page.

They export a notebook that has run, with its code hidden: `jupyter nbconvert --to cartable_pdf notebook.ipynb`. How a report's opening
cell says its title, school and period is told in `blocks.py`.
"""

from typing import Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from analysis.reports.document import Document, read_document
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of


class CartablePdf(Exporter):
    """A report as PDF/UA-1."""

    export_from_notebook = "Accessible PDF (Cartable)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[bytes, Any]:  # type: ignore[override]
        """The PDF of a notebook that has run. Raises RefusedError."""
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
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return page_of(_document(notebook, resources)), resources


def _document(notebook: NotebookNode, resources: Any) -> Document:
    return read_document(notebook, str(resources.get("metadata", {}).get("name") or "notebook"))
