"""How Sphinx makes a site of the documents: `make site`. Nothing of Cartable is imported, and nothing is fetched when a page is read."""

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FRENCH = ("LISEZMOI", "docs/index.fr", "docs/confidentialite")

project = "Cartable"
author = "The Cartable authors"
extensions = ["myst_parser"]
root_doc = "docs/index"
# the tree is the source, so that a link to a document or to a line of code is the same here and where the code is kept
include_patterns = ["docs/*.md", "docs/**/*.md", "README.md", "LISEZMOI.md", "CONTRIBUTING.md", "CHANGELOG.md"]
exclude_patterns = [".*", "analysis", "build", "data", "deploy", "notebooks", "reports", "tests"]

myst_heading_anchors = 4
myst_enable_extensions = ["html_image"]
# the lexer of SQL knows no braces, and none is there for CSV: such blocks are shown without colours
suppress_warnings = ["misc.highlighting_failure"]
nitpicky = True

language = "en"
html_theme = "pydata_sphinx_theme"
html_title = "Cartable"
html_extra_path = ["start"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "header_links_before_dropdown": 7,
    "footer_start": [],
    "footer_end": [],
}


def setup(app: Any) -> None:
    """Lets French pages say that they are French, so that a screen reader speaks them as such."""
    app.connect("html-page-context", _speak)


def _speak(app: Any, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    if page in FRENCH:
        context["language"] = "fr"
