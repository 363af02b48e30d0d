"""What a planner's and a citizen's browser ask of the server, for 300 questions and a large framework."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

import questionnaires.frameworks
from benchmarks.cases.large_form import large_questionnaire
from questionnaires import dump_framework
from survey import catalogs, create_app
from survey.builder.drafts.storing import begin
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped, add_written
from survey.db import db
from survey.models import Round, RoundUnit, Sample, Stratum, Survey, Unit, User

Send = Callable[[], None]
Timed = tuple[str, float, Send]
"""What is asked, its goal in milliseconds, and the asking."""

BUILDER, CITIZEN = 200.0, 10.0
LARGE_TREE = "hoa-binh-xa-2024"
TODAY = datetime.date.today()


def requests_on(folder: Path) -> tuple[Send, list[Timed]]:
    """A page to measure by, and the requests, on a new database in the folder."""
    app = empty_app(folder)
    with app.app_context():
        db.create_all()
        draft_id, tree_id = fill()
    visitor, planner = app.test_client(), app.test_client()
    with planner.session_transaction() as session:
        session["_user_id"] = "1."
    citizen = app.test_client()
    timed = [*of_planner(planner, draft_id), *of_tree(planner, tree_id), *of_citizen(citizen)]
    return asking(visitor, "/sign-in"), timed


def empty_app(folder: Path) -> Flask:
    catalogs.compile_all()
    return create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "for measuring alone, for measuring alone",
            "SERVER_NAME": "localhost",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/measured.db",
            "JOBS_FILE": f"{folder}/jobs.db",
            "WTF_CSRF_ENABLED": False,
            "RATELIMIT_ENABLED": False,
        }
    )


def fill() -> tuple[int, int]:
    """A planner, an open survey with the large form; returns the ids of drafts of it and of a framework."""
    framework, _ = add_shipped(FRAMEWORKS, "dak-lak-so-2022")
    version, _ = add_written(QUESTIONNAIRES, large_questionnaire())
    unit = Unit(code="u1", name="Cơ quan thử", type="so", valid_from=TODAY)
    planner = User(name="planner", full_name="Người thử", role="planner", password_hash="-")
    days = {"starts_on": TODAY, "ends_on": TODAY + datetime.timedelta(days=30)}
    a_round = Round(
        code="r1", title={"vi": "Đợt thử"}, year=TODAY.year, framework_id=framework.id, state="open", **days
    )
    db.session.add_all([unit, planner, a_round])
    db.session.flush()
    db.session.add(RoundUnit(round_id=a_round.id, unit_id=unit.id, ranking_group="ranked"))
    opens = {"opens_on": TODAY, "closes_on": TODAY + datetime.timedelta(days=20)}
    asks = {"round_id": a_round.id, "questionnaire_id": version.id}
    survey = Survey(code="s1", slug="large", state="open", **asks, **opens)
    survey.sample = Sample(method="simple", frame="-")
    survey.sample.strata.append(Stratum(unit=unit, code="u1", population=1000, selected=100))
    db.session.add(survey)
    draft = begin("questionnaire", large_questionnaire() | {"version": "2"}, framework.id)
    tree = begin("framework", dump_framework(questionnaires.frameworks.load(LARGE_TREE)))
    db.session.commit()
    return draft.id, tree.id


def asking(client: FlaskClient, path: str) -> Send:
    def send() -> None:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status)

    return send


def of_planner(client: FlaskClient, draft_id: int) -> list[Timed]:
    start = f"/questionnaires/drafts/{draft_id}"
    moves = itertools.cycle(["down", "up"])
    words = itertools.count()

    def move() -> None:
        form = {"act": f"{next(moves)}:q150"}
        assert client.post(f"{start}/outline", data=form, headers={"HX-Request": "true"}).status_code == 204

    def write_a_route() -> None:
        form = {
            "expression": "${q3} > 2 and ${q4} = '1'",
            "field": "relevant",
            "noun": "question",
            "at": "q290",
        }
        assert "app" not in client.post(f"{start}/expression", data=form).text

    def save() -> None:
        stored = question_of(client, draft_id, "q151")
        form = {"seen": json.dumps(stored), "code": "q151", "kind": "scale", "scale": "level5"}
        texts = {"text.vi": f"Câu thử lần {next(words)}?", "text.en": "Trial?"}
        assert client.post(f"{start}/questions/q151", data=form | texts).status_code == 302

    return [
        ("the outline of all questions", BUILDER, asking(client, start)),
        ("one question's form", BUILDER, asking(client, f"{start}/questions/q151")),
        ("what completion offers", BUILDER, asking(client, f"{start}/names")),
        ("a keystroke in a route", BUILDER, write_a_route),
        ("moving a question", BUILDER, move),
        ("saving a question", BUILDER, save),
    ]


def of_tree(client: FlaskClient, draft_id: int) -> list[Timed]:
    start = f"/frameworks/drafts/{draft_id}"
    code = dump_framework(questionnaires.frameworks.load(LARGE_TREE))["nodes"][1]["code"]
    moves = itertools.cycle(["down", "up"])

    def move() -> None:
        form = {"act": f"{next(moves)}:{code}"}
        assert client.post(f"{start}/tree", data=form, headers={"HX-Request": "true"}).status_code == 200

    return [
        ("the tree of a framework", BUILDER, asking(client, start)),
        ("moving a criterion in the tree", BUILDER, move),
    ]


def question_of(client: FlaskClient, draft_id: int, code: str) -> dict:
    from questionnaires.editing.question_places import question_of as found
    from survey.models import DefinitionDraft

    with client.application.app_context():
        return found(db.session.get_one(DefinitionDraft, draft_id).content, code)[1]


def of_citizen(client: FlaskClient) -> list[Timed]:
    opened = client.get("/k/large")
    assert opened.status_code == 200
    begun = client.post("/k/large", data={"unit": "u1"}, follow_redirects=True)
    assert begun.request.path != "/k/large", "the form was not begun"
    return [("a section of the citizen's form", CITIZEN, asking(client, begun.request.path))]
