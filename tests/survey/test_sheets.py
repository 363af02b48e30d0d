"""Uploaded tables, as offices make them: read the same from every program, refused with every fault named."""

from __future__ import annotations

import datetime
import io
import unicodedata
import zipfile

import openpyxl
import pytest
import xlsxwriter

from questionnaires.sheets import SheetsRefused, heading_faults, read_sheets
from questionnaires.written import read_date, read_number
from survey.faulty_sheets import fault_workbook, report_of

TABLE = [["UNIT", "POINTS", "NOTE"], ["so-noi-vu", 1.5, "Đạt; đủ"], ["so-y-te", 2, ""]]


def workbook(*sheets: list[list[object]], name: str = "Điểm") -> io.BytesIO:
    """An XLSX file; the further sheets are named by their number."""
    file = io.BytesIO()
    plain = {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}
    with xlsxwriter.Workbook(file, plain) as book:
        for number, rows in enumerate(sheets):
            page = book.add_worksheet(name if number == 0 else f"{name} {number}")
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
    return io.BytesIO(file.getvalue())


def rows_of(file: io.BytesIO) -> list[tuple[int, dict[str, str]]]:
    (sheet,) = read_sheets(file)
    assert sheet.faults == ()
    return [(row.number, dict(row)) for row in sheet.rows]


def refusal(content: bytes, **limits: int) -> str:
    with pytest.raises(SheetsRefused) as refused:
        read_sheets(io.BytesIO(content), **limits)
    return str(refused.value)


READ = [
    (2, {"UNIT": "so-noi-vu", "POINTS": "1,5", "NOTE": "Đạt; đủ"}),
    (3, {"UNIT": "so-y-te", "POINTS": "2", "NOTE": ""}),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_reads_the_same_from_every_program(encoding, delimiter):
    lines = [["UNIT", "POINTS", "NOTE"], ["so-noi-vu", '"1,5"', '"Đạt; đủ"'], ["so-y-te", "2", ""]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    assert rows_of(io.BytesIO(text.encode(encoding))) == READ
    assert rows_of(workbook(TABLE)) == READ


def test_text_arrives_in_one_normal_form_without_what_cannot_be_stored():
    decomposed = unicodedata.normalize("NFD", "Sở Nội vụ")
    file = io.BytesIO(f'TÊN,GHI CHÚ\n {decomposed}\x07 ,"hai\ndòng"\n'.encode())
    assert rows_of(file) == [(2, {"TÊN": "Sở Nội vụ", "GHI CHÚ": "hai\ndòng"})]


@pytest.mark.parametrize("number", [7, 3.5, 1.234, 0.125, -2.75, 123456.789, 1e15, 1e-7])
def test_a_number_of_a_workbook_reads_back_as_the_same_number(number):
    ((_, cells),) = rows_of(workbook([["POINTS"], [number]]))
    assert read_number(cells["POINTS"]) == number


def test_a_day_of_a_workbook_reads_back_as_the_same_day():
    day = datetime.date(2022, 12, 20)
    ((_, cells),) = rows_of(workbook([["DAY"], [day]]))
    assert read_date(cells["DAY"]) == day


def test_blank_rows_are_passed_over_and_the_others_keep_their_numbers():
    rows = rows_of(workbook([["UNIT"], [None], ["a"], ["   "], [None], ["b"]]))
    assert rows == [(3, {"UNIT": "a"}), (6, {"UNIT": "b"})]


def test_a_sheet_that_declares_a_wrong_size_is_read_whole():
    """Some programs write <dimension ref="A1"/> over any sheet."""
    damaged = io.BytesIO()
    with zipfile.ZipFile(workbook(TABLE)) as old, zipfile.ZipFile(damaged, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b'<dimension ref="A1:C3"/>', b'<dimension ref="A1"/>'))
    assert rows_of(io.BytesIO(damaged.getvalue())) == READ


def test_hidden_sheets_are_not_read():
    book = openpyxl.Workbook()
    book.active.append(["UNIT"])
    book.create_sheet("ẩn").sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    assert [sheet.name for sheet in read_sheets(io.BytesIO(file.getvalue()))] == ["Sheet"]


def test_errors_and_formulas_without_a_result_are_faults_at_their_cells():
    book = openpyxl.Workbook()
    for row in (["UNIT", "POINTS"], ["a", "=1+1"], ["b", "#N/A"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    (sheet,) = read_sheets(io.BytesIO(file.getvalue()))
    found = {(fault.row, fault.letter, fault.sentence()) for fault in sheet.faults}
    assert {(row, letter) for row, letter, _ in found} == {(2, "B"), (3, "B")}
    assert any("#N/A" in sentence for _, _, sentence in found)


def test_a_formula_with_a_result_is_its_result():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["UNIT", "POINTS"])
        page.write_row(1, 0, ["a"])
        page.write_formula(1, 1, "=1+1.5", value=2.5)
    assert rows_of(io.BytesIO(file.getvalue())) == [(2, {"UNIT": "a", "POINTS": "2,5"})]


def test_headings_are_checked_all_at_once():
    (sheet,) = read_sheets(workbook([["UNIT", "UNIT", "POINST", "", "COLOUR"], ["a", "b", 1, "?", "red"]]))
    faults = [*sheet.faults, *heading_faults(sheet, needed=("UNIT", "POINTS"), optional=("NOTE",))]
    assert {(fault.row, fault.letter, fault.sentence()) for fault in faults} == {
        (1, "B", "The heading “UNIT” stands over more than one column."),
        (2, "D", "This column has no heading, so what stands in it cannot be placed."),
        (1, "", "The column “POINTS” is missing. Its heading belongs in row 1."),
        (1, "C", "“POINST” is no column of this table. Did you mean “POINTS”?"),
        (1, "E", "“COLOUR” is no column of this table."),
    }


def test_a_fault_knows_its_cell_by_the_heading():
    (sheet,) = read_sheets(workbook(TABLE))
    fault = sheet.fault(sheet.rows[1], "NOTE", "“%(raw)s” is wrong.", {"raw": "x"})
    assert (fault.sheet, fault.row, fault.letter, fault.heading) == ("Điểm", 3, "C", "NOTE")
    assert fault.sentence() == "“x” is wrong."


def test_too_many_rows_and_columns_are_refused():
    table = workbook([["UNIT"], *[[f"u{number}"] for number in range(11)]]).getvalue()
    assert "more than 10 rows" in refusal(table, most_rows=10)
    assert "more than 10 rows" in refusal("\n".join(["UNIT", *"abcdefghijk"]).encode(), most_rows=10)
    assert "columns" in refusal(",".join(f"c{number}" for number in range(1001)).encode())
    assert len(read_sheets(io.BytesIO(table), most_rows=11)[0].rows) == 11


def test_a_small_file_that_unpacks_to_gigabytes_is_refused_before_it_does():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 100 * 1024 * 1024)
    assert len(bomb.getvalue()) < 200_000
    assert "too large" in refusal(bomb.getvalue())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"old", "password"),
        (b"PK\x03\x04 and nothing else", "cannot be read as an Excel workbook"),
        ("Sở Nội vụ".encode("utf-16")[2:] + b"\xff", "neither an Excel workbook"),
        ("TÊN\nSở".encode("cp1258", "replace") + b"\xdd\xff", "neither an Excel workbook"),
        (b'UNIT,NOTE\na,"never closed\n', "quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content, words):
    assert words in refusal(content)


def test_a_truncated_workbook_is_refused():
    content = workbook(TABLE).getvalue()
    for length in (100, len(content) // 2, len(content) - 30):
        assert "Excel workbook" in refusal(content[:length])


def test_many_faults_are_all_in_the_workbook_to_take_away(app):
    (sheet,) = read_sheets(workbook([["UNIT"], *[["=x"] for _ in range(300)]]))
    faults = [sheet.fault(row, "UNIT", "“%(raw)s” is wrong.", {"raw": row["UNIT"]}) for row in sheet.rows]
    with app.test_request_context():
        report = report_of(list(reversed(faults)))
        (listed,) = read_sheets(io.BytesIO(fault_workbook(faults)))
    assert (report.total, len(report.shown), report.shown[0].row) == (300, 200, 2)
    assert report.address.startswith("data:")
    assert len(listed.rows) == 300
    assert list(listed.rows[299].values()) == ["Điểm", "301", "A", "UNIT", "“=x” is wrong."]
