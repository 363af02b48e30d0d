"""A planner settles who may answer a survey, how, and what people are told, and is kept to it afterwards."""

from __future__ import annotations

import pytest

from survey.db import db, today
from survey.models import QuestionnaireVersion, Survey
from tests.survey.factory import SMALL_QUESTIONNAIRE, make_round, make_stratum, stored_version
from tests.survey.fieldwork.conftest import kept
from tests.survey.fieldwork.desk import DAY, filled_in, last_details, stored

SETTINGS = {
    "by_dossier": "y",
    "page_by": "question",
    "purpose": "Để cải thiện việc tiếp dân",
    "legal_basis": "Kế hoạch số 12/KH-UBND",
    "withdrawable": "y",
}


@pytest.fixture
def edit(planner, made):
    """A function that changes the survey through its form, in the state given; None unticks a box."""
    path = f"/surveys/{made.survey.id}/edit"

    def send(state: str = "draft", **typed: str | None):
        with planner.application.app_context():
            db.session.get(Survey, made.survey.id).state = state
            db.session.commit()
        form = {**filled_in(planner, path), **typed}
        return planner.submit(path, {name: value for name, value in form.items() if value is not None})

    return send


@pytest.fixture
def sittings(app):
    """The same round, whose questionnaire asks agency by agency; everybody rates all three."""
    asked = {**SMALL_QUESTIONNAIRE, "code": "sitting", "sections": per_unit(SMALL_QUESTIONNAIRE["sections"])}
    with app.app_context():
        made = make_round(db.session, questionnaire=asked, codes_each=0)
        made.survey.rates = "several"
        db.session.commit()
        return kept(made)


def per_unit(sections):
    """The sections with the service rated unit by unit."""
    return [
        {**section, "questions": [{**each, "unit_of_rating": "agency"} for each in section["questions"]]}
        if section["code"] == "service"
        else section
        for section in sections
    ]


def test_what_is_settled_is_kept_shown_and_recorded(app, planner, made, edit):
    until = str(made.survey.closes_on + 365 * DAY)
    assert edit(**SETTINGS, keep_until=until).status_code == 302
    (survey,) = stored(app, Survey)
    assert (survey.by_dossier, survey.page_by, survey.withdrawable) == (True, "question", True)
    assert (survey.purpose, str(survey.keep_until)) == (SETTINGS["purpose"], until)
    assert set(last_details(app)) == {*SETTINGS, "keep_until"}
    page = planner.get(f"/surveys/{survey.id}").text
    for words in (SETTINGS["purpose"], SETTINGS["legal_basis"], f"{survey.keep_until:%d/%m/%Y}"):
        assert words in page


def test_a_new_survey_is_given_an_address_and_days_of_its_round(app, planner, made, definitions):
    path = f"/rounds/{made.round.id}/surveys/new"
    proposed = filled_in(planner, path)
    assert proposed["slug"] == f"{made.round.code}-{made.round.year}"
    assert proposed["opens_on"] == str(today())  # the round began a month ago
    assert proposed["closes_on"] == str(made.round.ends_on)
    for _ in range(2):
        typed = {**filled_in(planner, path), "questionnaire_id": str(definitions["questionnaire"])}
        typed["code"] = f"c{len(stored(app, Survey))}"
        assert planner.submit(path, typed).status_code == 302
    slugs = [survey.slug for survey in stored(app, Survey)]
    assert slugs[1:] == [proposed["slug"], f"{proposed['slug']}-2"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"purpose": "x" * 1001}, "1000"),
        ({"legal_basis": "x" * 1001}, "1000"),
        ({"keep_until": str(today())}, "ít nhất đến ngày cuối"),
        ({"rates": "several"}, "không có câu nào hỏi riêng cho từng cơ quan"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(app, edit, typed, sentence):
    page = edit(**typed)
    assert page.status_code == 400
    assert sentence in page.text
    assert f'href="#{next(iter(typed))}' in page.text


def test_what_people_agreed_to_stays_once_the_survey_was_opened(app, edit):
    assert edit(withdrawable="y").status_code == 302
    for state in ("open", "paused", "closed"):
        page = edit(state, withdrawable=None, rates="several")
        said = "không đổi được sau khi mở đợt khảo sát hoặc in phiếu"
        assert page.text.count(said) == 4  # above, and at each field


def test_pages_change_only_while_nobody_answers(app, edit):
    assert "Hãy tạm dừng đợt khảo sát" in edit("open", page_by="question").text
    assert edit("paused", page_by="question").status_code == 302


def test_the_last_day_of_keeping_may_only_come_nearer_once_people_were_told(app, made, edit):
    far, near = (str(made.survey.closes_on + days * DAY) for days in (99, 9))
    assert edit(keep_until=far).status_code == 302
    for later in (str(made.survey.closes_on + 100 * DAY), ""):
        assert "chỉ có thể rút ngắn" in edit("open", keep_until=later).text
    assert edit("open", keep_until=near).status_code == 302


def test_the_page_reminds_of_what_hardly_was_meant_so(app, planner, made, edit):
    edit(open_link=None, by_dossier="y")
    page = planner.get(f"/surveys/{made.survey.id}").text
    for words in ("chưa nhập danh sách hồ sơ", "Chưa định thời hạn lưu", "Chưa ghi mục đích"):
        assert words in page
    assert "Chưa ai trả lời trực tuyến được" not in page  # that is what dossier numbers are for


def test_a_sitting_opens_where_each_agency_is_one_stratum(app, planner, sittings):
    page = f"/surveys/{sittings.survey.id}"
    with app.app_context():
        survey = db.session.get(Survey, sittings.survey.id)
        survey.state = "draft"
        make_stratum(survey, survey.sample.strata[0].unit, 10, code="parted")
        db.session.commit()
    assert "có nhiều tầng nên không thể đánh giá cùng các cơ quan khác" in planner.get(page).text
    assert planner.submit(f"{page}/state", {"state": "open"}).status_code == 409


def test_a_questionnaire_without_questions_by_agency_keeps_a_sitting_shut(app, planner, sittings):
    with app.app_context():
        survey = db.session.get(Survey, sittings.survey.id)
        survey.questionnaire_version = stored_version(db.session, QuestionnaireVersion, SMALL_QUESTIONNAIRE)
        survey.state = "draft"
        db.session.commit()
    page = planner.get(f"/surveys/{sittings.survey.id}").text
    assert 'value="open"' not in page


def test_a_stored_sample_leads_on_to_the_survey(planner, made):
    page = planner.get(f"/surveys/{made.survey.id}/sample").text
    assert f'href="/surveys/{made.survey.id}">Sang trang đợt khảo sát' in page
