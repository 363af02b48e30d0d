"""A supervisor sees where the paper of a survey is, and who still has what."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest

from questionnaires.paper import write_serial
from survey.db import db
from survey.entry.states import STATE_MEANINGS, STATE_WORDS
from survey.models import Batch, Survey
from tests.survey.paper.test_scans_waiting import bring_pages


@pytest.fixture
def path(paper, supervisor) -> str:
    paper.mark(paper.lan, range(1, 7), "issued")
    paper.mark(paper.lan, range(1, 4), "returned")
    paper.mark(paper.lan, range(6, 7), "refused", "không trả lời")
    paper.mark(paper.mai, range(5, 6), "issued")
    return f"/entry/paper/{paper.survey}"


def cells_of(page: str, caption: str) -> list[list[str]]:
    """The cells of a table's body."""
    table = page.partition(f'id="{caption}-caption"')[2].partition("</table>")[0].partition("<tbody")[2]
    lines = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]


def rows(page: str, caption: str) -> list[list[str]]:
    """The same, without marks."""
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in line] for line in cells_of(page, caption)]


@pytest.mark.parametrize(
    ("way", "names"),
    [
        ("enumerator", ["Lan", "Mai"]),
        ("commune", ["Xã Hai", "Xã Một"]),
        ("unit", ["Sở Nội vụ", "Sở Tài chính"]),
        ("batch", ["L-01", "M-01"]),
        ("nonsense", ["Lan", "Mai"]),
    ],
)
def test_forms_are_counted_by_state_with_their_totals(client, path, way, names):
    found = rows(client.get(f"{path}?by={way}").text, "counts")
    assert [row[0] for row in found[:2]] == names
    figures = {row[0]: row[1:7] for row in found}
    first, second = sorted(names, key=lambda name: figures[name] != ["4", "2", "3", "1", "10", "0"])
    # not issued, issued and not back, back and not keyed, refused; all, in the archive
    assert figures[first] == ["4", "2", "3", "1", "10", "0"]
    assert figures[second] == ["4", "1", "0", "0", "5", "0"]
    if way != "batch":
        assert {row[7] for row in found[:2]} == {"L-01", "M-01"}
    assert found[-1][1:7] == ["8", "3", "3", "1", "15", "0"]


def test_batches_and_missing_forms_are_linked_for_those_who_may_open_them(client, path, paper, sign_in):
    links = [
        f'href="/entry/batches/{paper.lan}/paper"',
        f'href="/entry/forms?number={quote_plus(write_serial(4))}"',
    ]
    assert all(link in client.get(path).text for link in links)
    sign_in("planner")
    assert not any(link in client.get(path).text for link in links)


def test_of_many_batches_a_few_are_in_sight_and_the_others_one_click_away(app, client, paper, path):
    with app.app_context():
        known = db.session.get_one(Batch, paper.lan)
        own = {"survey_id": known.survey_id, "stratum_id": known.stratum_id, "forms_expected": 2}
        db.session.add_all(Batch(code=f"X-{number:02d}", **own) for number in range(18))
        db.session.commit()
    cell = cells_of(client.get(path).text, "counts")[2][-1]
    in_sight, _, hidden = cell.partition("<details")
    assert re.findall(r"X-\d\d", in_sight) == ["X-00", "X-01", "X-02"]
    assert "15" in hidden.partition("</summary>")[0]
    assert re.findall(r"X-\d\d", hidden) == [f"X-{number:02d}" for number in range(3, 18)]


def test_each_state_in_sight_is_explained_in_a_sentence(client, path):
    legend = client.get(path).text.partition("<dl")[2].partition("</dl>")[0]
    terms = re.findall(r"<dt[^>]*>(.*?)</dt><dd[^>]*>(.*?)</dd>", legend)
    heads = ["Chưa phát", "Đã phát, chưa thu", "Đã thu, chưa nhập"]
    assert [term for term, _ in terms][:3] == heads
    assert len(terms) == 4
    assert all(len(sentence.split()) > 4 for _, sentence in terms)


def test_every_state_has_its_meaning():
    assert list(STATE_MEANINGS) == list(STATE_WORDS)


def test_what_is_missing_is_told_by_enumerator_with_its_numbers(client, path):
    assert rows(client.get(path).text, "missing") == [
        ["Lan", "L-01", "2", printed(4, 5), "3", printed(1, 3)],
        ["Mai", "M-01", "1", write_serial(15), "0", "–"],
    ]


def test_scanned_forms_are_counted_as_such_and_not_as_unread(app, client, paper, path):
    with app.app_context():
        bring_pages(paper.survey, paper.form(1).id, ("doubtful", ["polite"]), ("sure", []))
        bring_pages(paper.survey, paper.form(2).id, ("sure", []), ("waiting", []))  # a page is still to come
    found = {row[0]: row[1:8] for row in rows(client.get(path).text, "counts")}
    # not issued, issued and not back, back and not keyed, scanned, refused; all, in the archive
    assert found["Lan"] == ["4", "2", "2", "1", "1", "10", "0"]
    assert found["Mai"] == ["4", "1", "0", "0", "0", "5", "0"]
    missing = rows(client.get(path).text, "missing")
    assert missing[0] == ["Lan", "L-01", "2", printed(4, 5), "2", printed(2, 3)]


def test_of_whom_all_forms_are_scanned_nothing_is_missing(app, client, paper, supervisor):
    paper.mark(paper.mai, range(1, 2), "returned")
    with app.app_context():
        bring_pages(paper.survey, paper.form(1, paper.mai).id, ("doubtful", ["polite"]))
    page = client.get(f"/entry/paper/{paper.survey}").text
    assert 'id="missing-caption"' not in page
    (line,) = [row for row in rows(page, "counts") if row[0] == "Mai"]
    assert line[1:4] == ["4", "1", "5"]  # not issued, scanned; all


def test_who_has_several_batches_has_one_line_in_the_order_of_the_numbers(app, client, paper, path):
    with app.app_context():
        for batch_id, code in ((paper.lan, "Z-01"), (paper.mai, "A-01")):
            batch = db.session.get_one(Batch, batch_id)
            batch.code, batch.enumerator = code, "Lan"
        db.session.commit()
    paper.mark(paper.mai, range(1, 3), "issued")
    paper.mark(paper.lan, range(10, 11), "issued")
    issued = f"{printed(4, 5)}, {printed(10, 12)}, {write_serial(15)}"
    (line,) = rows(client.get(path).text, "missing")
    assert line == ["Lan", "A-01, Z-01", "6", issued, "3", printed(1, 3)]


def printed(first: int, last: int) -> str:
    return f"{write_serial(first)} – {write_serial(last)}"


def test_supervisors_are_led_to_the_scans(client, path, paper, sign_in):
    address = f'href="/entry/surveys/{paper.survey}/scans"'
    assert address in client.get(path).text
    sign_in("planner")
    assert address not in client.get(path).text


def test_planners_look_on_before_the_survey_opens_too(app, client, paper, path, sign_in):
    sign_in("planner")
    assert client.get(path).status_code == 200
    with app.app_context():
        db.session.get_one(Survey, paper.survey).state = "draft"
        db.session.commit()
    assert client.get(path).status_code == 200
    sign_in("enumerator")
    assert client.get(path).status_code == 403
