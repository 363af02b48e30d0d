"""A planner sets up surveys and opens, pauses and closes them."""

from __future__ import annotations

import re

from survey.db import db, today
from survey.models import Stratum, Survey
from tests.survey.factory import make_unit
from tests.survey.fieldwork.desk import DAY, actions, filled_in, last_details, stored


def new_survey(definitions: dict[str, int], **changed: str) -> dict[str, str]:
    return {
        "questionnaire_id": str(definitions["questionnaire"]),
        "code": "citizen",
        "slug": "nguoi-dan-2026",
        "opens_on": str(today() - DAY),
        "closes_on": str(today() + 30 * DAY),
        "open_link": "y",
        "contact": "Sở Nội vụ, 0262 000 000",
        **changed,
    }


def test_a_survey_opens_once_nothing_is_missing(app, planner, made, definitions):
    typed = new_survey(definitions, contact="")
    path = planner.submit(f"/rounds/{made.round.id}/surveys/new", typed).location
    page = planner.get(path).text
    assert "Chưa nêu nơi để người dân hỏi" in page
    assert path.replace("/surveys/", "/entry/import/") in page
    assert 'href="/rounds" aria-current="true"' in page
    assert "Mẫu chưa có tầng nào" in page
    assert 'value="open"' not in page
    assert planner.submit(f"{path}/state", {"state": "open"}).status_code == 409

    planner.submit(f"{path}/edit", {**filled_in(planner, f"{path}/edit"), "contact": "Sở Nội vụ"})
    strata = filled_in(planner, f"{path}/sample")
    for unit in made.units:
        strata |= {f"population-{unit.code}": "1200", f"selected-{unit.code}": "90"}
    assert planner.submit(f"{path}/sample", strata).status_code == 302
    assert planner.get("/k/nguoi-dan-2026").status_code == 403  # a draft
    assert planner.submit(f"{path}/state", {"state": "open"}).location == path
    assert planner.get("/k/nguoi-dan-2026").status_code == 200


def test_a_new_survey_is_offered_a_last_day_of_keeping(planner, made):
    page = planner.get(f"/rounds/{made.round.id}/surveys/new").text
    year = max(made.round.year, made.round.ends_on.year) + 1
    assert re.search(rf'name="keep_until"[^>]*value="{year}-12-31"', page)
    edit = planner.get(f"/surveys/{made.survey.id}/edit").text
    assert f'value="{year}-12-31"' not in edit


def test_an_opened_survey_keeps_its_questionnaire_and_address_but_not_its_days(
    app, planner, made, definitions
):
    path = f"/surveys/{made.survey.id}/edit"
    typed = {
        **filled_in(planner, path),
        "questionnaire_id": str(definitions["questionnaire"]),
        "slug": "khac",
        "code": "khac",
    }
    page = planner.submit(path, typed)
    assert page.status_code == 400
    assert "đã mở hoặc đã in với phiếu khảo sát này nên không đổi được" in page.text
    assert page.text.count("giữ nguyên từ khi đợt khảo sát được mở hoặc in phiếu") == 4
    later = str(today() + 99 * DAY)
    assert planner.submit(path, {**filled_in(planner, path), "closes_on": later}).status_code == 302
    (survey,) = stored(app, Survey)
    assert (str(survey.closes_on), survey.slug) == (later, made.survey.slug)
    assert last_details(app) == {"closes_on": [str(made.survey.closes_on), later]}


def test_faults_of_a_survey_are_named_together(app, planner, made, definitions):
    faulty = new_survey(
        definitions,
        questionnaire_id="",
        code=made.survey.code,
        slug=made.survey.slug,
        closes_on=str(today() - 2 * DAY),
    )
    page = planner.submit(f"/rounds/{made.round.id}/surveys/new", faulty)
    assert page.status_code == 400
    for sentence in (
        "Hãy chọn phiếu khảo sát",
        "Đợt khảo sát khác của kỳ này đã có mã này",
        "Đợt khảo sát khác đã có địa chỉ này",
        "Ngày cuối trước ngày đầu",
    ):
        assert sentence in page.text, sentence
    assert len(stored(app, Survey)) == 1


def test_a_survey_is_paused_closed_and_opened_again_and_never_a_draft(app, planner, made):
    path = f"/surveys/{made.survey.id}"
    for state in ("paused", "open", "closed", "open"):
        assert planner.submit(f"{path}/state", {"state": state}).status_code == 302
        assert stored(app, Survey)[0].state == state
    assert planner.submit(f"{path}/state", {"state": "draft"}).status_code == 409
    assert actions(app) == ["survey.state"] * 4


def test_a_survey_by_code_alone_says_when_no_code_is_made(app, planner, made):
    path = f"/surveys/{made.survey.id}"
    typed = filled_in(planner, f"{path}/edit")
    del typed["open_link"]
    planner.submit(f"{path}/edit", typed)
    assert "Chưa ai trả lời trực tuyến được" in planner.get(path).text
    planner.submit(f"{path}/codes", filled_in(planner, f"{path}/codes"))
    assert "Chưa ai trả lời trực tuyến được" not in planner.get(path).text


def test_a_unit_outside_the_round_keeps_a_survey_shut(app, planner, made):
    with app.app_context():
        survey = db.session.get(Survey, made.survey.id)
        stranger = make_unit(db.session, "la", "Sở lạ")
        survey.sample.strata.append(Stratum(unit=stranger, code="la", population=10, selected=1))
        survey.state = "paused"
        db.session.commit()
    page = planner.get(f"/surveys/{made.survey.id}").text
    assert "Sở lạ có trong mẫu nhưng không thuộc kỳ đánh giá" in page
