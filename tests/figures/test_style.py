"""Colours that survive a grey printer and colour blindness, labels that do not overlap, bytes that do not change."""

from itertools import pairwise

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from analysis.figures import style
from analysis.figures.bars import Part, whole


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2)."""
    linear = [channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4 for channel in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ink", [style.INDIGO, style.GREY])
def test_text_colours_contrast_with_paper(ink: str) -> None:
    assert contrast(ink, "white") >= 4.5


@pytest.mark.parametrize("fill", [style.INDIGO, style.MIDDLE, style.RULE])
def test_drawn_colours_contrast_with_paper(fill: str) -> None:
    assert contrast(fill, "white") >= 3


def test_numbers_inside_bars_contrast_with_them() -> None:
    assert contrast("white", style.MIDDLE) >= 4.5
    assert contrast("black", style.LIGHT) >= 4.5


def test_the_four_tints_of_a_bar_differ_in_grey() -> None:
    greys = [luminance(colour) for colour in ("white", style.LIGHT, style.MIDDLE, style.INDIGO)]
    assert all(light - dark > 0.08 for light, dark in pairwise(greys))


@pytest.mark.parametrize("centres", [[0.1, 0.5, 0.9], [0.97, 0.98, 0.99], [0.0, 0.01, 0.02], [0.5, 0.5, 0.5]])
def test_labels_never_overlap_nor_leave_the_page(centres: list[float]) -> None:
    widths = [0.2, 0.3, 0.2]
    placed = style.spread_out(centres, widths, 0, 1)
    gaps = [b - a - (v + w) / 2 for (a, v), (b, w) in pairwise(zip(placed, widths, strict=True))]
    assert min(gaps) > -1e-9
    assert placed[0] - widths[0] / 2 > -1e-9
    assert placed[-1] + widths[-1] / 2 < 1 + 1e-9


def test_a_drawing_holds_no_date_and_is_the_same_twice() -> None:
    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1])
        axes.text(0, 0, "$pas$ <de> maths")

    first, second = style.drawing(1.0, paint), style.drawing(1.0, paint)
    assert first == second
    assert "dc:date" not in first
    assert "$pas$ &lt;de&gt; maths" in first


def test_a_coded_part_hides_its_number_in_the_hatch_and_shows_it_below() -> None:
    svg = whole([Part(0.8, "80 %", "aucun", "white"), Part(0.2, "20 % au plus", "usage", style.INDIGO, is_bound=True)])
    assert "20 % au plus" in svg
    assert "pattern" in svg
