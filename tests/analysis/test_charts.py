"""Figures: well-formed SVG, the same bytes each time, nothing that a page's policy would refuse."""

import math
from xml.etree import ElementTree

import pytest

from analysis.charts import Bar, Stack, bar_chart, level_colours, radar_chart, stacked_chart

BARS = [Bar("Sở Nội vụ", 83.9, 81.0, 86.0, "83,9 %"), Bar("Sở Tư pháp", 71.2, math.nan, math.nan, "71,2 %")]
LEVELS = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"]
STACKS = [Stack("Biển hiệu, chỉ dẫn rõ ràng", [0.03, 0.1, 0.22, 0.33, 0.32], "69,2 %")]
RADAR = [("Người dân", [0.7, 0.8, 0.82]), ("Doanh nghiệp", [0.72, 0.6, 0.8])]

CHARTS = {
    "bars": lambda: bar_chart(BARS, 100),
    "stacked": lambda: stacked_chart(STACKS, LEVELS, lambda share: f"{share:.0%}"),
    "radar": lambda: radar_chart(["Tiếp cận", "Thủ tục", "Công chức"], RADAR),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_is_svg_that_says_nothing_of_when_it_was_made(name: str) -> None:
    svg = CHARTS[name]()
    assert ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<dc:date>" not in svg
    assert b"<script" not in svg
    assert b"<text" not in svg  # outlines: no reader lacks the font


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_figures_give_the_same_bytes(name: str) -> None:
    assert CHARTS[name]() == CHARTS[name]()


def test_vietnamese_letters_have_outlines(recwarn: pytest.WarningsRecorder) -> None:
    bar_chart([Bar("Ắ ằ ẵ ỡ ữ ỵ đ Ọ", 1, 0, 1, "ư")], 1)
    assert not [warning for warning in recwarn if "missing from font" in str(warning.message)]


def test_a_long_label_takes_more_room() -> None:
    def height(label: str) -> float:
        svg = ElementTree.fromstring(bar_chart([Bar(label, 1, 0, 1, "")], 1))
        return float(svg.attrib["height"].removesuffix("pt"))

    assert height("Tính kịp thời, hợp lý, khả thi của văn bản do cơ quan ban hành") > height("Ngắn")


def test_a_hidden_figure_is_drawn_as_nothing() -> None:
    nothing = Stack("Quá ít ý kiến", [math.nan] * 5, "n < 5")
    assert stacked_chart([nothing], LEVELS, str).startswith(b"<?xml")
    assert bar_chart([Bar("Quá ít ý kiến", math.nan, math.nan, math.nan, "n < 5")], 1).startswith(b"<?xml")


@pytest.mark.parametrize("count", [2, 3, 4, 5, 7])
def test_each_level_has_its_own_colour(count: int) -> None:
    assert len(set(level_colours(count))) == count
