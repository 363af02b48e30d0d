"""Reports: what they say, in both languages, safe to show and to open, and the same each time."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pandas as pd
import pytest

from analysis.report import LANGUAGES, html_report, stylesheet, xlsx_report
from analysis.report.words import Words, all_words
from analysis.round.pipeline import run
from analysis.round.result import RunResult
from analysis.round.tables import TABLES
from questionnaires import frameworks
from tests.analysis.rounds import ROUND, example_round
from tests.analysis.small_rounds import PEOPLE, margins, small_round, small_survey, survey_by_sex_and_area
from tests.analysis.trees import field, framework, leaf

NO_BREAK = "\u00a0"


class Elements(HTMLParser):
    """Every start tag of a page with its attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def result() -> RunResult:
    return run(example_round())


@pytest.fixture(scope="module")
def page(result: RunResult) -> Elements:
    return Elements(html_report(result, "vi"))


def cells(sheet: Any) -> list[tuple]:
    return list(sheet.iter_rows(values_only=True))


# HTML


def test_the_parts_people_expect_are_there(page: Elements) -> None:
    for words in (
        *("Phần 1. Phương pháp", "2854/QĐ-UBND ngày 20/12/2022", "Mẫu điều tra", "Quyền số"),
        *("Phần 2. Kết quả điều tra xã hội học", "Mức độ hài lòng theo yếu tố", "Tiếp cận dịch vụ"),
        *("Mức độ hài lòng theo đơn vị", "Đặc điểm người trả lời", "Ông/Bà"),
        *("Phần 3. Chỉ số và xếp hạng", "Khoảng thứ hạng", "Kết quả theo lĩnh vực"),
        *("Phụ lục", "Phiếu khảo sát mức độ hài lòng của người dân", "Chỉ chấm điểm, không xếp hạng"),
    ):
        assert words in page.text, words


def test_each_rule_is_told_in_a_sentence(page: Elements) -> None:
    assert f"Tốt 100{NO_BREAK}%; Khá 60{NO_BREAK}%; Trung bình 20{NO_BREAK}%; Kém 0{NO_BREAK}%" in page.text
    assert f"từ 85{NO_BREAK}% trở lên được điểm tối đa, dưới 40{NO_BREAK}% không có điểm" in page.text
    assert f"từ 75{NO_BREAK}% được 1,50 điểm" in page.text


def test_figures_are_written_as_vietnamese_readers_write_them(result: RunResult, page: Elements) -> None:
    best = result.tables["ranking"].iloc[0]
    assert f"{best['index']:.2f}".replace(".", ",") + f"{NO_BREAK}%" in page.text
    english = Elements(html_report(result, "en"))
    assert f"{best['index']:.2f}%" in english.text
    assert "Part 3. Index and ranking" in english.text


def test_a_unit_with_points_of_84_applicable_prints_its_percent() -> None:
    """68.32 points of 84 applicable: 81,33 %."""
    tree = framework(field("1", 84), leaf("1.1", 84), field("2", 16), leaf("2.1", 16))
    units = pd.DataFrame({"unit": ["A"], "name": ["Sở A"]})
    rows = [("A", "1.1", 70.0, 68.32, True), ("A", "2.1", None, None, False)]
    evidence = pd.DataFrame(rows, columns=["unit", "criterion", "self_score", "appraised", "applicable"])
    told = run(replace(small_round(), framework=tree, units=units, evidence=evidence))
    assert f"81,33{NO_BREAK}%" in Elements(html_report(told, "vi")).text


def test_synthetic_data_say_so_at_the_top_and_at_the_foot(result: RunResult, page: Elements) -> None:
    assert page.text.count("DỮ LIỆU GIẢ LẬP") == 2
    assert page.text.index("DỮ LIỆU GIẢ LẬP") < page.text.index("Phần 1")
    assert page.text.rindex("DỮ LIỆU GIẢ LẬP") > page.text.index("Phụ lục")
    real = RunResult(result.tables, {**result.manifest, "round": {**ROUND, "synthetic": False}})
    assert "GIẢ LẬP" not in Elements(html_report(real, "vi")).text


def test_the_report_prints_its_run(result: RunResult, page: Elements) -> None:
    assert result.manifest["run"] in page.text
    assert result.manifest["hashes"]["citizens.answers"] in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_put_into_words(result: RunResult, language: str) -> None:
    text = Elements(html_report(result, language)).text
    for code in ("servants_polite", "civil_servants", "so-nganh", "age_18_24", "small_cell", "item_mean"):
        assert code not in text
    assert "nan" not in text.split()
    assert "None" not in text.split()


def test_every_picture_has_words_and_every_table_a_name(page: Elements) -> None:
    assert all(picture["alt"] for picture in page.all("img"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(table["aria-labelledby"] in ids for table in page.all("table"))
    assert all(region["tabindex"] == "0" for region in page.all("div") if region.get("role") == "group")
    assert all(
        f"#{anchor}" in [link["href"] for link in page.all("a")]
        for anchor in ("report-index", "report-annex")
    )


def test_a_part_of_a_page_holds_nothing_a_strict_policy_forbids(result: RunResult) -> None:
    part = Elements(html_report(result, "vi", standalone=False))
    assert part.tags[0][0] == "article"
    assert not part.all("style")
    assert not part.all("script")
    assert not [attributes for _, attributes in part.tags if "style" in attributes]
    assert all(str(picture["src"]).startswith("data:image/svg+xml;base64,") for picture in part.all("img"))
    assert not part.all("h1")


def test_a_page_of_its_own_needs_no_other_file(page: Elements) -> None:
    assert len(page.all("style")) == 1
    assert not page.all("link")
    assert not page.all("script")
    assert page.all("html") == [{"lang": "vi"}]
    assert len(page.all("h1")) == 1


def test_classes_are_styled() -> None:
    assert {".report-table", ".report-scroll", ".report-banner", ".report-figure"} <= set(
        re.findall(r"\.report-[a-z]+", stylesheet())
    )


def test_names_cannot_smuggle_in_markup() -> None:
    inputs = small_round(small_survey(["male"] * 6))
    evil = "<script>alert('x')</script> & <b>Sở</b>"
    told = html_report(run(replace(inputs, units=inputs.units.assign(name=evil))), "vi")
    assert "<script>alert" not in told
    assert "&lt;script&gt;alert" in told


def test_small_cells_say_why_they_are_empty() -> None:
    told = run(small_round(small_survey(["male"] * 6 + ["female"] * 3)))
    assert "n < 5" in Elements(html_report(told, "vi")).text


def test_a_round_without_a_survey_has_a_report() -> None:
    tree = frameworks.load("ha-noi-phong-2019")
    units = pd.DataFrame({"unit": ["phong"], "name": ["Phòng Nội vụ"]})
    evidence = pd.DataFrame(columns=["unit", "criterion", "self_score", "appraised", "applicable", "note"])
    told = run(replace(small_round(), framework=tree, units=units, surveys=[], evidence=evidence))
    text = Elements(html_report(told, "vi")).text
    assert "không tổ chức điều tra xã hội học" in text
    assert "Chưa có điểm" in text
    assert xlsx_report(told, "en")


def test_the_same_result_is_the_same_report(result: RunResult) -> None:
    again = RunResult.from_bytes(result.to_bytes())
    assert html_report(again, "vi") == html_report(result, "vi")
    assert xlsx_report(again, "vi") == xlsx_report(result, "vi")


def test_an_unknown_language_is_refused(result: RunResult) -> None:
    with pytest.raises(ValueError, match="'fr'"):
        html_report(result, "fr")


def testall_words_are_there_in_both_languages() -> None:
    for section, entries in all_words().items():
        for key, words in entries.items():
            assert set(words) == set(LANGUAGES), f"{section}.{key}"
            slots = {language: sorted(re.findall(r"{(\w+)}", text)) for language, text in words.items()}
            assert slots["vi"] == slots["en"], f"{section}.{key}"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [(0.8394, "83,94 %", "83.94%"), (1, "100,00 %", "100.00%"), (float("nan"), "–", "–")],
)
def test_shares(value: float, vietnamese: str, english: str) -> None:
    assert Words("vi").share(value) == vietnamese.replace(" ", NO_BREAK)
    assert Words("en").share(value) == english


def test_thousands_have_a_point_and_decimals_a_comma() -> None:
    assert Words("vi").number(1234567.891) == "1.234.567,89"
    assert Words("en").number(1234567.891) == "1,234,567.89"
    assert Words("vi").day("2022-12-20") == "20/12/2022"


# XLSX


@pytest.fixture(scope="module")
def workbook(result: RunResult) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_report(result, "vi")))


def test_there_is_one_sheet_a_table_and_the_method_first(workbook: openpyxl.Workbook) -> None:
    assert workbook.sheetnames[0] == "Phương pháp"
    assert workbook.sheetnames[1:] == [Words("vi")(f"tables.{name}") for name in TABLES]


def test_every_sheet_says_that_the_data_are_synthetic(workbook: openpyxl.Workbook) -> None:
    for sheet in workbook:
        assert str(sheet["A1"].value).startswith("DỮ LIỆU GIẢ LẬP"), sheet.title


def test_figures_are_numbers_with_formats_and_names_stand_beside_codes(
    result: RunResult, workbook: openpyxl.Workbook
) -> None:
    sheet = workbook["Xếp hạng"]
    heading, first = [cell.value for cell in sheet[2]], sheet[3]
    best = result.tables["ranking"].iloc[0]
    assert first[heading.index("Đơn vị (mã)")].value == best["unit"]
    assert first[heading.index("Đơn vị")].value == best["unit"].replace("so-", "Sở thử nghiệm số ")
    index = first[heading.index("Chỉ số (%)")]
    assert index.value == pytest.approx(best["index"])
    assert index.number_format == "#,##0.00"
    assert sheet.freeze_panes == "B3"
    rates = workbook["Hài lòng chung"]
    place = [cell.value for cell in rates[2]].index("Mức độ hài lòng")
    assert rates[3][place].number_format == "0.00%"


def test_every_heading_is_in_words(workbook: openpyxl.Workbook) -> None:
    known = {words["vi"] for words in all_words()["columns"].values()}
    for sheet in workbook.worksheets[1:]:
        for cell in sheet[2]:
            name = str(cell.value).removesuffix(" (mã)")
            assert name in known or sheet.title == "Đơn vị", f"{sheet.title}: {name}"


def test_what_looks_like_a_formula_stays_text_and_control_characters_go() -> None:
    inputs = small_round(small_survey(["male"] * 6))
    evil = inputs.units.assign(name='=HYPERLINK("http://x")\x07', **{"=SUM(A1)": "+1"})
    sheets = openpyxl.load_workbook(io.BytesIO(xlsx_report(run(replace(inputs, units=evil)), "vi")))
    values = [cell for row in sheets["Đơn vị"].iter_rows() for cell in row if cell.value is not None]
    texts = {cell.value: cell.data_type for cell in values}
    assert texts['=HYPERLINK("http://x")'] == "s"
    assert texts["=SUM(A1)"] == "s"
    assert texts["+1"] == "s"


def test_the_report_says_what_the_weights_were_raked_to() -> None:
    raked = run(small_round(survey_by_sex_and_area(PEOPLE, margins(50, 50, 30, 70))))
    assert "Hiệu chỉnh lặp (raking) theo: Câu sex; Câu area" in html_report(raked, "vi")
