"""Small notebooks and a small published database, written by hand, for the tests of exporters and runner."""

from pathlib import Path

import duckdb
import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.config import Config
from analysis.reports import blocks

DAY = "2026-01-05"
HOSTILE = (
    "#eval",
    "$x$",
    "*a*",
    "_b_",
    "\\n",
    "]",
    "@ref",
    "<script>alert(1)</script>",
    "`c`",
    '"',
    "'",
    "<!--",
    "&amp;",
    "// x",
    "/* y",
    "= T",
    "{{ z }}",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><rect id="r" width="400" height="60" fill="#328"/></svg>'
TABLE = blocks.Table(("Semaine", "Minutes"), [("1er sept.", "9 min"), ("8 sept.", "≤ 5 min")], "Les chiffres : minutes par semaine")
_HOUSE = Path(__file__).parent


def shown(block: blocks.Block) -> NotebookNode:
    """A code cell whose output is a block."""
    return output_cell(block._repr_mimebundle_())


def output_cell(data: dict[str, object], **metadata: object) -> NotebookNode:
    """A code cell with one output of these mimes; `metadata` is the cell's."""
    return new_code_cell("secret_code()", outputs=[new_output("execute_result", data=data, execution_count=1)], metadata=metadata)


def cover(title: str = "École élémentaire Les Tilleuls", lang: str = "fr", is_invented: bool = True) -> blocks.Block:
    """The title block of the sample report."""
    return blocks.cover(
        title,
        "Usage des tablettes · septembre à décembre 2025",
        lang=lang,
        territory="Ville de Valmont",
        topic="usage des tablettes",
        uai="9980123K",
        school=title,
        period_label="1er trimestre 2025-2026",
        kind="usage",
        is_invented=is_invented,
    )


def report(*cells: NotebookNode, first: blocks.Block | None = None) -> NotebookNode:
    """A report that has run, produced on a fixed day: a cover, then the cells."""
    notebook = new_notebook(cells=[new_markdown_cell("# Usage"), shown(first or cover()), *cells])
    notebook.metadata["cartable"] = {"produced_on": DAY}
    return notebook


def whole_report() -> NotebookNode:
    """A report with every kind of block."""
    return report(
        shown(blocks.answer("Un élève utilise sa tablette 9 minutes par jour.", "Six jours sur dix, elle sert.")),
        shown(blocks.numbers([("62 %", "des jours-élèves"), ("13 min", "la médiane"), ("≤ 5 %", "au-delà de 30 minutes")])),
        shown(blocks.figure("L’usage est stable", SVG, "Une courbe plate à 9 minutes.", "287 élèves", TABLE)),
        new_markdown_cell("## D'où viennent les chiffres ?\n\nDes *journaux* : « oui » ; 94 %.\n\n| a | b |\n|---|---|\n| 1 | 2 |"),
        shown(blocks.figure("Le lundi comme le vendredi", SVG, "Cinq barres égales.", table=TABLE, level=3)),
        shown(blocks.notice("Données insuffisantes.", "La couverture est de 31 %.")),
        shown(blocks.stack(blocks.heading("Méthode"), blocks.paragraphs(["Un.", "", "Deux."]), blocks.bullets(["a", "b"]))),
        shown(blocks.table(("Source", "Jours"), [("Android", "12")], "Sources") + blocks.note("Petite note.")),
    )


def make_published(path: Path) -> Path:
    """Published tables with three invented schools, a trimester and a month."""
    path.parent.mkdir(parents=True, exist_ok=True)
    change(path, (_HOUSE / "samples.sql").read_text(encoding="utf-8"))
    return path


def change(published: Path, sql: str) -> None:
    """Runs SQL on the published tables, as only a build may."""
    with duckdb.connect() as database:
        database.execute(f"ATTACH '{published}' AS apart")
        database.execute("USE apart")
        database.execute(sql)


def write_notebook(folder: Path, name: str, *sources: str, parameters: str = 'uai = ""\nperiod = ""\nlang = "fr"\npublished = ""') -> Path:
    """A notebook that has not run: a `parameters` cell, then these code cells."""
    cells = [new_code_cell(parameters, metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata["language_info"] = {"name": "python"}
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


OPENING = """\
from analysis.reports import blocks
facts = {"territory": "Valmont", "topic": "usage", "uai": uai, "school": uai, "period_label": period}
blocks.cover(f"École {uai}", "Sous-titre", lang=lang, is_invented=True, **facts)"""
OF_ALL = """\
from analysis.reports import blocks
blocks.cover("Valmont", "Toutes les écoles", lang=lang, is_invented=True, territory="Valmont", topic="bilan", period_label=period)"""


def write_territory_notebook(folder: Path) -> Path:
    """A small report of the territory, `territory`."""
    return write_notebook(
        folder, "territory", OF_ALL, 'blocks.answer("Trois écoles.")', parameters='period = ""\nlang = "fr"\npublished = ""'
    )


def make_house(folder: Path) -> tuple[Config, Path]:
    """A configuration with published tables, and a folder with one small report, `usage`."""
    config = Config(territory="Valmont", data_dir=folder / "data", reports_dir=folder / "reports")
    make_published(config.published)
    write_notebook(folder / "notebooks", "usage", OPENING, 'print("noi" + "se")\nblocks.answer("Neuf minutes.", period)')
    return config, folder / "notebooks"
