"""One hand-made published database for all tests of figures, and each of its schools opened once in each language."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from analysis.reports.school import School, open_school
from tests import published


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., School]:
    """`opened(uai, lang)`: a School of the hand-made published database."""
    database: Path = published.write(tmp_path_factory.mktemp("published") / "figures.duckdb")

    @cache
    def school(uai: str, lang: str = "fr") -> School:
        return open_school(uai, published.PERIOD, lang, str(database))

    return school
