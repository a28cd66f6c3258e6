"""Blocks say the same words in HTML and in Typst."""

import pytest
from samples import SVG, TABLE, cover

from analysis.reports import blocks
from analysis.reports.blocks import HTML, META, TYPST


def test_a_block_shows_as_html_in_jupyterlab_and_carries_its_typst() -> None:
    bundle = blocks.answer("Neuf minutes.", "C'est peu.")._repr_mimebundle_()
    assert "Neuf minutes." in str(bundle[HTML]) and "Neuf minutes." in str(bundle[TYPST])
    assert META not in bundle


def test_a_cover_carries_its_facts() -> None:
    facts = cover()._repr_mimebundle_()[META]
    assert isinstance(facts, dict) and facts["uai"] == "9980123K" and facts["is_invented"] is True


def test_a_figure_without_alternative_is_refused() -> None:
    with pytest.raises(ValueError, match="no text alternative"):
        blocks.figure("Titre", SVG, " ")


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="needs 2 cells"):
        blocks.Table(("a", "b"), [("1",)], "Légende")


@pytest.mark.parametrize(
    ("cells", "side"), [(("9 min", "≤ 5 %", "non publié"), "right"), (("Android", "iPad", "12"), "left"), (("non publié",), "left")]
)
def test_numbers_lean_right_and_words_left(cells: tuple[str, ...], side: str) -> None:
    assert blocks.Table(("a", "b"), [("x", cell) for cell in cells], "c").sides == ["left", side]


def test_an_html_table_says_what_heads_what() -> None:
    html = blocks.table(TABLE.header, TABLE.rows, TABLE.caption).html
    assert html.count('scope="col"') == 2 and html.count('scope="row"') == 2 and "<caption>" in html


def test_empty_paragraphs_leave_nothing() -> None:
    assert blocks.paragraphs([" ", ""]) == blocks.Block("", "") == blocks.bullets([])


def test_blocks_stack_in_order() -> None:
    both = blocks.stack(blocks.note("un"), blocks.note("deux"))
    assert both.html.index("un") < both.html.index("deux") and both.typst.index("un") < both.typst.index("deux")
