"""What was read of a form stands on the page of its scans; marks at questions not asked are told as such."""

from __future__ import annotations

import pytest

from tests.survey.entry.scanning.sheets import CLEAR, STORED, as_file

NOT_ASKED = "(không được hỏi)"
UNASKED = {**CLEAR, "late": ["yes"]}
"""Nothing was received, so nobody asks whether it was late."""


@pytest.fixture
def desk(print_desk):
    return print_desk()


def lines(desk) -> dict[str, str]:
    """The lines of what was read of form 1, by the numbers of their questions."""
    with desk.app.app_context():
        path = f"/entry/forms/{desk.form(1).id}/scans"
    table = desk.client.get(path).text.partition('id="lines-caption"')[2].partition("</table>")[0]
    rows = table.split('<th scope="row" class="govuk-table__header">')[1:]
    return {row.partition(". ")[0]: row for row in rows}


def test_a_mark_at_a_question_that_is_not_asked_is_told(desk):
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, UNASKED))})
    assert desk.answers(1) == STORED
    found = lines(desk)
    assert {number for number, row in found.items() if NOT_ASKED in row} == {"2"}
    assert "Có" in found["2"]
    with desk.app.app_context():
        answers = f"/entry/responses/{desk.form(1).response_id}"
    page = desk.client.get(answers).text
    assert "không được hỏi" in page.partition('id="item-late"')[2].partition("</tr>")[0]


def test_nobody_knows_what_is_asked_while_something_is_in_doubt(desk):
    """The mark at `received` is faint: the question behind it may be asked."""
    answers = {item: texts for item, texts in UNASKED.items() if item != "received"}
    desk.upload({"a.pdf": as_file(desk.printed.marked(1, answers, received="no"))})
    found = lines(desk)
    assert "Có" in found["2"]
    assert not any(NOT_ASKED in row for row in found.values())
    desk.say(desk.sheets()[0], "received", "choose", received="no")
    assert desk.state(1) == "accepted"
    assert NOT_ASKED in lines(desk)["2"]
