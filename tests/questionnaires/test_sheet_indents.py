"""How far a title stands in from the left is read where somebody asks for it."""

import io

import xlsxwriter

from questionnaires.sheets import read_sheets


def indented():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Tiêu chí")
        for row, text in enumerate(("Tên", "Lĩnh vực", "  Tiêu chí", "\tThành phần")):
            sheet.write(row, 0, text)
        sheet.write(4, 0, " Lùi hai bước", book.add_format({"indent": 2}))
        sheet.write(5, 0, 12, book.add_format({"indent": 2}))
    return io.BytesIO(file.getvalue())


def test_typed_spaces_and_the_cells_own_indent_add_up():
    """A step of a cell's indent is three spaces wide, a tab four; numbers have no indent."""
    (sheet,) = read_sheets(indented(), indents=True)
    assert sheet.indents == {(3, 1): 2, (4, 1): 4, (5, 1): 7}
    assert [row["Tên"] for row in sheet.rows] == ["Lĩnh vực", "Tiêu chí", "Thành phần", "Lùi hai bước", "12"]


def test_nobody_pays_for_indents_unasked():
    (sheet,) = read_sheets(indented())
    assert sheet.indents == {}


def test_text_in_commas_has_none():
    (sheet,) = read_sheets(io.BytesIO(b"a,b\n  1,2\n"), indents=True)
    assert sheet.indents == {}
