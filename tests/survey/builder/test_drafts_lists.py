"""The lists show what is being written and what each version is for; a retired version is offered no more."""

from __future__ import annotations

from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped
from survey.db import db, today
from survey.models import FrameworkVersion, QuestionnaireVersion, Survey
from tests.survey.builder.draft_life import a_draft, deeds, small
from tests.survey.factory import make_round


def add(app, shelf, name: str) -> int:
    with app.app_context():
        version, _ = add_shipped(shelf, name)
        db.session.commit()
        return version.id


def retired_on(app, model, version_id: int):
    with app.app_context():
        return db.session.get(model, version_id).retired_on


def test_drafts_stand_above_the_versions_with_who_changed_them_last(app, client, sign_in):
    planner = sign_in("planner")
    add(app, QUESTIONNAIRES, "deputies-2024")
    draft_id = a_draft(app, small(), updated_by_id=planner)
    client.submit(f"/questionnaires/drafts/{draft_id}/comments", {"text": "Hay", "place": ""})
    page = client.get("/questionnaires").text
    above = page[: page.index("questionnaires-caption")]
    assert f"/questionnaires/drafts/{draft_id}/review" in above
    assert "Người planner" in above
    assert '<td class="govuk-table__cell app-number">1</td>' in above
    assert f"/questionnaires/drafts/{draft_id}" not in client.get("/frameworks").text


def test_who_keys_forms_sees_versions_but_no_drafts(app, client, sign_in):
    a_draft(app, small())
    sign_in("enumerator")
    assert "/drafts" not in client.get("/questionnaires").text
    assert client.get("/questionnaires/drafts").status_code == 403


def test_a_draft_that_became_a_version_is_among_the_records_alone(app, client, new_user, sign_in):
    draft_id = a_draft(app, small(), state="approved", sent_by_id=new_user("administrator"))
    sign_in("viewer")
    assert f"/drafts/{draft_id}/" not in client.get("/questionnaires").text
    assert f"/drafts/{draft_id}/" in client.get("/questionnaires/drafts").text


def test_a_draft_whose_title_is_no_title_is_listed_by_its_code(app, client, sign_in):
    for title in ([], {}, {"vi": ""}, None, 5):
        a_draft(app, small(title=title, code="khong-ten"))
    sign_in("viewer")
    assert client.get("/questionnaires").text.count("khong-ten</a>") == 5


def test_a_version_is_in_use_while_a_round_or_an_open_survey_uses_it(app, client, sign_in):
    with app.app_context():
        made = make_round(db.session)
        survey_id = made.survey.id
    sign_in("viewer")
    assert "đang dùng" in client.get("/frameworks").text
    assert "đang dùng" in client.get("/questionnaires").text
    with app.app_context():
        db.session.get(Survey, survey_id).state = "closed"
        db.session.commit()
    assert "đang dùng" not in client.get("/questionnaires").text


def test_a_retired_version_is_hidden_until_asked_for_and_offered_again(app, client, sign_in):
    version_id = add(app, FRAMEWORKS, "dak-lak-so-2022")
    sign_in("planner")
    assert client.submit(f"/frameworks/{version_id}/retire").status_code == 303
    assert retired_on(app, FrameworkVersion, version_id) == today()
    listed = client.get("/frameworks").text
    assert f'href="/frameworks/{version_id}"' not in listed
    assert 'href="/frameworks?retired"' in listed
    assert f'href="/frameworks/{version_id}"' in client.get("/frameworks?retired").text
    assert client.get(f"/frameworks/{version_id}").status_code == 200
    client.submit(f"/frameworks/{version_id}/retire")  # once more changes nothing
    client.submit(f"/frameworks/{version_id}/restore")
    assert retired_on(app, FrameworkVersion, version_id) is None
    assert f'href="/frameworks/{version_id}"' in client.get("/frameworks").text
    assert deeds(app)[-2:] == ["framework.retire", "framework.restore"]


def test_only_a_planner_retires(app, client, sign_in):
    version_id = add(app, QUESTIONNAIRES, "deputies-2024")
    sign_in("administrator")
    assert "/retire" not in client.get(f"/questionnaires/{version_id}").text
    assert client.submit(f"/questionnaires/{version_id}/retire").status_code == 403
    assert retired_on(app, QuestionnaireVersion, version_id) is None


def test_retired_versions_are_not_offered_for_new_rounds_surveys_and_drafts(app, client, sign_in):
    with app.app_context():
        made = make_round(db.session)
        framework, questionnaire = made.round.framework_version, made.survey.questionnaire_version
        framework.retired_on = questionnaire.retired_on = today()
        db.session.commit()
        ids = framework.id, questionnaire.id, made.round.id, made.survey.id
    framework_id, questionnaire_id, round_id, survey_id = ids
    sign_in("planner")
    offered = f'<option value="{framework_id}"'
    assert offered not in client.get("/rounds/new").text
    assert f'value="{questionnaire_id}"' not in client.get(f"/rounds/{round_id}/surveys/new").text
    assert offered not in client.get("/frameworks/drafts/new/copy").text
    assert offered not in client.get("/questionnaires/drafts/new/empty").text
    # Where they are used they stay.
    assert f'<option selected value="{framework_id}"' in client.get(f"/rounds/{round_id}/edit").text
    assert f'<option selected value="{questionnaire_id}"' in client.get(f"/surveys/{survey_id}/edit").text
