"""Names in the room that they have: whatever they are made of, they fit, and as much as fits is kept."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.figures.fitting import fitted, folded, width_of
from tests.hostile_labels import HOSTILE

ANY = st.one_of(
    st.text(st.characters(exclude_categories=("C", "Z")), max_size=90), st.text("Wi l", max_size=90), st.sampled_from(HOSTILE[:-2])
)


def test_widths_are_those_of_the_typeface() -> None:
    assert width_of("École élémentaire Jean Moulin", 9) == pytest.approx(1.59, abs=0.02)  # as matplotlib measures it
    assert width_of("iiii", 9) < width_of("WWWW", 9) / 3


@given(ANY, st.floats(0.4, 3), st.sampled_from([7.5, 9.0]))
@settings(max_examples=200, deadline=None)
def test_a_fitted_text_fits_and_keeps_both_ends(text: str, inches: float, size: float) -> None:
    shown = fitted(text, inches, size)
    assert width_of(shown, size) <= inches or len(shown) <= 4
    if shown != text:
        head, tail = shown.split("…", 1) if text.count("…") == 0 else (shown[:1], shown[-1:])
        assert text.startswith(head) and text.endswith(tail)
        assert width_of(text, size) > inches


@given(ANY, st.floats(0.4, 3), st.integers(1, 3), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_folded_text_fits_and_loses_nothing_but_its_end(text: str, inches: float, lines: int, is_bold: bool) -> None:
    found = folded(text, inches, 7.5, lines, is_bold=is_bold).split("\n")
    assert len(found) <= lines
    assert all(width_of(line, 7.5, is_bold=is_bold) <= inches or len(line) <= 3 for line in found)
    kept = "".join(found).replace(" ", "")
    assert "".join(text.split(" ")).startswith(kept.removesuffix("…"))


def test_words_are_kept_whole_where_they_can_be() -> None:
    assert folded("École élémentaire Jean Moulin de Saint-Cloud", 1.3, 7.5, 2) == "École élémentaire Jean\nMoulin de Saint-Cloud"
    assert fitted("École Jean Moulin", 3, 9) == "École Jean Moulin"
