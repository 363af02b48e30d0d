"""A planner at work in a real browser: looks at the round, prepares a survey, hands out codes."""

from __future__ import annotations

import openpyxl
import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from survey.builder.shelves import QUESTIONNAIRES, add_shipped
from survey.db import db
from survey.models import Invitation, Survey
from tests.survey.factory import MadeRound, make_round


@pytest.fixture
def made(app) -> MadeRound:
    """A round of three agencies with one survey, and the shipped questionnaire for citizens to choose."""
    with app.app_context():
        add_shipped(QUESTIONNAIRES, "citizen-satisfaction-2024")
        found = make_round(db.session, questionnaire="officials-2024", codes_each=1, synthetic=True)
        for row in (found.round, found.survey, *found.units, *found.strata):
            db.session.refresh(row)
        db.session.expunge_all()
        return found


def pages_of(made: MadeRound) -> list[str]:
    a_round, survey = f"/rounds/{made.round.id}", f"/surveys/{made.survey.id}"
    return [
        *("/units", "/units/new", f"/units/{made.units[0].id}", "/units/import"),
        *("/rounds", a_round, f"{a_round}/edit", f"{a_round}/copy"),
        *(f"{a_round}/units", f"{a_round}/surveys/new"),
        *(survey, f"{survey}/edit", f"{survey}/sample", f"{survey}/sample/import"),
        *(
            f"{survey}/sample/plan?rule=share&scope=each&allocation=equal",
            f"{survey}/codes",
            f"{survey}/targets",
        ),
        *(f"{survey}/kiosks", f"{survey}/quotas", f"{survey}/way", f"{survey}/quality"),
        *("/frameworks", "/frameworks/new", f"/frameworks/{made.round.framework_id}"),
        *("/questionnaires", "/questionnaires/new", f"/questionnaires/{made.survey.questionnaire_id}"),
    ]


@pytest.mark.parametrize(("width", "language"), [(360, "vi"), (1280, "en")])
def test_a_planners_pages_are_accessible_and_fit_the_screen(
    site, page, accessible, sign_in, made, width, language
):
    page.set_viewport_size({"width": width, "height": 800})
    sign_in("planner", language=language)
    for path in pages_of(made):
        page.goto(site + path)
        accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_faults_of_a_sample_are_reached_by_keyboard(site, page, accessible, sign_in, made):
    sign_in("planner")
    page.goto(f"{site}/surveys/{made.survey.id}/sample")
    field = page.get_by_label(f"Được chọn, {made.units[1].name}")
    field.fill("9999")
    page.get_by_role("button", name="Lưu").press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    accessible()
    page.get_by_role("link", name=f"{made.units[1].name}: chọn 9999 trên 400").press("Enter")
    expect(page.locator(f"#selected-{made.units[1].code}")).to_be_focused()


def test_a_planner_prepares_a_survey_opens_it_and_hands_out_codes(app, site, page, sign_in, made, tmp_path):
    sign_in("planner")
    page.get_by_role("link", name=made.round.title["vi"], exact=True).click()
    page.get_by_role("link", name="Xem bộ tiêu chí").click()
    expect(page.locator("tr", has_text="không được hỏi").first).to_be_visible()
    page.go_back()

    page.get_by_role("link", name="Đợt khảo sát mới").click()
    page.get_by_label("Phiếu khảo sát").select_option(label=option(page, "sự phục vụ của cơ quan hành chính"))
    page.get_by_label("Mã", exact=True).fill("nguoi-dan")
    page.get_by_label("Địa chỉ ngắn").fill("y-kien-2026")
    page.get_by_label("Nơi giải đáp").fill("Sở Nội vụ, 0262 000 000")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Mẫu chưa có tầng nào")).to_be_visible()

    page.get_by_role("link", name="Mẫu", exact=True).click()
    for place, unit in enumerate(made.units, start=1):
        page.get_by_label(f"Tổng thể, {unit.name}").fill(str(1000 * place))
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Tính số người cần chọn").click()
    page.get_by_label("Cách xác định số người").select_option("older")
    page.get_by_role("button", name="Tính").click()
    page.get_by_role("button", name="Đưa các số này vào mẫu").click()
    # N / (1 + N e²) of 1000, 2000 and 3000 people, e = 5 %
    for unit, selected in zip(made.units, ("286", "334", "353"), strict=True):
        expect(page.get_by_label(f"Được chọn, {unit.name}")).to_have_value(selected)

    page.get_by_role("link", name="Đợt khảo sát nguoi-dan").click()
    page.get_by_role("button", name="Mở đợt khảo sát").click()
    page.get_by_role("link", name="Mã cá nhân").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tạo mã và tải danh sách (XLSX)").click()
    codes = listed_codes(download.value, tmp_path)
    assert len(set(codes)) == 286 + 334 + 353
    assert stored_codes(app, "nguoi-dan") == len(codes)

    page.context.clear_cookies()
    page.goto(f"{site}/c")
    page.get_by_label("Nhập mã của Ông/Bà").fill(codes[0].replace("-", " ").lower())
    page.locator("main button[type=submit]").click()
    expect(page).to_have_url(f"{site}/k/y-kien-2026")


def option(page, words: str) -> str:
    """The whole label of the option that holds these words."""
    return page.locator("#questionnaire_id option", has_text=words).first.inner_text()


def listed_codes(download, folder) -> list[str]:
    file = folder / "codes.xlsx"
    download.save_as(file)
    rows = list(openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True))
    return [row[3] for row in rows]


def stored_codes(app, survey: str) -> int:
    with app.app_context():
        query = sa.select(sa.func.count()).select_from(Invitation).join(Survey).where(Survey.code == survey)
        return db.session.scalar(query)
