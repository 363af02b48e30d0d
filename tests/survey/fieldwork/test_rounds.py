"""A planner sets up a round, chooses its units and opens it."""

from __future__ import annotations

import datetime

from survey.builder.shelves import FRAMEWORKS, add_shipped
from survey.db import db
from survey.models import Round, RoundUnit, Unit
from tests.survey.factory import make_unit
from tests.survey.fieldwork.desk import actions, add_responses, add_used_codes, filled_in, stored


def new_round(definitions: dict[str, int], **changed: str) -> dict[str, str]:
    return {
        "title_vi": "Kỳ đánh giá 2026",
        "title_en": "",
        "code": "so-2026",
        "year": "2026",
        "framework_id": str(definitions["framework"]),
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "self_score_due": "2026-11-25",
        **changed,
    }


def test_a_planner_sets_up_a_round_chooses_its_units_and_opens_it(app, planner, definitions):
    with app.app_context():
        for code, name in (("noi-vu", "Sở Nội vụ"), ("y-te", "Sở Y tế"), ("dan-toc", "Ban Dân tộc")):
            make_unit(db.session, code, name)
        make_unit(db.session, "tan-lap", "Phường Tân Lập").type = "phuong"
        make_unit(db.session, "cu", "Sở cũ").valid_to = datetime.date(2025, 12, 31)
        db.session.commit()
    path = planner.submit("/rounds/new", new_round(definitions)).location
    assert "chọn đơn vị" in planner.get(path).text

    proposed = filled_in(planner, f"{path}/units")
    units = {unit.code: unit.id for unit in stored(app, Unit)}
    assert {name for name in proposed if name.startswith("in-")} == {
        f"in-{units[code]}" for code in ("noi-vu", "y-te", "dan-toc")
    }
    chosen = {
        **proposed,
        f"group-{units['dan-toc']}": "khong-xep-hang",
        f"fact-late_dossier_rate-{units['y-te']}": "1,25",
    }
    assert planner.submit(f"{path}/units", chosen).location == path
    members = {member.unit_id: member for member in stored(app, RoundUnit)}
    assert members[units["dan-toc"]].ranking_group == "khong-xep-hang"
    assert members[units["y-te"]].facts == {"late_dossier_rate": 1.25}

    assert planner.submit(f"{path}/state", {"state": "open"}).location == path
    (a_round,) = stored(app, Round)
    assert (a_round.state, a_round.title) == ("open", {"vi": "Kỳ đánh giá 2026"})
    assert actions(app) == [
        "framework.add",
        "questionnaire.add",
        "round.create",
        "round.units",
        "round.state",
    ]


def test_faults_of_a_round_are_named_together(app, planner, definitions):
    faulty = new_round(
        definitions,
        title_vi="",
        code="Sở 2026",
        year="26",
        framework_id="",
        ends_on="2025-12-31",
        starts_on="x",
    )
    page = planner.submit("/rounds/new", faulty)
    assert page.status_code == 400
    for sentence in (
        "Hãy nhập tên gọi",
        "không phải là mã",
        "từ 2000 đến 2100",
        "Hãy chọn bộ tiêu chí",
        "ngày hợp lệ",
    ):
        assert sentence in page.text, sentence
    assert stored(app, Round) == []


def test_a_round_without_units_is_not_opened(app, planner, definitions):
    path = planner.submit("/rounds/new", new_round(definitions)).location
    page = planner.submit(f"{path}/state", {"state": "open"})
    assert page.status_code == 409
    assert "Hãy chọn đơn vị của kỳ đánh giá" in page.text
    assert stored(app, Round)[0].state == "planned"


def test_a_round_whose_framework_changed_needs_its_units_chosen_anew(app, planner, made):
    with app.app_context():
        other, _ = add_shipped(FRAMEWORKS, "hoa-binh-so-2024")
        a_round = db.session.get(Round, made.round.id)
        a_round.state, a_round.framework_version = "planned", other
        db.session.commit()
    path = f"/rounds/{made.round.id}"
    page = planner.submit(f"{path}/state", {"state": "open"})
    assert page.status_code == 409
    assert "Hãy chọn lại đơn vị" in page.text
    planner.submit(f"{path}/units", filled_in(planner, f"{path}/units"))
    assert planner.submit(f"{path}/state", {"state": "open"}).status_code == 302


def test_framework_and_code_stay_once_the_round_was_opened(app, planner, made, definitions):
    with app.app_context():
        other, _ = add_shipped(FRAMEWORKS, "hoa-binh-so-2024")
        db.session.commit()
        other_id = other.id
    path = f"/rounds/{made.round.id}/edit"
    typed = {**filled_in(planner, path), "framework_id": str(other_id), "code": "khac", "title_vi": "Tên mới"}
    page = planner.submit(path, typed)
    assert page.status_code == 400
    assert (
        page.text.count("giữ nguyên từ khi kỳ đánh giá được mở") == 4
    )  # two fields, each also in the summary
    assert planner.submit(path, {**filled_in(planner, path), "title_vi": "Tên mới"}).status_code == 302
    assert stored(app, Round)[0].title["vi"] == "Tên mới"


def test_a_round_closes_after_its_surveys_and_opens_again(app, planner, made):
    path = f"/rounds/{made.round.id}"
    page = planner.submit(f"{path}/state", {"state": "closed"})
    assert page.status_code == 409
    assert (
        f'<a href="#surveys">Trước hết hãy đóng các đợt khảo sát còn nhận phiếu: {made.survey.code}'
        in page.text
    )
    assert f"{path}/state" in page.text  # the round's own page says so
    planner.submit(f"/surveys/{made.survey.id}/state", {"state": "closed"})
    for state in ("closed", "closed", "open"):  # a second click changes nothing
        assert planner.submit(f"{path}/state", {"state": state}).status_code == 302
    assert planner.submit(f"{path}/state", {"state": "published"}).status_code == 409
    assert actions(app).count("round.state") == 2


def test_wrong_groups_and_figures_of_units_are_told_at_their_fields(app, planner, made):
    unit_id = made.units[0].id
    path = f"/rounds/{made.round.id}/units"
    typed = {
        **filled_in(planner, path),
        f"group-{unit_id}": "nhom-la",
        f"fact-late_dossier_rate-{unit_id}": "nhiều",
    }
    page = planner.submit(path, typed)
    assert page.status_code == 422
    assert f'href="#group-{unit_id}"' in page.text
    assert f'href="#fact-late_dossier_rate-{unit_id}"' in page.text
    assert 'value="nhiều"' in page.text
    assert stored(app, RoundUnit)[0].facts == {}


def test_a_unit_with_strata_stays_in_the_round(app, planner, made):
    path = f"/rounds/{made.round.id}/units"
    typed = filled_in(planner, path)
    del typed[f"in-{made.units[0].id}"]
    page = planner.submit(path, typed)
    assert page.status_code == 422
    assert "phải ở lại" in page.text
    assert len(stored(app, RoundUnit)) == 3


def test_the_second_of_two_who_choose_units_is_told(app, planner, made):
    first, second = (made.units[place].id for place in (0, 1))
    path = f"/rounds/{made.round.id}/units"
    mine = filled_in(planner, path)
    planner.submit(path, {**mine, f"fact-late_dossier_rate-{first}": "5,5"})
    refused = planner.submit(path, {**mine, f"fact-late_dossier_rate-{second}": "7"})
    assert refused.status_code == 422
    assert "Người khác đã sửa" in refused.text
    assert "hồ sơ trễ hạn (%) 5,5" in refused.text
    assert 'value="7"' in refused.text
    facts = {member.unit_id: member.facts for member in stored(app, RoundUnit)}
    assert facts[first] == {"late_dossier_rate": 5.5}
    assert facts[second] == {}


def test_the_overview_counts_the_chain(app, planner, made):
    with app.app_context():
        add_responses(made, 0, 3)
        add_used_codes(made, 0, 3)
        db.session.commit()
    page = planner.get(f"/rounds/{made.round.id}").text
    for sentence in (
        "41 tiêu chí qua thẩm định, 10 tiêu chí qua điều tra; 100,00 điểm",
        "3 đơn vị.",
        "tiêu chí còn thiếu câu trả lời",
        "300 người được chọn",
        "3 phiếu trả lời trên 300 người được chọn (1,0\N{NO-BREAK SPACE}%)",
        "Đã thẩm định 0 trên 123 mục",  # 41 leaves that apply to all departments × 3 units
        "Chưa công bố",
    ):
        assert sentence in page, sentence


def test_a_viewer_looks_at_a_round_but_changes_nothing(app, client, sign_in, made):
    sign_in("viewer")
    path = f"/rounds/{made.round.id}"
    page = client.get(path).text
    assert f"{path}/edit" not in page
    assert f"{path}/state" not in page
    assert "disabled" in client.get(f"{path}/units").text
    assert client.submit(f"{path}/state", {"state": "closed"}).status_code == 403
