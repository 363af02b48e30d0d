"""Tables of scores: made, uploaded, and what is said to be wrong with them."""

from __future__ import annotations

import html
import io
import re

import openpyxl

from survey.db import db
from survey.models import Unit

HEADINGS = ["Mã đơn vị", "Mã tiêu chí", "Điểm tự chấm", "Điểm thẩm định", "Ý kiến thẩm định", "Áp dụng"]
SHEET = "Chấm điểm"


def workbook(rows: list[list[object]], header: list[str] = HEADINGS) -> io.BytesIO:
    book = openpyxl.Workbook()
    book.active.title = SHEET
    for row in [header, *rows]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return io.BytesIO(file.getvalue())


def upload(client, place, file: io.BytesIO, name: str = "diem.xlsx"):
    return client.submit(f"{place.units}/import", {"file": (file, name)})


def codes_of(app, place) -> list[str]:
    with app.app_context():
        return [db.session.get(Unit, unit_id).code for unit_id in place.unit_ids]


def faults_in(text: str) -> list[tuple[str, ...]]:
    """Sheet, row, column and reason of each fault listed."""
    body = text.partition('id="faults-caption"')[2].partition("<tbody")[2].partition("</tbody>")[0]
    lines = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>")]
    return [tuple(html.unescape(cell) for cell in line) for line in lines if line]
