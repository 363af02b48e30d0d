"""A planner copies last year's round, and is told about everything that cannot simply go on."""

from __future__ import annotations

import copy
import datetime

import pytest

import questionnaires.frameworks
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped
from survey.db import db, today
from survey.models import (
    AuditEntry,
    FrameworkVersion,
    QuestionnaireVersion,
    Round,
    RoundUnit,
    Sample,
    Stratum,
    Survey,
    Unit,
)
from tests.survey.factory import SMALL_QUESTIONNAIRE
from tests.survey.fieldwork.conftest import kept
from tests.survey.fieldwork.copied import copy_by_page, fill_round
from tests.survey.fieldwork.desk import actions, filled_in, last_details, stored


@pytest.fixture
def full(app):
    with app.app_context():
        return kept(fill_round())


def page_of(made) -> str:
    return f"/rounds/{made.round.id}/copy"


def end_unit(app, unit_id: int, day: datetime.date) -> None:
    with app.app_context():
        db.session.get(Unit, unit_id).valid_to = day
        db.session.commit()


def add_framework(app, groups: list[str]) -> int:
    """A later version of the round's framework, with these ranking groups."""
    content = copy.deepcopy(questionnaires.frameworks.source("dak-lak-so-2022"))
    content["version"] = "2"
    content["ranking_groups"] = [{"code": code, "title": {"vi": f"Nhóm {code}"}} for code in groups]
    with app.app_context():
        version = FrameworkVersion.of(content)
        db.session.add(version)
        db.session.commit()
        return version.id


def add_questionnaire(app, **changed) -> int:
    """A later version of the surveys' questionnaire."""
    with app.app_context():
        version = QuestionnaireVersion.of({**SMALL_QUESTIONNAIRE, "version": "2", **changed})
        db.session.add(version)
        db.session.commit()
        return version.id


def test_the_rounds_page_leads_there_and_the_copy_is_one_entry_in_the_audit_trail(app, planner, full):
    assert page_of(full) in planner.get(f"/rounds/{full.round.id}").text
    made = copy_by_page(app, planner, full)
    assert actions(app) == ["round.copy"]
    details = last_details(app)
    assert stored(app, AuditEntry)[-1].subject == "round so-nganh-2026"
    assert details["of"] == "so-nganh-2025"
    assert set(details["surveys"]) == {"citizens", "leaders"}
    page = planner.get(f"/rounds/{made.id}").text
    assert "Đã lưu bản sao" in page
    assert "là của năm 2025: hãy nhập số mới" in page


def test_a_second_click_makes_no_second_copy(app, planner, full):
    typed = filled_in(planner, page_of(full))
    assert planner.submit(page_of(full), typed).status_code == 302
    again = planner.submit(page_of(full), typed)
    assert again.status_code == 400
    assert '<a href="#code">Kỳ đánh giá khác đã có mã này' in again.text
    assert len(stored(app, Round)) == 2
    assert len(stored(app, Survey)) == 4


def test_a_fault_stores_nothing_and_all_faults_are_named_together(app, planner, full):
    slug = f"survey-{full.survey.id}-slug"
    typed = {
        **filled_in(planner, page_of(full)),
        "title_vi": "",
        "ends_on": "2025-01-01",
        slug: full.survey.slug,
        f"survey-{full.survey.id}-closes_on": "2026-07-01",
    }
    page = planner.submit(page_of(full), typed)
    assert page.status_code == 400
    for place in ("title_vi", "ends_on", slug, f"survey-{full.survey.id}-closes_on"):
        assert f'<a href="#{place}">' in page.text, place
    assert (len(stored(app, Round)), len(stored(app, Survey)), actions(app)) == (1, 2, [])


def test_two_surveys_do_not_get_one_address(app, planner, full):
    _, leaders = stored(app, Survey)
    page = planner.submit(
        page_of(full), {**filled_in(planner, page_of(full)), f"survey-{leaders.id}-slug": "nguoi-dan-2026"}
    )
    assert page.status_code == 400
    assert f'<a href="#survey-{leaders.id}-slug">Một đợt khảo sát ở trên' in page.text
    assert len(stored(app, Round)) == 1


def test_a_survey_is_left_out_where_the_planner_unticks_it(app, planner, full):
    _, leaders = stored(app, Survey)
    typed = {**filled_in(planner, page_of(full)), f"survey-{leaders.id}-slug": "không phải mã"}
    del typed[f"survey-{leaders.id}-take"]
    assert planner.submit(page_of(full), typed).status_code == 302
    assert [each.code for each in stored(app, Survey, Survey.round_id != full.round.id)] == ["citizens"]


def test_strata_and_known_population_are_left_out_where_the_planner_unticks_them(app, planner, full):
    typed = filled_in(planner, page_of(full))
    for name in ("with_strata", "with_targets"):
        del typed[f"survey-{full.survey.id}-{name}"]
    planner.submit(page_of(full), typed)
    citizens, leaders = stored(app, Survey, Survey.round_id != full.round.id)
    samples = {each.survey_id: each for each in stored(app, Sample)}
    strata = {each.sample_id for each in stored(app, Stratum)}
    assert (citizens.targets, samples[citizens.id].method) == (None, "simple")
    assert samples[citizens.id].id not in strata
    assert leaders.targets is not None
    assert samples[leaders.id].id in strata
    assert last_details(app)["without_strata"] == ["citizens"]
    assert last_details(app)["without_targets"] == ["citizens"]


def test_units_that_have_ended_are_named_and_left_out_with_their_strata(app, planner, full):
    gone = full.units[0]
    end_unit(app, gone.id, datetime.date(2025, 12, 31))
    assert f"{gone.name}, đến 31/12/2025" in planner.get(page_of(full)).text
    made = copy_by_page(app, planner, full)
    assert gone.id not in {each.unit_id for each in stored(app, RoundUnit, RoundUnit.round_id == made.id)}
    assert [each.unit_id for each in stored(app, Stratum)].count(gone.id) == 1
    assert last_details(app)["left_out"] == [gone.code]


def test_a_unit_that_ends_on_the_first_day_or_later_is_taken_over(app, planner, full):
    end_unit(app, full.units[0].id, datetime.date(2026, 1, 1))
    made = copy_by_page(app, planner, full)
    assert len(stored(app, RoundUnit, RoundUnit.round_id == made.id)) == 3


def test_days_that_leave_other_units_out_are_shown_before_anything_is_stored(app, planner, full):
    gone = full.units[0]
    end_unit(app, gone.id, datetime.date(2026, 6, 30))
    typed = {**filled_in(planner, page_of(full)), "starts_on": "2026-07-01"}
    told = planner.submit(page_of(full), typed)
    assert told.status_code == 400
    assert "không còn đúng như trang này đã hiển thị" in told.text
    assert f"{gone.name}, đến 30/06/2026" in told.text
    assert len(stored(app, Round)) == 1
    seen = told.text.split('name="seen" value="')[1].split('"')[0]
    assert planner.submit(page_of(full), {**typed, "seen": seen}).status_code == 302


def test_groups_that_the_new_framework_lacks_are_mapped_or_left_to_be_chosen(app, planner, full):
    newer = add_framework(app, ["nhom-1", "nhom-2"])
    proposed = filled_in(planner, page_of(full))
    assert proposed["framework_id"] == str(newer)
    refused = planner.submit(page_of(full), proposed)
    assert refused.status_code == 400
    assert (
        '<a href="#group-so-nganh">16 cơ quan chuyên môn được xếp hạng: hãy chọn nhóm xếp hạng mới'
        in refused.text
    )
    assert '<a href="#group-khong-xep-hang">' in refused.text
    assert "(2 đơn vị)" in refused.text
    typed = {**proposed, "group-so-nganh": "=nhom-2", "group-khong-xep-hang": "later"}
    assert planner.submit(page_of(full), typed).status_code == 302
    groups = [each.ranking_group for each in stored(app, RoundUnit, RoundUnit.round_id != full.round.id)]
    assert groups == ["nhom-2", "nhom-2", "khong-xep-hang"]
    made = stored(app, Round)[-1]
    opened = planner.submit(f"/rounds/{made.id}/state", {"state": "open"})
    assert "Hãy chọn lại đơn vị" in opened.text  # what was left to be chosen is not forgotten


def test_a_framework_without_groups_ranks_all_together(app, planner, full):
    add_framework(app, [])
    chosen = {"group-so-nganh": "=", "group-khong-xep-hang": "="}
    made = copy_by_page(app, planner, full, **chosen)
    groups = {each.ranking_group for each in stored(app, RoundUnit, RoundUnit.round_id == made.id)}
    assert groups == {""}


def test_the_newest_version_of_a_questionnaire_is_proposed_and_others_may_be_chosen(app, planner, full):
    newer = add_questionnaire(app)
    with app.app_context():
        add_shipped(QUESTIONNAIRES, "citizen-satisfaction-2024")
        add_shipped(FRAMEWORKS, "hoa-binh-so-2024")
        db.session.commit()
    proposed = filled_in(planner, page_of(full))
    assert proposed[f"survey-{full.survey.id}-questionnaire_id"] == str(newer)
    assert proposed["framework_id"] == str(full.round.framework_id)
    same = {f"survey-{full.survey.id}-questionnaire_id": str(full.survey.questionnaire_id)}
    made = copy_by_page(app, planner, full, **same)
    chosen = {each.code: each.questionnaire_id for each in stored(app, Survey, Survey.round_id == made.id)}
    assert chosen == {"citizens": full.survey.questionnaire_id, "leaders": newer}


def test_retired_versions_are_not_offered(app, planner, full):
    framework, questionnaire = add_framework(app, ["nhom-1"]), add_questionnaire(app)
    with app.app_context():
        db.session.get(FrameworkVersion, framework).retired_on = today()
        db.session.get(QuestionnaireVersion, full.survey.questionnaire_id).retired_on = today()
        db.session.commit()
    proposed = filled_in(planner, page_of(full))
    assert proposed["framework_id"] == str(full.round.framework_id)
    assert proposed[f"survey-{full.survey.id}-questionnaire_id"] == str(questionnaire)
    refused = planner.submit(page_of(full), {**proposed, "framework_id": str(framework)})
    assert refused.status_code == 400
    assert '<a href="#framework_id">' in refused.text


def test_a_known_population_that_the_new_questionnaire_cannot_hold_is_named(app, planner, full):
    with app.app_context():
        other, _ = add_shipped(QUESTIONNAIRES, "citizen-satisfaction-2024")
        db.session.commit()
        other_id = str(other.id)
    prefix = f"survey-{full.survey.id}"
    typed = {**filled_in(planner, page_of(full)), f"{prefix}-questionnaire_id": other_id}
    refused = planner.submit(page_of(full), typed)
    assert refused.status_code == 400
    assert f'<a href="#{prefix}-with_targets">Phiếu đã chọn không có' in refused.text
    assert ": received. Hãy chọn" in refused.text
    del typed[f"{prefix}-with_targets"]
    assert planner.submit(page_of(full), typed).status_code == 302


def test_a_survey_added_meanwhile_is_not_lost_unseen(app, planner, full):
    typed = filled_in(planner, page_of(full))
    with app.app_context():
        old = db.session.get(Survey, full.survey.id)
        added = {"code": "them", "slug": "them", "opens_on": old.opens_on, "closes_on": old.closes_on}
        db.session.add(Survey(round_id=old.round_id, questionnaire_id=old.questionnaire_id, **added))
        db.session.commit()
    told = planner.submit(page_of(full), typed)
    assert told.status_code == 400
    assert "không còn đúng như trang này đã hiển thị" in told.text


@pytest.mark.parametrize("role", ["analyst", "supervisor", "viewer"])
def test_nobody_but_a_planner_copies(client, sign_in, full, role):
    sign_in(role)
    assert page_of(full) not in client.get(f"/rounds/{full.round.id}").text
    assert client.get(page_of(full)).status_code == 403


def test_the_page_speaks_english_too(planner, full):
    planner.set_cookie("language", "en")
    page = planner.get(page_of(full)).text
    assert "Copy to next year" in page
    assert "3 units with their ranking groups are taken over." in page
