"""The report on outcomes: whole and accessible for every hand-made town, and never surer than its figures."""

import re
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest

from analysis.reports.document import read_document
from analysis.reports.language import Language
from analysis.reports.page import page_of
from analysis.reports.pdf import pdf_of
from analysis.reports.sentences import outcome_questions
from tests import published as p
from tests import published_outcomes as o
from tests.reports.notebooks import executed, read
from tests.reports.pdf_structure import faults

CAUSAL = r"\bef+ets?\b|\bimpact|\bgrâce à|\baméliore|\bfait progresser"  # what no association is


def page(folder: Path, town: str, lang: str = "fr") -> str:
    published = str(o.write(folder / "figures.duckdb", town))
    return page_of(read_document(executed(read("outcomes"), period=p.PERIOD, lang=lang, published=published)))


def words(page: str) -> str:
    """What a reader sees, in one line, with plain spaces and apostrophes."""
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).replace("’", "'").replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("town", o.TOWNS)
def test_each_town_gets_its_report(tmp_path: Path, town: str, lang: str) -> None:
    published = str(o.write(tmp_path / "figures.duckdb", town))
    document = read_document(executed(read("outcomes"), period=p.PERIOD, lang=lang, published=published))
    (tmp_path / "outcomes.pdf").write_bytes(pdf_of(document))
    with pikepdf.open(tmp_path / "outcomes.pdf") as pdf:
        assert 1 <= len(pdf.pages) <= 4
    assert faults(tmp_path / "outcomes.pdf") == ([] if lang == "fr" else ["language is not fr-FR"])
    html = page_of(document)
    assert not re.search(r"0[,.]42|\b42\s?%|4217", html.replace("\u00a0", " "))
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_what_was_announced_stands_first_with_its_size_and_its_limits(tmp_path: Path) -> None:
    said = words(page(tmp_path, o.ANNOUNCED))
    assert (
        "« Test de la ville · lecture » : à classe égale, les élèves qui se servent plus de la tablette progressent plus, +0,24 écart-type"
        in said
    )
    assert "C'est une association : rien ici ne dit que la tablette en est la cause." in said
    assert "expliquerait 31 % de ce qui reste" in said
    assert "Protocole déposé le 10 septembre 2025, avant le test." in said
    assert "Un lien aussi fort n'est pas exclu" in said
    assert "Toutes ces écoles ont des tablettes : il ne reste personne" in said


def test_an_interval_that_leaves_zero_out_is_not_enough_among_several(tmp_path: Path) -> None:
    """Between classes, sums are below zero and chance is ruled out; inside classes it is not, for so many were looked at."""
    said = words(page(tmp_path, o.ANNOUNCED))
    assert "« Test de la ville · calcul » : un lien possible (+0,11 écart-type), que le hasard suffirait à expliquer" in said
    assert "« Test de la ville · calcul » : les classes qui s'en servent plus progressent moins, −0,30 écart-type" in said


def test_what_is_not_seen_says_what_could_have_been_missed(tmp_path: Path) -> None:
    said = words(page(tmp_path, o.ANNOUNCED))
    assert (
        "aucun lien visible entre les minutes des classes et leurs progrès. Un lien de moins de 0,14 écart-type a pu leur échapper." in said
    )


def test_a_protocol_of_after_the_test_makes_all_exploratory(tmp_path: Path) -> None:
    said = words(page(tmp_path, o.LATE))
    assert "daté du 20 décembre 2025, après le test : tout est donc exploratoire" in said
    assert " principal " not in said.split("Les chiffres")[1]


def test_without_a_protocol_the_report_says_so_and_no_result_comes_first(tmp_path: Path) -> None:
    said = words(page(tmp_path, o.OPEN))
    assert "Aucun protocole n'a été déposé avant les résultats" in said
    answer = said.split("Ce que ces données")[0]
    assert "Un lien avec l'usage se voit dans « Test de la ville · calcul » et « Test de la ville · lecture »." in answer
    assert "Aucun de ces résultats n'était annoncé d'avance" in answer


@pytest.mark.parametrize("town", [o.NONE, o.SECRET])
def test_without_figures_the_answer_is_that_nothing_can_be_said(tmp_path: Path, town: str) -> None:
    said = words(page(tmp_path, town))
    assert "De ces données, on ne peut rien dire des apprentissages." in said
    assert "écart-type pour" not in said.split("La méthode")[0].replace("fixé d'avance", "")


def test_a_change_is_told_with_its_checks(tmp_path: Path) -> None:
    said = words(page(tmp_path, o.ABROAD))
    assert "Depuis les tablettes, les résultats montent plus que dans les écoles qui n'en ont pas" in said
    assert "un changement aussi grand aurait cette probabilité : 0,004." in said
    assert "un an trop tôt, quand rien n'avait changé, on trouve +0,01 (de −0,04 à +0,06)" in said


def test_two_kinds_of_tablets_are_told_apart(tmp_path: Path) -> None:
    said = words(page(tmp_path, o.TWO_KINDS))
    assert "lecture (tablette Android)" in said and "lecture (Chromebook)" in said


@pytest.mark.parametrize("town", o.TOWNS)
def test_no_association_is_called_an_effect(tmp_path: Path, town: str) -> None:
    said = words(page(tmp_path, town)).replace("Une association n'est pas un effet", "")
    assert not re.search(CAUSAL, said)


def test_every_refusal_of_the_statistics_has_its_words() -> None:
    """The reasons stand in the code as texts: each `Refusal("...")`, and what the tables of outcomes say themselves."""
    root = Path(__file__).parents[2] / "analysis"
    files = [*(root / "statistics").glob("*.py"), *(root / "outcomes").glob("*.*")]
    # a draw that cannot be made leaves out one figure, and refuses no question
    code = "\n".join(path.read_text(encoding="utf-8") for path in files if path.stem != "permutation")
    reasons = set(re.findall(r'Refusal\(\s*"([^"]+)"', code)) | set(re.findall(r"(?:THEN|,) '((?:no|only|too|nobody)[a-z ]+)'", code))
    told = {reason for reason in reasons if outcome_questions.refusal(Language("fr"), reason)}
    assert told == reasons and len(reasons) > 12
