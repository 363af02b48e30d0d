"""Evidence scores: the unit scores itself, the appraiser cuts, the unit explains, the appraiser decides."""

from __future__ import annotations

import datetime
import html
import io
import re

import openpyxl
import pytest
import sqlalchemy as sa

from questionnaires.frameworks import load
from survey.db import db, today
from survey.models import AuditEntry, EvidenceScore, Round, RoundUnit, Unit
from survey.scoring.criteria import evidence_leaves, fields, progress
from tests.survey.factory import make_round
from tests.survey.queries import counted

FRAMEWORK = load("dak-lak-so-2022")
PLAN, PLAN_DONE = "c1_1_1", "c1_1_2"
"""At most 1 and 2 points in the framework."""

INPUT = re.compile(r'<input class="govuk-(?:input|checkboxes)[^>]*>|<input type="hidden"[^>]*>')
TEXTAREA = re.compile(r"<textarea[^>]* name=\"([^\"]*)\"[^>]*>\n(.*?)</textarea>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@pytest.fixture
def place(app):
    """The addresses of a round's scores: of all units, of the first, of the second."""
    with app.app_context():
        made = make_round(db.session)
        made.round.self_score_due = today() + datetime.timedelta(days=5)
        db.session.commit()
        return Place(made.round.id, [unit.id for unit in made.units])


class Place:
    def __init__(self, round_id: int, unit_ids: list[int]) -> None:
        self.round_id, self.unit_ids = round_id, unit_ids
        self.units = f"/rounds/{round_id}/scores"
        self.unit, self.other, *_ = [f"{self.units}/{unit_id}" for unit_id in unit_ids]

    def change(self, **values: object) -> None:
        """Move the round on, by its own columns."""
        db.session.execute(sa.update(Round).where(Round.id == self.round_id).values(**values))
        db.session.commit()

    def submitted(self, place: int = 0) -> None:
        is_unit = RoundUnit.unit_id == self.unit_ids[place]
        db.session.execute(sa.update(RoundUnit).where(is_unit).values(self_scored_on=today()))
        db.session.commit()

    def score(self, criterion: str, place: int = 0, **values: object) -> None:
        texts = {"evidence": "", "appraisal_note": "", "explanation": "", "inapplicable_reason": ""}
        unit_id = self.unit_ids[place]
        row = {"round_id": self.round_id, "unit_id": unit_id, "criterion": criterion, **texts, **values}
        db.session.add(EvidenceScore(**row))
        db.session.commit()

    def stored(self, criterion: str) -> EvidenceScore | None:
        query = sa.select(EvidenceScore).where(EvidenceScore.unit_id == self.unit_ids[0])
        return db.session.scalar(query.where(EvidenceScore.criterion == criterion))


def inputs(text: str) -> dict[str, str]:
    """What a browser would send of the page as it stands."""
    found = {}
    for element in INPUT.findall(text):
        attributes = dict(ATTRIBUTE.findall(element))
        if attributes.get("type") != "checkbox" or " checked" in element:
            found[attributes["name"]] = html.unescape(attributes.get("value", ""))
    areas = {name: html.unescape(content) for name, content in TEXTAREA.findall(text)}
    return {**found, **areas}


def save(client, address: str, page: str | None = None, **typed: str):
    """Open the page (or take one opened before), type, and press "Save"."""
    sent = {**inputs(page or client.get(address).text), **typed}
    return client.submit(address, {name: value for name, value in sent.items() if name != "csrf_token"})


def test_from_self_score_to_decision(app, client, sign_in, place):
    """The whole way, as the officer and the appraiser go it."""
    with app.app_context():
        scored = {leaf.code for leaf in evidence_leaves(FRAMEWORK, "so")} - {PLAN}
        for code in scored:
            place.score(code, self_score=0.5)

    sign_in("unit_officer", name="officer", unit_id=place.unit_ids[0])
    reply = save(client, place.unit, **{f"self_score-{PLAN}": "0,75", f"evidence-{PLAN}": "KH số 5/KH-SNV"})
    assert reply.status_code == 302
    assert 'value="0,75"' in client.get(place.unit).text
    assert client.submit(f"{place.unit}/submit").status_code == 302
    assert f'name="self_score-{PLAN}"' not in client.get(place.unit).text

    sign_in("appraiser")
    refused = save(client, place.unit, **{f"appraised-{PLAN}": "0,5"})
    assert refused.status_code == 400
    assert "Điểm thấp hơn điểm tự chấm 0,75" in refused.text
    assert f'href="#appraisal_note-{PLAN}"' in refused.text
    cut = {f"appraised-{PLAN}": "0,5", f"appraisal_note-{PLAN}": "Ban hành chậm"}
    assert save(client, place.unit, **cut).status_code == 302

    become(client, app, "officer")
    save(client, place.unit, **{f"explanation-{PLAN}": "Chờ hướng dẫn của tỉnh"})
    become(client, app, "appraiser")
    assert "Giải trình chờ xem xét" in client.get(place.unit).text
    assert save(client, place.unit, **{f"uphold-{PLAN}": "yes"}).status_code == 302
    assert f'name="uphold-{PLAN}"' not in client.get(place.unit).text

    story = client.get(f"{place.unit}/history/{PLAN}").text
    order = [
        story.index(word) for word in ("Đã xem xét giải trình", "Chờ hướng dẫn", "Ban hành chậm", "KH số 5")
    ]
    assert order == sorted(order)
    with app.app_context():
        entries = audit_of(PLAN)
        actions = ["score.self", "score.appraise", "score.explain", "score.uphold"]
        assert [entry.action for entry in entries] == actions
        assert entries[1].details["before"] == {"appraised": None, "appraisal_note": ""}
        assert entries[1].details["after"] == {"appraised": 0.5, "appraisal_note": "Ban hành chậm"}


def become(client, app, name: str) -> None:
    with app.app_context():
        user_id = db.session.scalar(sa.text("SELECT id FROM users WHERE name = :name"), {"name": name})
    with client.session_transaction() as session:
        session["_user_id"] = f"{user_id}."


def audit_of(criterion: str) -> list[AuditEntry]:
    query = sa.select(AuditEntry).where(AuditEntry.subject.like(f"score %/{criterion}"))
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


@pytest.mark.parametrize("method", ["get", "submit"])
def test_an_officer_opens_no_other_unit(client, sign_in, place, method):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    assert getattr(client, method)(place.other).status_code == 403
    assert getattr(client, method)(f"{place.other}/submit").status_code == 403
    assert client.get(f"{place.other}/history/{PLAN}").status_code == 403


def test_an_officer_is_led_to_the_own_unit(client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    assert client.get(place.units).location == place.unit


@pytest.mark.parametrize("role", ["planner", "analyst"])
def test_readers_see_everything_and_change_nothing(client, sign_in, place, role):
    sign_in(role)
    assert 'name="seen-' not in client.get(place.unit).text
    assert client.submit(place.unit, {f"self_score-{PLAN}": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("1,01", "từ 0 đến 1"),
        ("-0,5", "từ 0 đến 1"),
        ("một", "“một” không phải là số"),
    ],
)
def test_points_out_of_range_are_refused_at_their_input_and_kept(app, client, sign_in, place, typed, reason):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    reply = save(client, place.unit, **{f"self_score-{PLAN}": typed, f"self_score-{PLAN_DONE}": "2"})
    assert reply.status_code == 400
    assert reason in reply.text
    assert f'aria-describedby="self_score-{PLAN}-error"' in reply.text
    assert inputs(reply.text)[f"self_score-{PLAN}"] == typed
    assert inputs(reply.text)[f"self_score-{PLAN_DONE}"] == "2"
    with app.app_context():
        assert place.stored(PLAN_DONE) is None


def test_all_faults_of_a_page_are_said_at_once(client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    typed = {f"self_score-{PLAN}": "7", f"self_score-{PLAN_DONE}": "x", f"evidence-{PLAN}": "a" * 5_001}
    reply = save(client, place.unit, **typed)
    summary = reply.text.partition("</h2>")[2].partition("</div>")[0]
    assert re.findall('href="#([^"]*)"', summary) == [
        f"evidence-{PLAN}", f"self_score-{PLAN}", f"self_score-{PLAN_DONE}",
    ]  # fmt: skip


def test_the_second_to_save_is_told_and_loses_nothing(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    save(client, place.unit, **{f"self_score-{PLAN}": "0,25", f"evidence-{PLAN}": "Của người thứ nhất"})
    second = {f"self_score-{PLAN}": "1", f"self_score-{PLAN_DONE}": "1,5"}
    told = save(client, place.unit, opened_before, **second)
    assert told.status_code == 409
    assert "Của người thứ nhất" in told.text
    assert "Người unit_officer" in told.text
    assert inputs(told.text)[f"self_score-{PLAN}"] == "1"
    with app.app_context():
        assert place.stored(PLAN).self_score == 0.25
        assert place.stored(PLAN_DONE) is None
    assert save(client, place.unit, told.text).status_code == 302
    with app.app_context():
        assert (place.stored(PLAN).self_score, place.stored(PLAN).revision) == (1, 2)
        assert place.stored(PLAN_DONE).self_score == 1.5


def test_saving_over_a_colleague_takes_only_what_was_typed(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    save(client, place.unit, **{f"self_score-{PLAN}": "0,25", f"evidence-{PLAN}": "Của người thứ nhất"})
    told = save(client, place.unit, opened_before, **{f"self_score-{PLAN}": "1"})
    assert inputs(told.text)[f"evidence-{PLAN}"] == "Của người thứ nhất"
    save(client, place.unit, told.text)
    with app.app_context():
        assert (place.stored(PLAN).self_score, place.stored(PLAN).evidence) == (1, "Của người thứ nhất")


def test_two_people_who_touch_different_criteria_do_not_hinder_each_other(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    save(client, place.unit, **{f"self_score-{PLAN}": "0,25"})
    assert save(client, place.unit, opened_before, **{f"self_score-{PLAN_DONE}": "1"}).status_code == 302
    with app.app_context():
        assert (place.stored(PLAN).self_score, place.stored(PLAN_DONE).self_score) == (0.25, 1)


def test_saving_an_untouched_page_writes_nothing(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=0.5, evidence="Hai dòng\nvăn bản ")
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    save(client, place.unit)
    with app.app_context():
        assert place.stored(PLAN).revision == 0
        assert audit_of(PLAN) == []


def test_what_was_typed_before_a_colleague_submitted_is_shown_not_dropped(app, client, sign_in, place):
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    opened_before = client.get(place.unit).text
    with app.app_context():
        place.submitted()
    reply = save(client, place.unit, opened_before, **{f"evidence-{PLAN}": "Viết dở dang"})
    assert reply.status_code == 400
    assert "Viết dở dang" in reply.text
    with app.app_context():
        assert place.stored(PLAN) is None


def test_an_incomplete_self_score_is_not_submitted(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=1)
        place.score(PLAN_DONE, applicable=False, inapplicable_reason="Không phát sinh")
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    reply = client.submit(f"{place.unit}/submit")
    assert reply.status_code == 400
    assert f"#self_score-{PLAN}" not in reply.text
    assert f"#self_score-{PLAN_DONE}" not in reply.text
    assert reply.text.count("#self_score-") == len(evidence_leaves(FRAMEWORK, "so")) - 2


def test_after_the_day_it_is_due_nothing_is_self_scored(app, client, sign_in, place):
    with app.app_context():
        place.change(self_score_due=today() - datetime.timedelta(days=1))
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    assert inputs(client.get(place.unit).text).keys().isdisjoint({f"self_score-{PLAN}"})
    assert client.submit(f"{place.unit}/submit").status_code == 409


@pytest.mark.parametrize("state", ["planned", "published"])
def test_a_round_that_is_not_running_takes_no_scores(app, client, sign_in, place, state):
    with app.app_context():
        place.submitted()
        place.change(state=state)
    sign_in("appraiser")
    assert 'name="seen-' not in client.get(place.unit).text


def test_points_are_appraised_only_after_the_unit_has_submitted(app, client, sign_in, place):
    sign_in("appraiser")
    assert f"appraised-{PLAN}" not in inputs(client.get(place.unit).text)
    assert f"inapplicable_reason-{PLAN}" in inputs(client.get(place.unit).text)
    with app.app_context():
        place.submitted()
    assert f"appraised-{PLAN}" in inputs(client.get(place.unit).text)


def test_a_criterion_does_not_apply_for_a_reason(app, client, sign_in, place):
    sign_in("appraiser")
    assert save(client, place.unit, **{f"applicable-{PLAN}": "no"}).status_code == 400
    reason = {f"applicable-{PLAN}": "no", f"inapplicable_reason-{PLAN}": "Không phát sinh"}
    assert save(client, place.unit, **reason).status_code == 302
    with app.app_context():
        assert not place.stored(PLAN).applicable
    assert save(client, place.unit, **{f"inapplicable_reason-{PLAN}": ""}).status_code == 400


def test_a_criterion_that_does_not_apply_gets_no_points(app, client, sign_in, place):
    with app.app_context():
        place.submitted()
    sign_in("appraiser")
    typed = {
        f"applicable-{PLAN}": "no",
        f"inapplicable_reason-{PLAN}": "Không phát sinh",
        f"appraised-{PLAN}": "1",
    }
    assert "không áp dụng thì không có điểm" in save(client, place.unit, **typed).text


def test_self_scores_are_given_back_in_time_and_stay_where_they_are_decided(app, client, sign_in, place):
    with app.app_context():
        place.submitted()
        place.score(PLAN, self_score=0.5, appraised=0.5)
    sign_in("appraiser")
    assert client.submit(f"{place.unit}/reopen").status_code == 302
    sign_in("unit_officer", unit_id=place.unit_ids[0])
    names = inputs(client.get(place.unit).text)
    assert f"self_score-{PLAN_DONE}" in names
    assert f"self_score-{PLAN}" not in names
    with app.app_context():
        place.submitted()
        place.change(self_score_due=today() - datetime.timedelta(days=1))
    become(client, app, "appraiser")
    assert client.submit(f"{place.unit}/reopen").status_code == 409


def test_web_addresses_in_the_evidence_are_links_and_nothing_else_is(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=1, evidence="<script>x</script> https://daklak.gov.vn/kh5")
    sign_in("analyst")
    text = client.get(place.unit).text
    assert '<a href="https://daklak.gov.vn/kh5" rel="noopener noreferrer">' in text
    assert "<script>x" not in text


def test_all_units_at_a_glance_and_by_field(app, client, sign_in, place):
    with app.app_context():
        place.submitted()
        place.score(PLAN, self_score=1, appraised=0.5, appraisal_note="Chậm", explanation="Vì …")
        place.score(PLAN_DONE, self_score=2, appraised=2)
        place.score("c2_1", 1, self_score=0.5)
        unit = db.session.get(Unit, place.unit_ids[0]).name
    sign_in("planner")
    count = len(evidence_leaves(FRAMEWORK, "so"))
    first = cells(client.get(place.units).text, unit)
    assert first[1:3] == [f"2/{count}", f"2/{count}"]
    assert first[3:5] == ["3,00", "2,50"]
    assert first[6:] == ["1", "1"]
    elsewhere = cells(client.get(f"{place.units}?field=c2").text, unit)
    assert elsewhere[3:5] == ["0,00", "0,00"]
    assert client.get(f"{place.units}?field=nowhere").status_code == 404


def cells(text: str, name: str) -> list[str]:
    """The cells of a unit's row."""
    row = text.partition(f">{name}</a>")[2].partition("</tr>")[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", row)


def test_pages_ask_the_database_no_more_for_more_rows(app, client, sign_in, place):
    sign_in("appraiser")
    with app.app_context():
        before = [counted(client, path) for path in (place.units, place.unit)]
        for code in (leaf.code for leaf in evidence_leaves(FRAMEWORK, "so")):
            for number in range(3):
                cut = {"appraised": 0, "appraisal_note": "x", "explanation": "y"}
                place.score(code, number, self_score=0.1, **cut)
    with app.app_context():
        assert [counted(client, path) for path in (place.units, place.unit)] == before


HEADINGS = ["Mã đơn vị", "Mã tiêu chí", "Điểm tự chấm", "Điểm thẩm định", "Ý kiến thẩm định", "Áp dụng"]
SHEET = "Chấm điểm"


def workbook(rows: list[list[object]], header: list[str] = HEADINGS) -> io.BytesIO:
    book = openpyxl.Workbook()
    book.active.title = SHEET
    for row in [header, *rows]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return io.BytesIO(file.getvalue())


def upload(client, place, file: io.BytesIO, name: str = "diem.xlsx"):
    return client.submit(f"{place.units}/import", {"file": (file, name)})


def codes_of(app, place) -> list[str]:
    with app.app_context():
        return [db.session.get(Unit, unit_id).code for unit_id in place.unit_ids]


def faults_in(text: str) -> list[tuple[str, ...]]:
    """Sheet, row, column and reason of each fault listed."""
    body = text.partition('id="faults-caption"')[2].partition("<tbody")[2].partition("</tbody>")[0]
    lines = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>")]
    return [tuple(html.unescape(cell) for cell in line) for line in lines if line]


def test_the_table_holds_a_row_for_each_unit_and_criterion(app, client, sign_in, place):
    with app.app_context():
        place.score(PLAN, self_score=0.75, evidence="=1+1", revision=3)
    sign_in("planner")
    reply = client.get(f"{place.units}/template")
    page = openpyxl.load_workbook(io.BytesIO(reply.data)).active
    header, *rows = page.iter_rows(values_only=True)
    assert len(rows) == 3 * len(evidence_leaves(FRAMEWORK, "so"))
    first = next(
        dict(zip(header, row, strict=True)) for row in rows if PLAN in row and codes_of(app, place)[0] in row
    )
    assert first["Điểm tự chấm"] == 0.75
    assert first["Tài liệu kiểm chứng"] == "=1+1"
    assert (first["Điểm tối đa"], first["Áp dụng"], first["Lần sửa"]) == (1, "Có", 3)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_uploaded_again_changes_nothing(app, client, sign_in, place, language):
    with app.app_context():
        place.score(PLAN, self_score=0.1 + 0.2, evidence="Hai\ndòng", appraised=0.1, appraisal_note="x")
        place.score(PLAN_DONE, applicable=False, inapplicable_reason="Không phát sinh")
    sign_in("appraiser")
    client.submit(f"/language/{language}")
    table = client.get(f"{place.units}/template").data
    assert upload(client, place, io.BytesIO(table)).status_code == 302
    with app.app_context():
        assert place.stored(PLAN).revision == place.stored(PLAN_DONE).revision == 0


def test_an_appraiser_imports_decisions(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    with app.app_context():
        place.score(PLAN, self_score=1)
    sign_in("appraiser")
    rows = [[unit, PLAN, None, "0,5", "Chậm", None], [unit, PLAN_DONE, None, 2, None, "có"]]
    assert upload(client, place, workbook(rows)).status_code == 302
    with app.app_context():
        cut = place.stored(PLAN)
        assert (cut.self_score, cut.appraised, cut.appraisal_note, cut.revision) == (1, 0.5, "Chậm", 1)
        assert place.stored(PLAN_DONE).appraised == 2
        (entry,) = audit_of(PLAN)
        assert entry.details["before"] == {"appraised": None, "appraisal_note": ""}
        assert entry.details["file"] == "diem.xlsx"
    assert "diem.xlsx" in client.get(f"{place.unit}/history/{PLAN}").text


def test_a_csv_of_another_office_is_read_too(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    sign_in("planner")
    text = f"Unit code;Criterion code;Self-score\n{unit};{PLAN};0,75\n"
    assert upload(client, place, io.BytesIO(text.encode("utf-8-sig")), "x.csv").status_code == 302
    with app.app_context():
        assert place.stored(PLAN).self_score == 0.75


def test_ten_faults_are_named_and_nothing_is_written(app, client, sign_in, place):
    unit, other, _ = codes_of(app, place)
    with app.app_context():
        place.score("c1_4", self_score=1)
    by_survey = FRAMEWORK.survey_leaves[0].code
    rows = [
        [unit, PLAN, None, 1, None, None],  # right
        ["sở-lạ", PLAN, None, 1, None, None],
        [unit, "c1_1_9", None, 1, None, None],
        [unit, by_survey, None, 1, None, None],
        [unit, PLAN_DONE, None, 2.5, None, None],
        [unit, "c1_2", None, "một", None, None],
        [unit, "c1_3_1", None, -1, None, None],
        [unit, "c1_4", None, 0.5, None, None],
        [unit, PLAN, None, 0.5, None, None],
        [unit, "c1_5", None, None, None, "tùy"],
        [other, PLAN, None, None, None, "Không"],
    ]
    sign_in("appraiser")
    reply = upload(client, place, workbook(rows))
    assert reply.status_code == 400
    assert "Tệp có 10 lỗi" in reply.text
    found = faults_in(reply.text)
    assert [(sheet, row, column.split()[0]) for sheet, row, column, _ in found] == [
        (SHEET, "3", "A"),
        (SHEET, "4", "B"),
        (SHEET, "5", "B"),
        (SHEET, "6", "D"),
        (SHEET, "7", "D"),
        (SHEET, "8", "D"),
        (SHEET, "9", "E"),
        (SHEET, "10", "B"),
        (SHEET, "11", "F"),
        (SHEET, "12", "–"),  # the reason is missing with its column
    ]
    reasons = [reason for *_, reason in found]
    assert "không có đơn vị “sở-lạ”" in reasons[0]
    assert "Có phải Ông/Bà muốn viết “c1_1_" in reasons[1]
    assert "từ 0 đến 2" in reasons[3]
    assert "dòng 2" in reasons[7]
    with app.app_context():
        assert place.stored(PLAN) is None
        assert audit_of("%") == []


def test_an_appraiser_imports_no_self_scores(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    sign_in("appraiser")
    reply = upload(client, place, workbook([[unit, PLAN, 1, None, None, None]]))
    assert "của đơn vị" in faults_in(reply.text)[0][-1]


def test_a_table_that_others_have_overtaken_is_refused(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    with app.app_context():
        place.score(PLAN, appraised=1, revision=2)
        place.score(PLAN_DONE, appraised=1, revision=2)
    header = ["Mã đơn vị", "Mã tiêu chí", "Điểm thẩm định", "Lần sửa"]
    rows = [[unit, PLAN, 0.5, 1], [unit, PLAN_DONE, 1, 1]]
    sign_in("appraiser")
    found = faults_in(upload(client, place, workbook(rows, header)).text)
    assert [(row, column.split()[0]) for _, row, column, _ in found] == [("2", "D")]


def test_a_table_of_another_framework_is_refused_by_its_points(app, client, sign_in, place):
    unit, *_ = codes_of(app, place)
    sign_in("planner")
    header = ["Mã đơn vị", "Mã tiêu chí", "Điểm tối đa"]
    found = faults_in(upload(client, place, workbook([[unit, PLAN, 3]], header)).text)
    assert "tối đa 1 điểm" in found[0][-1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "trống"),
        (b"\x89PNG\r\n\x1a\n\xff", "UTF-8"),
        (b"Unit code,Points\nx,1\n", "Criterion code"),
        ("Mã đơn vị,Mã tiêu chí\n".encode(), "không có dòng nào"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_reason(client, sign_in, place, content, reason):
    sign_in("planner")
    reply = upload(client, place, io.BytesIO(content), "diem.csv")
    assert reply.status_code == 400
    assert reason in reply.text


def test_a_published_round_takes_no_table(app, client, sign_in, place):
    with app.app_context():
        place.change(state="published")
    sign_in("planner")
    assert client.get(f"{place.units}/import").status_code == 409


def test_the_tree_holds_what_applies_to_the_unit(app):
    """The Inspectorate has no one-stop desk of its own: some criteria are for departments (so) alone."""
    for_so = {leaf.code for leaf in FRAMEWORK.leaves if leaf.applies_to == ("so",)}
    shown = {leaf.code for field in fields(FRAMEWORK, "thanh_tra") for leaf in field.leaves}
    by_evidence = {leaf.code for leaf in FRAMEWORK.leaves if leaf.assessed_by == "evidence"}
    assert shown == by_evidence - for_so != by_evidence
    headings = [entry.node.code for entry in fields(FRAMEWORK, "so")[0].entries if not entry.is_leaf]
    assert headings == ["c1_1", "c1_3"]


def test_what_does_not_apply_leaves_the_sums(app):
    """1 + 2 points at most, 0.5 and 1 given; without the second 1 at most and 0.5 given."""
    leaves = [FRAMEWORK.by_code[PLAN], FRAMEWORK.by_code[PLAN_DONE]]
    scores = {
        PLAN: EvidenceScore(self_score=0.5, appraised=0.5, applicable=True),
        PLAN_DONE: EvidenceScore(self_score=1, appraised=None, applicable=True),
    }
    both = progress(leaves, scores)
    assert (both.leaves, both.maximum, both.self_points, both.appraised_points) == (2, 3, 1.5, 0.5)
    scores[PLAN_DONE].applicable = False
    one = progress(leaves, scores)
    assert (one.leaves, one.maximum, one.self_points, one.scored) == (1, 1, 0.5, 1)
