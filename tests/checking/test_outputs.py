"""Everything that leaves: a clean folder has no complaint, and each fault that is planted in a real report is told and not repeated."""

import base64
import io
import json
import pickle
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pikepdf
import polars as pl
import pytest
import typst

from analysis.checking.outputs import outputs
from analysis.lake import Lake
from analysis.reports.orders import Request
from analysis.reports.portal import write_portal
from tests.checking.conftest import PERIOD, SCHOOL, Published, made
from tests.conftest import DemoTown

FOREIGN = "that no release explains"
KEY = "a pseudonym of the lake"


def key_of(published: Published, table: str = "people", column: str = "person_key") -> str:
    lake = Lake(published.config)
    return str(pl.read_parquet(lake.parquet(lake.loaded(table)[0])[0])[column].drop_nulls()[0])


def in_html(old: str, new: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "usage.html"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return spoil


def in_pdf(change: Callable[[pikepdf.Pdf], None]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        with pikepdf.open(folder / "usage.pdf", allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save()

    return spoil


def in_notebook(change: Callable[[dict], None]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "notebooks" / "usage.ipynb"
        notebook = json.loads(path.read_text())
        change(notebook)
        path.write_text(json.dumps(notebook))

    return spoil


def cell_with_outputs(notebook: dict) -> dict:
    return next(cell for cell in notebook["cells"] if cell.get("outputs"))


def shows(bundle: dict) -> Callable[[Path], None]:
    output = {"output_type": "display_data", "metadata": {}, "data": bundle}
    return in_notebook(lambda notebook: cell_with_outputs(notebook)["outputs"].append(output))


def add_page(pdf: pikepdf.Pdf) -> None:
    with pikepdf.open(io.BytesIO(typst.compile(b"La tablette de ce groupe sert 37 min."))) as page:
        pdf.pages.extend(page.pages)


def alternative(pdf: pikepdf.Pdf) -> None:
    item = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item)
    item["/Alt"] = pikepdf.String("Une barre : 4 élèves sans usage.")


def metadata_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Usage : 37 min en CP"


def xmp(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:description"] = "4 élèves sans usage"


def attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["minutes.csv"] = pikepdf.AttachedFileSpec(pdf, b"eleve,minutes\n1,37\n")


def annotate(pdf: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("4 élèves"))
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))


PEOPLE = pd.DataFrame({"person_key": ["a", "b"], "minutes": [37, 41]})
H1 = "</h1>"
FAULTS = {
    "a figure in the words of a page": (in_html(H1, "</h1><p>Les CP : 37 min.</p>"), "usage.html, line", FOREIGN),
    "a count of few pupils": (in_html(H1, "</h1><p>Il reste 4 élèves.</p>"), "usage.html, line", FOREIGN),
    "a figure without a unit": (in_html(H1, "</h1><table><tr><th>CP</th><td>37,4</td></tr></table>"), "usage.html, line", FOREIGN),
    "a tooltip in a drawing": (in_html("<g id=", "<title>CP : 37 min</title><g id="), "usage.html, line", FOREIGN),
    "an attribute that holds data": (in_html("<g id=", '<g data-minutes="37.4" id='), "attribute data-minutes", FOREIGN),
    "a spoken label": (in_html(H1, '</h1><div aria-label="4 élèves"></div>'), "attribute aria-label", FOREIGN),
    "a description for search engines": (
        in_html("<title>", '<meta name="description" content="4 élèves"><title>'),
        "attribute content",
        FOREIGN,
    ),
    "a comment": (in_html(H1, "</h1><!-- reste 4 élèves -->"), "comment", FOREIGN),
    "a script": (in_html(H1, "</h1><script>var d = 'CP : 37 min'</script>"), "script", "a script: it cannot be looked into"),
    "a picture": (in_html(H1, '</h1><img alt="" src="x.png">'), "img", "a picture made of points"),
    "a table with a column of keys": (in_html(H1, "</h1><table><tr><th>person_key</th></tr></table>"), "table", "a column of keys"),
    "a table with a column of names": (in_html(H1, "</h1><table><tr><th>Prénom</th></tr></table>"), "table", "a column of names"),
    "a table with a row for each pupil": (
        in_html(H1, "</h1><table><tr><th>qui</th></tr><tr><th>élève 1</th></tr><tr><th>élève 2</th></tr></table>"),
        "table",
        "a row for each person",
    ),
    "a table of a hundred rows": (
        in_html(H1, "</h1><table><tr><th>qui</th></tr>" + "<tr><th>A</th></tr>" * 101 + "</table>"),
        "table",
        "longer than any",
    ),
    "an e-mail": (in_html(H1, "</h1><p>camille.durand@laposte.example</p>"), "usage.html, the page, line", "e-mail addresses"),
    "an INE in a comment": (in_html(H1, "</h1><!-- 123456789AB -->"), "usage.html, the page, line", "national pupil numbers"),
    "what looks like a pseudonym": (in_html(H1, f"</h1><p id='{'a2' * 13}'></p>"), "usage.html, the page, line", "look like a pseudonym"),
    "a page of a PDF": (in_pdf(add_page), "usage.pdf, page ", FOREIGN),
    "an alternative text": (in_pdf(alternative), "alternative text", FOREIGN),
    "the title of a PDF": (in_pdf(metadata_title), "Title", FOREIGN),
    "the XMP of a PDF": (in_pdf(xmp), "XMP metadata", FOREIGN),
    "an attachment": (in_pdf(attach), "usage.pdf, object", "an attachment"),
    "a note on a PDF": (in_pdf(annotate), "annotation", FOREIGN),
    "a pickled frame": (
        shows({"application/octet-stream": base64.b64encode(pickle.dumps(PEOPLE)).decode()}),
        "output 2",
        "an output of a kind that no report makes",
    ),
    "a frame as HTML": (shows({"text/html": PEOPLE.to_html()}), "output 2", "a column of keys"),
    "a frame as text": (shows({"text/plain": PEOPLE.to_string()}), "output 2", "an output of a kind that no report makes"),
    "a picture in a notebook": (shows({"image/png": "iVBORw0KGgo="}), "output 2", "an output of a kind that no report makes"),
    "what was printed": (
        in_notebook(lambda n: cell_with_outputs(n)["outputs"].append({"output_type": "stream", "name": "stdout", "text": ["4 élèves\n"]})),
        "output 2",
        FOREIGN,
    ),
    "the metadata of a notebook": (in_notebook(lambda n: n["metadata"].update(note="4 élèves")), "notebook, metadata", FOREIGN),
    "the metadata of a cell": (in_notebook(lambda n: n["cells"][0]["metadata"].update(note="37.4 min")), "cell 1, metadata", FOREIGN),
    "a remark in the code": (in_notebook(lambda n: n["cells"][3].update(source=["# reste 4 élèves"])), "cell 4, source", FOREIGN),
    "an attachment of a text cell": (
        in_notebook(lambda n: n["cells"][0].update(attachments={"a.png": {"image/png": "iVBORw0KGgo="}})),
        "cell 1, attachment",
        "an output of a kind that no report makes",
    ),
    "a figure in Typst": (shows({"text/vnd.typst": '#par("Les CP : 37 min")'}), "Typst", FOREIGN),
    "a remark in Typst": (shows({"text/vnd.typst": "// 4 élèves\n"}), "Typst", FOREIGN),
    "rows in a file": (
        lambda folder: (folder / "eleves.csv").write_text("eleve;minutes\n1;37\n"),
        "eleves.csv",
        "of a kind that no report has",
    ),
    "a file that nobody can open": (
        lambda folder: (folder / "minutes.xlsx").write_bytes(b"PK"),
        "minutes.xlsx",
        "of a kind that no report has",
    ),
    "a PDF that is none": (lambda folder: (folder / "usage.pdf").write_bytes(b"no"), "usage.pdf", "or broken"),
}


def test_a_report_of_each_kind_is_clean(five_kinds: Published) -> None:
    kinds = {path.stem for path in five_kinds.config.reports_dir.rglob("*.pdf")}
    assert kinds == {"usage", "adoption.en", "equity", "territory.en", "quality"}
    assert outputs(five_kinds.config, five_kinds.released) == []


@pytest.mark.slow
@pytest.mark.parametrize(("period", "number"), [(PERIOD, 124), ("2025-10", 76)])
def test_all_reports_of_the_commune_are_clean(commune: DemoTown, tmp_path: Path, period: str, number: int) -> None:
    """All kinds, all schools, both languages, of a trimester and of a month, which has no dossier and no leaflet."""
    reports = made(commune.config, tmp_path, [Request(periods=[period], lang=lang) for lang in ("fr", "en")])
    assert len(list(reports.config.reports_dir.rglob("*.pdf"))) == number
    assert outputs(reports.config, reports.released) == []


def test_a_report_alone_is_clean(usage: Published) -> None:
    assert outputs(usage.config, usage.released) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(usage: Published, fault: str) -> None:
    spoil, where, said = FAULTS[fault]
    spoil(usage.folder)
    told = usage.complaints()
    assert any(where in complaint.where and said in complaint.sentence for complaint in told), told
    for value in ("37", "4 élèves", "camille", "123456789", "a2a2"):
        assert not any(value in complaint.sentence or value in complaint.where.rpartition(", ")[0] for complaint in told)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: in_html(H1, f"</h1><!-- {key} -->"),
        lambda key: in_html("<g id=", f'<g class="x{key.upper()}y" id='),
        lambda key: in_html(H1, f"</h1><p>{key[:9]}-\n{key[9:]}</p>"),
        lambda key: in_pdf(lambda pdf: pdf.docinfo.update({"/Subject": key})),
        lambda key: shows({"application/octet-stream": base64.b64encode(pickle.dumps([key])).decode()}),
        lambda key: in_notebook(lambda notebook: notebook["cells"][3].update(source=[f'one = "{key}"'])),
        lambda key: in_notebook(lambda notebook: notebook["metadata"]["kernelspec"].update(display_name=key)),
    ],
    ids=["comment", "attribute, inside a word", "over two lines", "PDF metadata", "pickle", "source", "kernel"],
)
@pytest.mark.parametrize(("table", "column"), [("people", "person_key"), ("devices", "device_key"), ("classes", "class_key")])
def test_a_key_of_the_lake_is_found(usage: Published, spoil: Callable, table: str, column: str) -> None:
    key = key_of(usage, table, column)
    spoil(key)(usage.folder)
    told = usage.complaints()
    assert any(KEY in complaint.sentence for complaint in told), told
    assert key not in str(told).lower()


@pytest.mark.parametrize("roster", ["people", "devices", "classes"])
def test_a_raw_identifier_is_found_by_its_pseudonym(usage: Published, roster: str) -> None:
    line = next(usage.config.raw_dir.rglob(f"{roster}.csv")).read_text().splitlines()[1]
    raw = re.split("[;,]", line)[0]
    in_html(H1, f"</h1><p>{raw}</p>")(usage.folder)
    told = usage.complaints()
    assert any("as the exports write it" in complaint.sentence for complaint in told)
    assert raw not in str(told)


def test_a_name_of_a_file_or_a_folder_is_read_too(usage: Published) -> None:
    key = key_of(usage)
    (usage.folder / key).mkdir()
    shutil.copy(usage.folder / "usage.html", usage.folder / key / "usage.html")
    told = usage.complaints()
    assert any("its name or that of its folder points at a person" in complaint.sentence for complaint in told)
    assert key not in str(told)


def test_a_file_that_no_manifest_lists_is_told(usage: Published) -> None:
    shutil.copy(usage.folder / "usage.html", usage.folder / "usage-old.html")
    told = outputs(usage.config, usage.released)
    assert [(c.where, c.exit_code) for c in told] == [(f"{PERIOD}/{SCHOOL}/usage-old.html", 1)]
    assert "no manifest lists it" in told[0].sentence


def test_a_file_that_was_changed_or_is_gone_is_told(usage: Published) -> None:
    in_html(H1, f" {H1}")(usage.folder)
    (usage.folder / "usage.pdf").unlink()
    told = {complaint.where: complaint.sentence for complaint in outputs(usage.config, usage.released)}
    assert "it is not there" in told[f"{PERIOD}/{SCHOOL}/usage.pdf"]
    assert "changed after it was made" in told[f"{PERIOD}/{SCHOOL}/usage.html"]


@pytest.fixture
def portal(five_kinds: Published, tmp_path: Path) -> Published:
    """All five reports with their portal, in a folder that may be spoilt."""
    shutil.copytree(five_kinds.config.reports_dir, tmp_path / "reports")
    return replace(five_kinds, config=five_kinds.config.model_copy(update={"reports_dir": tmp_path / "reports"}))


def test_a_page_of_the_portal_is_what_the_manifests_give_or_is_looked_into(portal: Published) -> None:
    page = portal.config.reports_dir / f"portal/school-{SCHOOL}.html"
    assert page.is_file() and outputs(portal.config, portal.released) == []
    page.write_text(page.read_text().replace(H1, "</h1><p>Les CP : 37 min.</p><script>var d</script>"))
    told = outputs(portal.config, portal.released)
    assert {complaint.where.partition(",")[0] for complaint in told} == {f"portal/school-{SCHOOL}.html"}
    for said in ("changed after it was made", "a script: it cannot be looked into", FOREIGN):
        assert any(said in complaint.sentence for complaint in told), told


def test_a_page_of_a_school_without_reports_is_told(portal: Published) -> None:
    shutil.copy(portal.config.reports_dir / "portal/method.html", portal.config.reports_dir / "portal/school-9980002D.html")
    told = outputs(portal.config, portal.released)
    assert any("no manifest lists it" in complaint.sentence for complaint in told)


def test_a_coverage_of_the_portal_that_was_never_released_is_told(portal: Published) -> None:
    path = portal.config.reports_dir / PERIOD / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["figures"][SCHOOL]["coverage"][0]["value"] += 0.01
    path.write_text(json.dumps(manifest))
    write_portal(portal.config)
    told = outputs(portal.config, portal.released)
    assert [(c.where, c.exit_code) for c in told] == [(f"{PERIOD}/manifest.json", 4)]
    assert "a share of coverage, or a change, that no release explains" in told[0].sentence


@pytest.mark.parametrize(("now", "places"), [(0.0, []), (0.01, [f"{PERIOD}/manifest.json"])], ids=["released", "never released"])
def test_a_change_that_the_portal_tells_is_of_released_figures(portal: Published, now: float, places: list[str]) -> None:
    path = portal.config.reports_dir / PERIOD / "manifest.json"
    manifest = json.loads(path.read_text())
    [entry] = [each for each in manifest["reports"] if each["kind"] == "usage"]
    share = manifest["figures"][SCHOOL]["coverage"][0]
    value, evidence = share["value"], share["evidence"]
    figure = {"measure": "coverage", "evidence": evidence, "unit": "share", "before": value, "before_reason": ""}
    entry["changed"] = {"since": "", "is_upgraded": False, "figures": [{**figure, "now": value + now, "now_reason": ""}]}
    path.write_text(json.dumps(manifest))
    write_portal(portal.config)
    assert "et maintenant" in (portal.config.reports_dir / f"portal/school-{SCHOOL}.html").read_text()
    assert [complaint.where for complaint in outputs(portal.config, portal.released)] == places


@pytest.mark.slow
def test_many_files_are_read_by_several_processes(usage: Published, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.checking.outputs._MANY", 1)
    in_html(H1, "</h1><p>Il reste 4 élèves.</p>")(usage.folder)
    alone = outputs(usage.config, usage.released, jobs=1)
    assert outputs(usage.config, usage.released) == alone
    assert {complaint.exit_code for complaint in alone} == {1, 4}


def test_the_contact_and_the_school_are_allowed(usage: Published) -> None:
    contact = usage.config.model_copy(update={"contact": "numerique@valmont.example"})
    in_html(H1, f"</h1><p>{contact.contact}, {SCHOOL}</p>")(usage.folder)
    assert [c for c in outputs(contact, usage.released) if c.exit_code == 4] == []
    assert any("e-mail" in c.sentence for c in usage.complaints())


def test_figures_of_another_school_or_period_do_not_count(usage: Published) -> None:
    elsewhere = usage.released.with_columns(uai=pl.lit("9980002D"))
    assert any(FOREIGN in c.sentence for c in outputs(usage.config, elsewhere))
    another_time = usage.released.with_columns(period=pl.lit("2025-T2"))
    assert any(FOREIGN in c.sentence for c in outputs(usage.config, another_time))


def test_without_the_key_raw_identifiers_are_said_to_be_unchecked(usage: Published, tmp_path: Path) -> None:
    without = usage.config.model_copy(update={"privacy": usage.config.privacy.model_copy(update={"key_file": tmp_path / "no-key"})})
    assert [(c.exit_code, "raw identifiers were not looked for" in c.sentence) for c in outputs(without, usage.released)] == [(1, True)]
    assert not (tmp_path / "no-key").exists()
