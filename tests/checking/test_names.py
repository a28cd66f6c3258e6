"""A digit in a name is no figure, however the name is shown; a figure beside it stays one."""

import pytest

from analysis.checking.names import Names
from analysis.checking.numbers import plain
from analysis.foreign_text import label
from analysis.reports.escaping import isolated
from tests.hostile_labels import HEBREW

LONG = "École élémentaire publique Jean-Jacques Rousseau 27 " + "de la très longue avenue " * 4 + "n° 34"
NAMES = Names(["École 12", LONG, HEBREW, "Kit 🎉 56"])


@pytest.mark.parametrize(
    "shown",
    [
        "École 12",
        LONG[:20] + "…" + "n° 34",
        LONG[:52].rstrip() + "…34",
        label(LONG),
        isolated(HEBREW),
        "Kit 🎉 56",
        "Kit □ 56",
        "École\n12",
    ],
)
def test_a_name_that_holds_digits_is_no_figure(shown: str) -> None:
    left = NAMES.without(plain(f"À {shown}, 9 min ; {shown} : 71 %", "fr"))
    assert [word for word in left.split() if any(map(str.isdigit, word))] == ["9", "71"]


@pytest.mark.parametrize("text", ["x…34 élèves", "Rousseau … 56 élèves", "École 123", "…12"])
def test_what_is_no_name_stays(text: str) -> None:
    assert any(map(str.isdigit, NAMES.without(plain(text, "fr"))))
