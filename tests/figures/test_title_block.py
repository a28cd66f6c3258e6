"""The opening of each kind of report, for a school and for the territory."""

from collections.abc import Callable

import pytest

from analysis import figures
from analysis.reports.blocks import META
from analysis.reports.school import School, open_school
from analysis.reports.territory import Territory, open_territory
from tests import published as p


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(p.write(tmp_path_factory.mktemp("published") / "figures.duckdb"))


@pytest.fixture(scope="module")
def territory(published: str) -> Territory:
    return open_territory(p.PERIOD, "fr", published)


def test_a_school_is_the_title_of_its_report(opened: Callable[..., School]) -> None:
    block = figures.title_block(opened(p.EMPTY), "usage")
    facts = block._repr_mimebundle_()[META]
    assert isinstance(facts, dict)
    assert (facts["title"], facts["uai"], facts["kind"]) == (p.NAMES[p.EMPTY], p.EMPTY, "usage")
    assert (facts["topic"], facts["period_label"], facts["is_invented"]) == ("usage des tablettes", "1er trimestre 2025-2026", True)
    assert "<b>" not in block.html


@pytest.mark.parametrize(
    ("kind", "subtitle"),
    [
        ("usage", "Usage des tablettes en classe et à la maison · septembre à décembre 2025"),
        ("adoption", "Adoption des tablettes et de l’ENT · septembre à décembre 2025"),
        ("equity", "Équité de l’équipement et de l’usage · septembre à décembre 2025"),
        ("territory", "Les tablettes et l’ENT dans les écoles du territoire · septembre à décembre 2025"),
        ("quality", "Qualité des données reçues · septembre à décembre 2025"),
    ],
)
def test_the_line_under_the_title_says_the_kind(opened: Callable[..., School], kind: str, subtitle: str) -> None:
    assert figures.title_block(opened(p.ANDROID), kind).meta["subtitle"] == subtitle


def test_a_territory_has_its_name_and_no_uai(territory: Territory) -> None:
    facts = figures.title_block(territory, "quality").meta
    assert (facts["title"], facts["uai"], facts["school"], facts["topic"]) == (p.TOWN, "", "", "qualité des données")


def test_the_subtitle_stops_where_the_data_stop(published: str) -> None:
    block = figures.title_block(open_school(p.ANDROID, "2025-2026", "fr", published), "usage")
    assert "septembre à décembre 2025" in block.html


def test_an_unknown_kind_is_told_the_valid_ones(territory: Territory) -> None:
    with pytest.raises(ValueError, match="usage, adoption, equity, dossier, leaflet, territory, outcomes, quality"):
        figures.title_block(territory, "council")
