"""A planner watches the answers come in; every page asks the database little."""

from __future__ import annotations

import re
import uuid

from survey.collection import PaperEntry, Submission, submit
from survey.collection.paper import WantedBatch, mark_forms, print_batches
from survey.db import db, today
from survey.fieldwork.paper_outcomes import paper_outcomes
from survey.models import RoundUnit, Stratum, Survey
from tests.survey.factory import ANSWERS, MadeRound, make_batch, make_round, make_unit, make_user
from tests.survey.fieldwork.desk import DAY, add_responses, add_used_codes
from tests.survey.queries import counted


def test_progress_counts_by_unit_mode_and_day(app, planner, made):
    with app.app_context():
        add_responses(made, 0, 20)
        add_responses(made, 0, 5, mode="keyed", received_on=today() - 2 * DAY)
        add_responses(made, 0, 3, state="rejected")
        add_responses(made, 1, 10, received_on=today() - 2 * DAY)
        add_used_codes(made, 0, 23)
        add_used_codes(made, 1, 10)
        db.session.commit()
    page = planner.get(f"/surveys/{made.survey.id}").text
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    unit = made.units[0].name
    assert f"{unit} 400 100 20 5 25 3 25,0 %" in text
    assert "Tất cả đơn vị 1.200 300 30 5 35 3 11,7" in text
    days = [today() - 2 * DAY, today() - DAY, today()]
    counts = [re.search(rf"{day:%d/%m/%Y} (\d+)", text.split("ngày nhận")[1])[1] for day in days]
    assert counts == ["15", "0", "20"]


def words_of(planner, path: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", planner.get(path).text))


def test_answers_by_the_open_link_are_stated_apart_and_not_in_the_rate(app, planner, made):
    """Of 20 answers online 8 came by code or dossier; of another unit's 10 none did."""
    with app.app_context():
        add_responses(made, 0, 20)
        add_responses(made, 0, 5, mode="keyed")
        add_responses(made, 0, 2, mode="tablet")
        add_responses(made, 1, 10)
        add_used_codes(made, 0, 6)
        add_used_codes(made, 0, 2, kind="dossier")
        db.session.commit()
    text = words_of(planner, f"/surveys/{made.survey.id}")
    assert f"{made.units[0].name} 400 100 20 5 2 27 12 0 15,0 %" in text
    assert f"{made.units[1].name} 400 100 10 0 0 10 10 0 0,0 %" in text
    assert "Tất cả đơn vị 1.200 300 30 5 2 37 22 0 5,0 %" in text
    overview = words_of(planner, f"/rounds/{made.round.id}")
    assert re.search(r"\b15 \S+ .*300 .*\(5,0 %\)", overview)
    assert re.search(r"300 37 5,0 %", overview)


def test_the_codes_of_people_who_rate_several_units_count_for_each(app, planner, made):
    with app.app_context():
        db.session.get_one(Survey, made.survey.id).rates = "several"
        add_responses(made, 0, 5)
        add_responses(made, 1, 2)
        add_used_codes(made, None, 3)
        db.session.commit()
    text = words_of(planner, f"/surveys/{made.survey.id}")
    assert f"{made.units[0].name} 400 100 5 5 2 0 3,0 %" in text
    assert f"{made.units[1].name} 400 100 2 2 0 0 2,0 %" in text


def test_paper_forms_without_answers_count_for_the_response_rate(app, planner, made):
    """Four forms went out and one is still here: one came back and is keyed, three give no answers."""
    with app.app_context():
        keyer, supervisor = make_user(db.session), make_user(db.session, "supervisor")
        wanted = [WantedBatch(made.strata[0].id, "A", 5)]
        survey = db.session.get_one(Survey, made.survey.id)
        (batch,) = print_batches(survey, wanted, {}, language="vi", person=supervisor)
        mark_forms(batch, [1, 2, 3, 4], "issued", supervisor)
        mark_forms(batch, [2, 3], "refused", supervisor, "không trả lời")
        mark_forms(batch, [4], "spoiled", supervisor, "ướt")
        paper = PaperEntry(batch.id, 1, keyer.id)
        form = Submission(uuid.uuid4(), made.strata[0].id, ANSWERS, mode="keyed", paper=paper)
        submit(survey, form)
        outcomes = paper_outcomes(survey.id)
        assert (outcomes.handed_out, outcomes.answered, outcomes.rate) == (4, 1, 25)
    page = planner.get(f"/surveys/{made.survey.id}").text
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    unit = made.units[0].name
    assert f"{unit} 400 100 1 1 0 1 2 1,0" in text  # keyed, answers, rejected, spoiled, refused, rate
    assert "25,0" in text


def test_forms_spoiled_before_they_were_issued_were_never_handed_out(app):
    """Of the spoiled forms three never left; one was issued before, and one had come back."""
    with app.app_context():
        made, person = make_round(db.session), make_user(db.session)
        survey = made.survey
        wanted = [WantedBatch(made.strata[0].id, "A", 7)]
        (batch,) = print_batches(survey, wanted, {}, language="vi", person=person)
        elsewhere = make_batch(db.session, made)
        mark_forms(batch, [4], "issued", person)
        mark_forms(batch, [5], "returned", person)
        mark_forms(batch, [1, 2, 4, 5], "spoiled", person, "in hỏng")
        mark_forms(elsewhere, [1], "spoiled", person, "in hỏng")
        mark_forms(batch, [6], "refused", person, "không trả lời")
        mark_forms(batch, [7], "lost", person, "rơi")
        outcomes = paper_outcomes(survey.id)
        assert outcomes.gone(made.units[0].id) == {"spoiled": 5, "refused": 1, "lost": 1}
        assert outcomes.handed_out == 4 + elsewhere.forms_expected - 1
        mark_forms(batch, [1], "returned", person)  # it was in somebody's hands after all
        mark_forms(batch, [1], "spoiled", person, "rách")
        assert paper_outcomes(survey.id).handed_out == 5 + elsewhere.forms_expected - 1


def test_pages_ask_the_database_the_same_few_questions_for_three_units_and_for_thirty(app, planner):
    def pages(made: MadeRound) -> list[str]:
        a_round, survey = f"/rounds/{made.round.id}", f"/surveys/{made.survey.id}"
        return [
            *("/units", "/rounds", a_round, f"{a_round}/units", f"{a_round}/edit"),
            *(survey, f"{survey}/edit", f"{survey}/sample", f"{survey}/codes", f"{survey}/targets"),
            f"{survey}/sample/plan?rule=older&scope=each&allocation=equal",
        ]

    with app.app_context():
        small = make_round(db.session, codes_each=1)
        for path in pages(small):
            planner.get(path)  # what a process learns once is known from here on
        db.session.commit()
        few = [counted(planner, path) for path in pages(small)]
        parent = make_unit(db.session, "cha", "Đơn vị cha")
        for place in range(30):
            unit = make_unit(db.session, f"con-{place}", f"Đơn vị con {place}")
            unit.parent = parent
            db.session.add(RoundUnit(round=small.round, unit=unit, ranking_group="so-nganh"))
            stratum = Stratum(sample=small.survey.sample, unit=unit, code=unit.code, population=9, selected=3)
            db.session.add(stratum)
            db.session.flush()
            small.strata.append(stratum)
            add_responses(small, len(small.strata) - 1, 1)
        for _ in range(4):
            make_round(db.session)
        db.session.commit()
        many = [counted(planner, path) for path in pages(small)]
    assert many == few
    assert max(many) <= 16


def test_what_does_not_exist_is_not_found(planner):
    for path in (
        "/units/99",
        "/rounds/99",
        "/rounds/99/units",
        "/surveys/99",
        "/surveys/99/codes",
        "/frameworks/99",
    ):
        assert planner.get(path).status_code == 404
