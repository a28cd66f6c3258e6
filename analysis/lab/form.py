"""A small form for reports in JupyterLab: which report, which school, which period, which language.

It writes a copy of the report's notebook, beside the notebooks, with these values in its cell of parameters. The notebook itself stays as
it stands in git: its hash is an input of every report, and a school that was looked at for a moment would make all of them anew. Nor can
a kernel change a notebook that is open: JupyterLab holds the one that is shown, and the file on the disk would be another.
"""

import ast
import json
from collections.abc import Mapping
from pathlib import Path

import ipywidgets
import nbformat
from IPython.display import Markdown, display
from nbformat import NotebookNode

from analysis.config import load_config
from analysis.reports.orders import is_of_a_school, period_kinds, report_kinds
from analysis.reports.parameters import checked
from analysis.reports.published import TERRITORY, Reportable, default_period, opened, reportables, whole_territory

FOLDER = "chosen"  # beside the notebooks; git leaves it out
_LANGUAGES = {"français": "fr", "anglais": "en"}


def choose(published: str = "") -> ipywidgets.VBox:
    """The form: choose a report, a school, a period and a language, then press the button and follow the link.

    `published`: path of the published tables; empty for those of `cartable.toml`. The notebook is written into `chosen/`, beside the
    one that shows the form; one that stands there already is not overwritten. Raises UserError where nothing is published yet.
    """
    tables = Path(published) if published else load_config().published
    with opened(tables) as database:
        places = [*reportables(database), *whole_territory(database)]
    return _Form(places, published).shown()


def with_parameters(notebook: NotebookNode, given: Mapping[str, object], kind: str = "notebook") -> NotebookNode:
    """A copy of a notebook whose cell of parameters gives these values: `uai = "9980001C"`; the other lines and comments stay.

    Raises UserError for a name or a type that the cell does not have.
    """
    checked(notebook, given, kind)
    changed = nbformat.from_dict(notebook)
    cell = next(cell for cell in changed.cells if "parameters" in cell.metadata.get("tags", []))
    lines = cell.source.splitlines()
    for statement in ast.parse(cell.source).body:
        if isinstance(statement, ast.Assign) and isinstance(name := statement.targets[0], ast.Name) and name.id in given:
            lines[statement.lineno - 1] = _with_value(lines[statement.lineno - 1], statement.value, given[name.id])
    cell.source = "\n".join(lines)
    return changed


def _with_value(line: str, old: ast.expr, new: object) -> str:
    """The line with another value; positions of syntax count bytes."""
    text = line.encode()
    return (text[: old.col_offset] + json.dumps(new, ensure_ascii=False).encode() + text[old.end_col_offset :]).decode()


class _Form:
    """The fields, and what happens when one of them changes or the button is pressed."""

    def __init__(self, places: list[Reportable], published: str) -> None:
        self._places, self._published, self._kinds = places, published, report_kinds()
        schools = {each.uai: each.name for each in places if each.uai != TERRITORY}
        named = sorted((f"{name} ({uai})", uai) for uai, name in schools.items())
        self._kind = _field("Rapport", [(_title(path), kind) for kind, path in self._kinds.items()])
        self._kind.value = "usage" if "usage" in self._kinds else self._kind.value
        self._school, self._period = _field("École", named), _field("Période", [])
        self._language = _field("Langue", list(_LANGUAGES.items()))
        self._button = ipywidgets.Button(description="Préparer le carnet", button_style="primary")
        self._told = ipywidgets.Output()

    def shown(self) -> ipywidgets.VBox:
        """The form, ready to be used."""
        self._kind.observe(self._follow, "value")
        self._school.observe(self._follow, "value")
        self._button.on_click(self._write)
        self._follow()
        return ipywidgets.VBox([self._kind, self._school, self._period, self._language, self._button, self._told])

    def _follow(self, _change: object = None) -> None:
        """A report on the territory asks for no school, and some are made for trimesters or years only."""
        path = self._kinds[self._kind.value]
        self._school.disabled = not is_of_a_school(path)
        about = self._school.value if is_of_a_school(path) else TERRITORY
        found = [each for each in self._places if each.uai == about and each.kind in period_kinds(path)]
        self._period.options = [each.period for each in found]
        self._period.value = default_period(found) if found else None

    def _write(self, _button: object) -> None:
        kind, path = self._kind.value, self._kinds[self._kind.value]
        given = {"period": self._period.value or "", "lang": self._language.value, "published": self._published}
        given |= {"uai": self._school.value} if is_of_a_school(path) else {}
        target = Path(FOLDER) / "-".join(filter(None, [kind, given.get("uai"), given["period"], given["lang"]]))
        target = target.with_name(f"{target.name}.ipynb")
        is_new = not target.exists()
        if is_new:
            target.parent.mkdir(exist_ok=True)
            nbformat.write(with_parameters(nbformat.read(path, as_version=4), given, kind), target)
        self._told.clear_output()
        with self._told:
            display(Markdown(f"[{target.name}]({target.as_posix()}){'' if is_new else ' (préparé avant, tel quel)'}"))


def _field(label: str, options: list) -> ipywidgets.Dropdown:
    return ipywidgets.Dropdown(description=label, options=options, layout={"width": "36em"})


def _title(notebook: Path) -> str:
    """The heading of the notebook, which says what the report is."""
    text = next(cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "markdown")
    return f"{text.splitlines()[0].lstrip('# ')} ({notebook.stem})"
