"""A planner puts dossiers on a list; their owners type the number of a receipt and answer once."""

from __future__ import annotations

import re

import pytest

from survey.db import db
from survey.models import Invitation, Response, Survey
from tests.survey.citizen import Citizen
from tests.survey.fieldwork.desk import last_details, sheet_rows, stored, upload
from tests.survey.pages import Page

NUMBER = "H50.12-250315-0042"
TYPED = "h50.12 – 250315 – 0042"


@pytest.fixture
def path(app, made) -> str:
    with app.app_context():
        survey = db.session.get(Survey, made.survey.id)
        survey.open_link, survey.by_dossier = False, True
        db.session.commit()
    return f"/surveys/{made.survey.id}/dossiers"


def paste(client, path: str, *lines: str, **more: str):
    return client.submit(path, {"pasted": "\n".join(lines), **more})


def cells_at_fault(page) -> list[tuple[str, str]]:
    assert page.status_code == 422
    return re.findall(r'app-number">(\d+)</td>\s*<td class="govuk-table__cell">([A-Z])', page.text)


def test_the_owner_of_a_dossier_answers_once_with_its_number(app, planner, made, path):
    rows = [["Số hồ sơ", "Mã đơn vị"], [NUMBER, made.units[1].code], ["000.00.12", made.units[0].code]]
    assert upload(planner, path, rows).location == path
    citizen = Citizen(app.test_client(), made.survey.slug)
    citizen.open(f"/k/{made.survey.slug}")
    citizen.post(f"/k/{made.survey.slug}/dossier", {"dossier": TYPED})
    assert "Sở Tài chính" in citizen.page.text
    citizen.post(f"/k/{made.survey.slug}", {})
    citizen.answer_all({"received": "no"}, {"polite": "high", "clear": "high"}, {})
    citizen.send()
    (response,) = stored(app, Response)
    assert response.stratum_id == made.strata[1].id
    used = stored(app, Invitation, Invitation.stratum_id == made.strata[1].id)
    assert [(each.kind, each.used) for each in used] == [("dossier", True)]
    again = Citizen(app.test_client(), made.survey.slug)
    again.open(f"/k/{made.survey.slug}")
    again.post(f"/k/{made.survey.slug}/dossier", {"dossier": NUMBER})
    assert again.page.status_code == 422


def test_the_number_stands_nowhere_in_the_database(app, planner, made, path):
    paste(planner, path, f"{NUMBER}\t{made.units[0].code}")
    citizen = Citizen(app.test_client(), made.survey.slug)
    citizen.open(f"/k/{made.survey.slug}")
    citizen.post(f"/k/{made.survey.slug}/dossier", {"dossier": TYPED})
    citizen.post(f"/k/{made.survey.slug}", {})
    citizen.answer(received="no")
    with app.app_context():
        held = repr([db.session.execute(table.select()).all() for table in db.metadata.sorted_tables])
    assert "'dossier'" in held
    for trace in (NUMBER, NUMBER.lower(), TYPED, NUMBER.replace("-", ""), "250315"):
        assert trace not in held
    assert last_details(app) == {"dossiers": 1}


def test_dossiers_are_counted_unit_by_unit(app, planner, made, path):
    paste(planner, path, *(f"HS-{n};{made.units[n % 2].code}" for n in range(10, 15)))
    page = Page(planner.get(path).text)
    assert not page.faults
    counts = re.findall(r'app-number">(\d+)</td>', planner.get(path).text)
    assert counts[:6] == ["3", "0", "3", "2", "0", "2"]


def test_every_fault_is_named_and_nothing_is_stored(app, planner, made, path):
    paste(planner, path, f"HS-77\t{made.units[0].code}")
    rows = [
        ["dossier", "unit"],
        ["HS-1", made.units[0].code],
        ["hs – 1", made.units[1].code],
        ["", made.units[0].code],
        ["abc", made.units[0].code],
        ["HS-5", "nowhere"],
        ["hs-77", made.units[0].code],
    ]
    found = cells_at_fault(upload(planner, path, rows))
    assert found == [("2", "A"), ("3", "A"), ("4", "A"), ("5", "A"), ("6", "B"), ("7", "A")]
    assert len(stored(app, Invitation)) == 1


def test_a_longer_extract_adds_what_is_new(app, planner, made, path):
    code = made.units[0].code
    paste(planner, path, f"HS-1\t{code}", f"HS-2\t{code}")
    longer = [f"HS-{n}\t{code}" for n in (1, 2, 3)]
    assert paste(planner, path, *longer).status_code == 422
    assert paste(planner, path, *longer, skip_known="1").status_code == 302
    assert len(stored(app, Invitation)) == 3


def test_what_was_pasted_is_not_lost_when_it_is_wrong(planner, made, path):
    page = paste(planner, path, f"abc\t{made.units[0].code}")
    assert f"abc\t{made.units[0].code}" in page.text
    assert paste(planner, path).status_code == 422


def test_unused_dossiers_are_taken_off_and_codes_stay(app, planner, made, path):
    code = made.units[0].code
    paste(planner, path, f"HS-1\t{code}", f"HS-2\t{code}")
    planner.submit(f"/surveys/{made.survey.id}/codes", {f"codes-{made.strata[0].id}": "1", "seen": "0"})
    withdraw = {"stratum": str(made.strata[0].id)}
    assert planner.submit(f"{path}/withdraw", withdraw).status_code == 422
    assert planner.submit(f"{path}/withdraw", {**withdraw, "confirmed": "1"}).location == path
    assert [each.kind for each in stored(app, Invitation)] == ["code"]


def test_the_pattern_is_understood_once_filled_in(planner, made, path):
    (head,) = sheet_rows(planner.get(f"{path}/pattern.xlsx").data)
    assert upload(planner, path, [list(head), ["HS-1", made.units[0].code]]).status_code == 302
