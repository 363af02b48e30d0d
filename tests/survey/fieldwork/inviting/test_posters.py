"""A planner prints posters; people scan or type what is on them."""

from __future__ import annotations

import re
import unicodedata

import pytest

from survey.db import db, today
from survey.fieldwork.inviting.qr import QUIET_ZONE, dark_runs, modules_of
from survey.models import Round, Survey, Unit
from tests.survey.fieldwork.desk import actions, last_details
from tests.survey.fieldwork.inviting.papers import scanned, texts


@pytest.fixture
def path(made) -> str:
    return f"/surveys/{made.survey.id}/posters"


def posters(client, path: str, *units: str, size: str = "a4", **more: str) -> bytes:
    reply = client.submit(path, {"size": size, "unit": list(units), **more})
    assert reply.mimetype == "application/pdf", reply.text
    return reply.data


def test_a_poster_for_each_agency_leads_to_the_survey_with_that_agency_chosen(app, planner, made, path):
    pdf = posters(planner, path, made.units[0].code, made.units[2].code)
    first, second = texts(pdf)
    assert "Sở Nội vụ" in first
    assert "Sở Y tế" in second
    assert f"localhost/k/{made.survey.slug}" in first
    (address,) = scanned(pdf)
    assert address == f"http://localhost/k/{made.survey.slug}?unit={made.units[0].code}"
    start = app.test_client().get(address.removeprefix("http://localhost"))
    chosen = start.text.partition(f'value="{made.units[0].code}"')[2]
    assert chosen.startswith(" checked")
    assert last_details(app) == {"posters": 2, "size": "a4"}


def test_a_poster_says_what_people_want_to_know_in_both_languages(planner, made, path):
    (text,) = texts(posters(planner, path, made.units[0].code))
    for words in (
        "Mời Ông/Bà đánh giá sự phục vụ của",
        "Phiếu khảo sát ngắn",
        "Short questionnaire",
        "Khoảng 2 phút",
        f"Đến hết ngày {made.survey.closes_on:%d/%m/%Y}",
        "Không hỏi tên, không hỏi số điện thoại",
        "No name, no phone number is asked",
        "Cơ quan khảo sát: Sở Nội vụ, 0262 000 000",
    ):
        assert words in text
    assert unicodedata.is_normalized("NFC", text)


def test_a_poster_for_any_place_names_no_agency(planner, made, path):
    pdf = posters(planner, path, general="1")
    assert scanned(pdf) == [f"http://localhost/k/{made.survey.slug}"]
    assert "Mời Ông/Bà cho ý kiến" in texts(pdf)[0]


def test_no_agency_is_ticked_at_first_and_one_choice_takes_all(planner, made, path):
    page = planner.get(path).text
    assert page.count('name="unit"') == len(made.units)
    assert re.findall(r'id="([\w-]+)"[^>]* checked', page) == ["size-a4", "units-some"]
    assert len(texts(posters(planner, path, units="all"))) == len(made.units)


def test_cards_stand_four_to_a_page_and_each_can_be_scanned(planner, made, path):
    pdf = posters(planner, path, made.units[1].code, size="cards")
    assert scanned(pdf) == [f"http://localhost/k/{made.survey.slug}?unit={made.units[1].code}"] * 4


def test_the_longest_name_of_an_agency_stays_on_the_paper(app, planner, made, path):
    name = "Trung tâm Phục vụ hành chính công " * 12
    with app.app_context():
        db.session.get(Unit, made.units[0].id).name = name.strip()
        db.session.commit()
    pdf = posters(planner, path, made.units[0].code)
    assert name.strip() in texts(pdf)[0]
    assert len(scanned(pdf)) == 1


def test_an_example_says_on_paper_that_it_is_one(app, planner, made, path):
    assert "mô phỏng" not in texts(posters(planner, path, general="1"))[0]
    with app.app_context():
        db.session.get(Round, made.round.id).synthetic = True
        db.session.commit()
    assert "Dữ liệu mô phỏng, không phải khảo sát thật" in texts(posters(planner, path, general="1"))[0]


def test_a_survey_by_dossier_tells_people_what_to_bring(app, planner, made, path):
    with app.app_context():
        survey = db.session.get(Survey, made.survey.id)
        survey.open_link, survey.by_dossier = False, True
        db.session.commit()
    assert "số hồ sơ" in texts(posters(planner, path, general="1"))[0]


def test_a_survey_by_code_alone_gets_no_posters(app, planner, made, path):
    with app.app_context():
        db.session.get(Survey, made.survey.id).open_link = False
        db.session.commit()
    page = planner.get(path).text
    assert 'name="size"' not in page


def test_nothing_chosen_makes_no_empty_file(app, planner, path):
    reply = planner.submit(path, {"size": "a4"})
    assert reply.status_code == 422
    assert 'href="#general"' in reply.text
    assert actions(app) == []


def test_what_is_drawn_is_the_code_with_its_quiet_zone():
    modules = modules_of(f"https://x.vn/k/a?unit=b&day={today()}")
    drawn = {(run.top, run.left + place) for run in dark_runs(modules) for place in range(run.length)}
    assert drawn == {(top, left) for top, row in enumerate(modules) for left, dark in enumerate(row) if dark}
    size = len(modules)
    inside = range(QUIET_ZONE, size - QUIET_ZONE)
    assert all(top in inside and left in inside for top, left in drawn)
