"""A planner brings a questionnaire in a file: it begins as a draft, or every fault of it is said."""

from __future__ import annotations

import json

import pytest

from questionnaires import parse_questionnaire
from questionnaires.exchange.toml import write_toml
from survey.builder.exchange.brought import Brought
from survey.builder.exchange.confirming import LONGEST, Note, Pending, filled, line
from survey.builder.exchange.recognizing import JSON, LIMESURVEY, TOML, XLSFORM, format_of
from survey.errors import UserError
from tests.questionnaires.exchange.limesurvey_survey import answers, export, question, subquestions
from tests.survey.builder.draft_life import a_draft, deeds, small
from tests.survey.builder.drafting import form_of
from tests.survey.builder.exchanging import (
    DOOR,
    bring,
    carried,
    comments,
    confirm,
    drafts,
    example,
    stored_nothing,
)

HEAD = {"code": "nguoi-dan", "version": "2026", "group": "citizen"}
FORM = "type,name,label\ntext,ten,Họ tên?\n"


@pytest.fixture(autouse=True)
def planner(sign_in) -> int:
    return sign_in("planner")


def test_a_form_of_pyxform_is_checked_completed_edited_and_taken_away_again(app, client):
    page = bring(client, example("example_xls/text_and_integer_xlsx.xlsx"), "text_and_integer.xlsx")
    assert page.status_code == 200
    assert "text_and_integer.xlsx (XLSForm)" in page.text
    assert "Chưa lưu gì" in page.text
    assert stored_nothing(app)
    begun = confirm(client, page, **HEAD, language="en")
    assert begun.status_code == 303
    (draft,) = drafts(app)
    assert begun.location == f"/questionnaires/drafts/{draft.id}"
    assert (draft.code, draft.version, draft.content["languages"]) == ("nguoi-dan", "2026", ["en"])
    assert "draft.begin" in deeds(app)

    address = f"{begun.location}/questions/your_name"
    fields = form_of(client.get(address).text) | {"text.en": "Your full name"}
    assert client.submit(address, fields).status_code == 302
    taken = client.get(f"{begun.location}.xlsx")
    (edited,) = drafts(app)
    assert bring(client, taken.data, "x.xlsx").status_code == 303  # it says all, and loses nothing
    _, again = drafts(app)
    assert parse_questionnaire(again.content) == parse_questionnaire(edited.content)
    assert "Your full name" in json.dumps(again.content)


def test_what_is_lost_is_shown_before_and_kept_as_a_comment(app, client):
    form = "type,name,label,default,bind::weight\ntext,ten,Họ tên?,An,1\ntext,tuoi,Tuổi?,20,2\n"
    page = bring(client, form.encode(), "phieu.csv")
    assert "giá trị mặc định" in page.text
    assert '<td class="govuk-table__cell">CSV D2, CSV D3</td>' in page.text
    assert confirm(client, page, **HEAD, language="vi").status_code == 303
    (comment,) = comments(app)
    assert comment.startswith("Từ tệp “phieu.csv” (XLSForm).")
    assert "bind::weight" in comment
    assert "(CSV D2, CSV D3)" in comment
    (draft,) = drafts(app)
    review = client.get(f"/questionnaires/drafts/{draft.id}/review").text
    assert "bind::weight" in review


def test_a_survey_of_limesurvey_comes_in(app, client):
    text = export(question("Q1", "L", "Hài lòng?"), *answers("A1", "A2"), question("Q2", "T", "Góp ý?"))
    page = bring(client, text.encode(), "survey_333472.txt")
    assert "survey_333472.txt (LimeSurvey)" in page.text
    assert 'name="code"' in page.text
    assert 'value="survey_333472"' in page.text
    assert 'name="language"' not in page.text  # the export says it
    assert confirm(client, page, **{**HEAD, "group": "business"}).status_code == 303
    (draft,) = drafts(app)
    questions = draft.content["sections"][0]["questions"]
    assert [each["text"]["vi"] for each in questions] == ["Hài lòng?", "Góp ý?"]
    assert draft.content["group"] == "business"


def test_every_fault_is_listed_with_its_cell_and_nothing_is_written(app, client):
    form = "type,name,label\ngeopoint,a,Ở đâu?\ntext,b,Chào ${a}\nimage,c,Ảnh\n"
    page = bring(client, form.encode(), "phieu.csv")
    assert page.status_code == 422
    for row, column in ((2, "A (type)"), (3, "C (label)"), (4, "A (type)")):
        assert f'app-number">{row}</td>' in page.text
        assert f">{column}</td>" in page.text
    assert stored_nothing(app)
    faulty = export(question("Q1", "*"), question("Q2", "|"), *subquestions("SQ1"))
    assert bring(client, faulty.encode(), "x.txt").text.count("(type/scale)") == 2
    assert stored_nothing(app)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("phieu.xlsx", "Kính gửi Ủy ban nhân dân tỉnh,\nxin gửi phiếu khảo sát.\n", "không đọc được ở đây"),
        ("phieu.xlsx", "{", "JSON"),
        ("phieu.xlsx", " \n", "Tệp trống"),
        ("phieu.json", "Kính gửi", "JSON"),
        ("phieu.toml", "Kính gửi", "TOML"),
        ("phieu.txt", "\ufeffa\tb\tc\n1\t2\t3", "không đọc được ở đây"),
    ],
)
def test_what_is_no_questionnaire_gives_one_clear_fault(app, client, name, content, words):
    page = bring(client, content.encode(), name)
    assert page.status_code == 422
    assert page.text.count('<a href="#file">') == 1
    assert words in page.text
    assert stored_nothing(app)


def test_bytes_that_are_no_workbook_give_one_fault(app, client):
    for content in (b"PK\x03\x04 torn", bytes.fromhex("D0CF11E0A1B11AE1") + b"old"):
        page = bring(client, content, "phieu.xlsx")
        assert page.status_code == 422
        assert "có 1 lỗi" in page.text
    assert stored_nothing(app)


def test_the_content_decides_not_the_name(app, client):
    definition = small()
    bring(client, json.dumps(definition).encode(), "phieu.xlsx")
    bring(client, write_toml({**definition, "version": "t"}).encode(), "phieu.txt")
    assert [draft.content["version"] for draft in drafts(app)] == [definition["version"], "t"]
    assert "XLSForm" in bring(client, FORM.replace(",", "\t").encode("utf-16"), "phieu.json").text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ('  {"code": "x"}', JSON),
        ("# Phiếu", TOML),
        ('code = "x"', TOML),
        ("title.vi = 'x'", TOML),
        ("[[sections]]", TOML),
        ('"survey",,,', XLSFORM),
        ("name;label;TYPE", XLSFORM),
        ("id\trelated_id\tclass\ttype/scale\tname", LIMESURVEY),
        ("survey,of,people", None),
        ("[1, 2]", None),
    ],
)
def test_the_first_line_tells_the_format(line, kind):
    assert format_of(f"\ufeff\n{line}\n".encode(), "x.bin") == kind


def test_what_people_say_of_it_is_checked(app, client):
    a_draft(app, small(code="co-roi", version="1"))
    page = bring(client, FORM.encode(), "Phiếu khảo sát số 1.csv")
    assert 'value="phieu-khao-sat-so-1"' in page.text
    assert ">Phiếu khảo sát số 1<" in page.text  # the title, as the form has none
    assert "Không có: toàn bộ nội dung" in page.text
    for head, anchor in (
        ({**HEAD, "code": "Phiếu"}, "#code"),
        ({**HEAD, "version": ""}, "#version"),
        ({**HEAD, "group": "nobody"}, "#group"),
        ({**HEAD, "code": "co-roi", "version": "1"}, "#version"),
    ):
        again = confirm(client, page, **head, language="vi")
        assert again.status_code == 422
        assert f'href="{anchor}"' in again.text, head
        assert carried(again) == carried(page)
    assert len(drafts(app)) == 1


def test_nobody_else_says_what_was_read(app, client):
    page = bring(client, FORM.encode(), "phieu.csv")
    tampered = carried(page)["pending"][:-2] + "xx"
    reply = client.submit(f"{DOOR}/confirm", {**HEAD, "language": "vi", "pending": tampered})
    assert reply.status_code == 400
    assert "tải tệp lên lại" in reply.text
    assert stored_nothing(app)


def test_a_form_too_long_to_be_carried_is_refused_before_anybody_fills_the_page(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_FORM_MEMORY_SIZE", 500)
    with app.app_context(), pytest.raises(UserError, match="Split it into several forms"):
        Pending.of(Brought(small()), "phieu.csv", None).sealed()


def test_only_planners_bring_files(app, client, sign_in):
    page = bring(client, FORM.encode(), "phieu.csv")
    sign_in("analyst")
    assert bring(client, FORM.encode(), "phieu.csv").status_code == 403
    assert confirm(client, page, **HEAD).status_code == 403
    assert stored_nothing(app)


def test_many_notes_fill_as_many_comments_as_they_need():
    notes = [Note(f"{number} " + "x" * 500, (f"survey A{number}",)) for number in range(30)]
    with_places = Note("y", tuple(f"survey C{number}" for number in range(5_000)))
    texts = list(filled("head", [line(note) for note in notes]))
    assert max(map(len, texts)) <= LONGEST
    assert "\n".join(texts).count("survey A") == 30
    assert len(line(with_places)) < LONGEST
