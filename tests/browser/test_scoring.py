"""Scoring in a real browser: by keyboard, on a telephone, and with what somebody else saved meanwhile."""

from __future__ import annotations

import datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from questionnaires.frameworks import load
from survey.db import db, today
from survey.models import EvidenceScore, RoundUnit
from survey.scoring.criteria import evidence_leaves
from tests.survey.factory import make_round

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
CUT, INAPPLICABLE, FREE = "c1_1_1", "c1_1_2", "c1_2"


@pytest.fixture
def scored(app):
    """A round whose first unit has submitted: one cut it explained, one criterion that does not apply."""
    with app.app_context():
        made = make_round(db.session, synthetic=True)
        unit = made.units[0]
        made.round.self_score_due = today() + datetime.timedelta(days=3)
        made.round.members[0].self_scored_on = today()
        for leaf in evidence_leaves(load("dak-lak-so-2022"), unit.type):
            add_score(made.round.id, unit.id, leaf.code)
        db.session.commit()
        return made.round.id, unit.id


def add_score(round_id: int, unit_id: int, code: str) -> None:
    values = {
        CUT: {"appraised": 0.25, "appraisal_note": "Ban hành chậm", "explanation": "Chờ hướng dẫn"},
        INAPPLICABLE: {"applicable": False, "inapplicable_reason": "Không phát sinh"},
    }.get(code, {})
    texts = {"evidence": "https://daklak.gov.vn/ke-hoach", "appraisal_note": "", "explanation": ""}
    db.session.add(
        EvidenceScore(
            round_id=round_id, unit_id=unit_id, criterion=code, self_score=0.5, **{**texts, **values}
        )
    )


def give_back(app, round_id: int) -> None:
    with app.app_context():
        db.session.execute(
            sa.update(RoundUnit).where(RoundUnit.round_id == round_id).values(self_scored_on=None)
        )
        db.session.commit()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("role", ["appraiser", "analyst"])
def test_every_page_keeps_the_rules_and_its_width(site, page, accessible, sign_in, scored, role, size):
    round_id, unit_id = scored
    page.set_viewport_size(size)
    sign_in(role)
    scores = f"{site}/rounds/{round_id}/scores"
    own = [f"{scores}/import"] if role == "appraiser" else []
    for address in (scores, f"{scores}/{unit_id}", f"{scores}/{unit_id}/history/{CUT}", *own):
        page.goto(address)
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_an_officer_scores_on_a_telephone(app, site, page, accessible, sign_in, scored):
    round_id, unit_id = scored
    give_back(app, round_id)
    page.set_viewport_size(PHONE)
    sign_in("unit_officer", unit_id=unit_id)
    page.locator(f"a[href='/rounds/{round_id}/scores']").click()
    points = page.get_by_label(f"Điểm tự chấm: {FREE}")
    points.fill("9")
    page.get_by_label(f"Tài liệu kiểm chứng: {FREE}").fill("Báo cáo số 12")
    points.press("Enter")
    fault = page.get_by_role("link", name=f"{FREE}: Điểm của tiêu chí này từ 0 đến 1,5.")
    expect(fault).to_be_visible()
    accessible()
    fault.press("Enter")
    expect(page.locator(f"[id='self_score-{FREE}']")).to_be_focused()
    expect(page.get_by_label(f"Tài liệu kiểm chứng: {FREE}")).to_have_value("Báo cáo số 12")
    page.keyboard.press("Control+A")
    page.keyboard.type("1,25")
    page.keyboard.press("Enter")
    page.get_by_text("Đã lưu 1 tiêu chí.").wait_for()
    page.get_by_role("link", name="Tiếp tục đến bước nộp").click()
    expect(page.get_by_role("button", name="Nộp")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Nộp").click()
    page.get_by_text("Đã nộp kết quả tự chấm.").wait_for()


def test_an_appraiser_sees_what_a_colleague_saved_meanwhile(site, page, accessible, sign_in, scored):
    round_id, unit_id = scored
    sign_in("appraiser")
    address = f"{site}/rounds/{round_id}/scores/{unit_id}"
    colleague = page.context.new_page()
    for each in (page, colleague):
        each.goto(address)
    colleague.get_by_label(f"Điểm thẩm định: {FREE}").fill("0,5")
    colleague.get_by_role("button", name="Lưu").first.click()
    colleague.get_by_text("Đã lưu 1 tiêu chí.").wait_for()
    page.get_by_label(f"Điểm thẩm định: {FREE}").fill("0,75")
    page.get_by_role("button", name="Lưu").first.click()
    page.get_by_text("Người khác vừa lưu").wait_for()
    accessible()
    assert page.get_by_label(f"Điểm thẩm định: {FREE}").input_value() == "0,75"
    page.get_by_role("button", name="Lưu").first.click()
    page.get_by_text("Đã lưu 1 tiêu chí.").wait_for()


def test_a_criterion_is_taken_out_by_keyboard(site, page, accessible, sign_in, scored):
    round_id, unit_id = scored
    sign_in("appraiser")
    page.goto(f"{site}/rounds/{round_id}/scores/{unit_id}")
    page.locator("summary", has_text=FREE).press("Enter")
    page.get_by_label(f"Không áp dụng: {FREE}", exact=True).press("Space")
    page.get_by_label(f"Lý do không áp dụng: {FREE}").fill("Không phát sinh")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Lưu").first.press("Enter")
    page.get_by_text("Đã lưu 1 tiêu chí.").wait_for()
    assert page.get_by_label(f"Không áp dụng: {FREE}", exact=True).is_checked()
