"""What a report cell returns: one piece of page, known as HTML (Jupyter, web) and as Typst (PDF).

A block is made once and shown everywhere: JupyterLab takes the HTML, the PDF exporter takes the Typst. Both carry the same words.
"""

from dataclasses import dataclass

TYPST = "text/vnd.typst"
HTML = "text/html"


@dataclass(frozen=True)
class Block:
    """A displayable piece of report: `html` and `typst` say the same thing."""

    html: str
    typst: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {HTML: self.html, TYPST: self.typst, "text/plain": "(report block)"}
