"""A planner reads definitions in plain words, adds versions, and is told all that is wrong with one."""

from __future__ import annotations

import io
import json
from importlib.resources import files
from typing import Any

import pytest
import sqlalchemy as sa

import questionnaires.frameworks
import questionnaires.library
from questionnaires import parse_questionnaire
from questionnaires.answers import KINDS
from questionnaires.check_rules import READINGS, RULES
from questionnaires.expression import parse_expression
from questionnaires.framework import Node, Rule
from survey.builder.conditions import Wording
from survey.builder.places import with_codes
from survey.builder.rule_words import rule_in_words
from survey.builder.shelves import FRAMEWORKS, QUESTIONNAIRES, add_shipped
from survey.builder.terms import QUESTION_KINDS, UNIT_TYPES
from survey.db import db
from survey.models import AuditEntry, DefinitionDraft, FrameworkVersion, QuestionnaireVersion
from tests.survey.factory import make_round
from tests.survey.queries import counted

DAK_LAK = "dak-lak-so-2022"


def stored(app, model) -> list:
    with app.app_context():
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


def add(app, shelf, *names: str) -> list[int]:
    with app.app_context():
        ids = [add_shipped(shelf, name)[0].id for name in names]
        db.session.commit()
    return ids


def upload(client, path: str, content: Any, name: str = "definition.json"):
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.submit(path, {"file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")


# Reading


def test_a_framework_shows_its_points_rules_groups_changes_and_what_is_ours(app, client, sign_in):
    (version_id,) = add(app, FRAMEWORKS, DAK_LAK)
    sign_in("planner")
    page = client.get(f"/frameworks/{version_id}").text
    for words in (
        "2854/QĐ-UBND",
        "Tổng điểm của các tiêu chí là 100,00",
        "chữ minh họa",
        "tỷ lệ câu trả lời ở hai mức cao nhất",
        "cán bộ, công chức 40\N{NO-BREAK SPACE}%",
        "Công bố quy trình nội bộ giải quyết TTHC",  # dropped
        "chấm điểm, không xếp hạng",
        "chỉ số (%) từ 90 trở lên và lĩnh vực thấp nhất (%) từ 70 trở lên",
    ):
        assert words in page, words


def test_a_framework_names_answers_as_people_see_them_once_a_questionnaire_asks(app, client, sign_in):
    (version_id,) = add(app, FRAMEWORKS, DAK_LAK)
    sign_in("viewer")
    assert "“good” 100\N{NO-BREAK SPACE}%" in client.get(f"/frameworks/{version_id}").text
    add(app, QUESTIONNAIRES, "officials-2024")
    assert "“Tốt” 100\N{NO-BREAK SPACE}%" in client.get(f"/frameworks/{version_id}").text


def test_coverage_names_the_groups_nobody_asks_in_a_round(app, client, sign_in):
    with app.app_context():
        made = make_round(db.session, questionnaire="citizen-satisfaction-2024")
        framework_id, round_id = made.round.framework_id, made.round.id
    sign_in("planner")
    page = client.get(f"/frameworks/{framework_id}?round={round_id}").text
    assert "không được hỏi" in page
    add(app, QUESTIONNAIRES, *questionnaires.library.names())
    page = client.get(f"/frameworks/{framework_id}?round=").text
    assert "Mọi câu trả lời được tính điểm đều được hỏi, đúng một lần" in page


def test_a_questionnaire_stands_in_both_languages_with_its_routes_in_words(app, client, sign_in):
    ids = add(app, QUESTIONNAIRES, "citizen-satisfaction-2024")
    add(app, FRAMEWORKS, DAK_LAK)
    sign_in("enumerator")
    page = client.get(f"/questionnaires/{ids[0]}").text
    for words in (
        "Biển hiệu, chỉ dẫn rõ ràng",
        "Clear signs and directions",
        "Chỉ hỏi nếu “Ông/Bà đã nhận được kết quả giải quyết hồ sơ chưa?” là “Đã nhận được”",
        "câu trả lời từ 0 trở lên và câu trả lời không quá 30",
        "Tiếp cận dịch vụ",
    ):
        assert words in page, words


def test_every_kind_of_question_rule_and_unit_has_its_words():
    assert set(QUESTION_KINDS) == set(KINDS)
    types = {each for name in questionnaires.frameworks.names() for each in of_type(name)}
    assert types <= set(UNIT_TYPES)


def of_type(name: str) -> tuple[str, ...]:
    return questionnaires.frameworks.load(name).applies_to


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("name", RULES)
def test_every_rule_says_how_answers_become_points(app, name, reading):
    parameters = {
        "of": reading,
        "weights": {"good": 100, "poor": 62.5},
        "fact": "late_rate",
        "full": 90,
        "levels": [{"at_least": 80, "points": 1.5}],
    }
    leaf = Node("c", None, {"vi": "c"}, 2, assessed_by="survey", rule=Rule(name, parameters))
    with app.test_request_context():
        assert "%(" not in rule_in_words(leaf, {})


def test_thresholds_in_words(app):
    parameters = {"of": "top2_share", "full": 85, "zero": 40, "between": "interpolate"}
    leaf = Node("c", None, {"vi": "c"}, 2.5, assessed_by="survey", rule=Rule("thresholds", parameters))
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert rule_in_words(leaf, {}) == (
            "Rate: the share of answers in the two best levels of the scale. From 85% on it gives all "
            "2.5 points, below 40% none; between them points rising evenly from none to all."
        )


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("${a} = 'yes'", "A is “YES”"),
        ("'yes' != ${a}", "“YES” is not A"),
        ("${a} = ''", "A is blank"),
        (
            "not(selected(${a}, 'yes')) and . < 2.5",
            "it is not so that A includes “YES” and the answer is below 2.5",
        ),
        ("(${a} = 'x' or ${a} = 'y') and today() > ${a}", "(A is “X” or A is “Y”) and today is above A"),
        ("${a} + 1 >= 2", "${a} + 1 is at least 2"),
    ],
)
def test_conditions_in_words(app, expression, words):
    wording = Wording(str.upper, lambda code, text: f"“{text.upper()}”")
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert wording.words(parse_expression(expression)) == words


def test_lists_ask_the_database_the_same_few_questions_however_long_they_are(app, client, sign_in):
    sign_in("planner")
    add(app, FRAMEWORKS, DAK_LAK)
    add(app, QUESTIONNAIRES, "officials-2024")
    with app.app_context():
        before = [counted(client, path) for path in ("/frameworks", "/questionnaires")]
    add(app, FRAMEWORKS, *questionnaires.frameworks.names())
    add(app, QUESTIONNAIRES, *questionnaires.library.names())
    with app.app_context():
        assert [counted(client, path) for path in ("/frameworks", "/questionnaires")] == before


# Adding


def test_a_planner_adds_what_is_shipped_and_a_second_time_changes_nothing(app, client, sign_in):
    sign_in("planner")
    for _ in range(2):
        reply = client.submit("/frameworks/new", {"shipped": DAK_LAK})
        assert reply.status_code == 302
        assert "Bộ Chỉ số" in client.get(reply.location).text
    (version,) = stored(app, FrameworkVersion)
    assert version.framework == questionnaires.frameworks.load(DAK_LAK)
    assert [entry.action for entry in stored(app, AuditEntry)] == ["framework.add"]


def test_what_is_not_shipped_is_not_found(client, sign_in):
    sign_in("planner")
    assert client.submit("/questionnaires/new", {"shipped": "no-such"}).status_code == 404


def test_a_file_becomes_a_draft_and_no_version_until_somebody_else_approves_it(app, client, sign_in):
    (version_id,) = add(app, QUESTIONNAIRES, "citizen-satisfaction-2024")
    sign_in("planner")
    downloaded = client.get(f"/questionnaires/{version_id}.json")
    assert "citizen-satisfaction-2024-1.json" in downloaded.headers["Content-Disposition"]
    assert upload(client, "/questionnaires/new", downloaded.data).status_code == 404
    reply = upload(client, "/questionnaires/drafts/new/file", downloaded.data)
    (draft,) = stored(app, DefinitionDraft)
    assert reply.location == f"/questionnaires/drafts/{draft.id}"
    assert parse_questionnaire(draft.content) == questionnaires.library.load("citizen-satisfaction-2024")
    assert len(stored(app, QuestionnaireVersion)) == 1


def test_toml_is_taken_with_its_dates(app, client, sign_in):
    sign_in("planner")
    text = files("questionnaires.frameworks").joinpath(f"{DAK_LAK}.toml").read_text(encoding="utf-8")
    text = text.replace('date = "2022-12-20"', "date = 2022-12-20")
    upload(client, "/frameworks/drafts/new/file", text.encode(), "x.toml")
    (draft,) = stored(app, DefinitionDraft)
    assert draft.content["decision"]["date"] == "2022-12-20"


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("x.json", b'{"code": \n "x",}', "dòng 2, cột 6"),
        ("x.toml", b'code = "x"\nversion = ', "dòng 2, cột"),
        ("x.json", b"[1, 2]", "không phải một định nghĩa"),
        ("x.json", "title".encode("utf-16"), "UTF-8"),
        ("x.json", b"[" * 100_000, "lồng quá sâu"),
        ("x.json", b'{"scale": ' + b"9" * 5000 + b"}", "lồng quá sâu"),
        ("x.docx", b"PK", ".json"),
        ("", b"", "Hãy chọn tệp"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(app, client, sign_in, name, raw, words):
    sign_in("planner")
    page = upload(client, "/frameworks/drafts/new/file", raw, name)
    assert page.status_code == 422
    assert words in page.text
    assert stored(app, DefinitionDraft) == []


def test_places_name_the_codes_on_their_way():
    content = {"nodes": [{"code": "c1"}, {"code": "c2", "rule": {"levels": [{}]}}]}
    assert with_codes("nodes.2.rule.levels.1.points", content) == "nodes.2.rule.levels.1.points (c2)"
    assert with_codes("nodes.9.title", content) == "nodes.9.title"
    assert with_codes("title", None) == "title"


# Removing


def test_an_unused_version_is_removed_and_one_in_use_stays(app, client, sign_in):
    with app.app_context():
        used_id = make_round(db.session, framework=DAK_LAK).round.framework_id
    (unused_id,) = add(app, FRAMEWORKS, "ha-noi-phong-2019")
    sign_in("planner")
    assert client.submit(f"/frameworks/{unused_id}/remove").location == "/frameworks"
    page = client.submit(f"/frameworks/{used_id}/remove")
    assert page.status_code == 409
    assert "đang được sử dụng" in page.text
    assert [version.id for version in stored(app, FrameworkVersion)] == [used_id]


@pytest.mark.parametrize("role", ["viewer", "analyst", "administrator", "unit_officer"])
def test_only_a_planner_adds_and_removes(app, client, sign_in, role):
    (version_id,) = add(app, FRAMEWORKS, DAK_LAK)
    sign_in(role)
    assert client.get(f"/frameworks/{version_id}").status_code == 200
    assert client.submit("/frameworks/new", {"shipped": DAK_LAK}).status_code == 403
    assert client.submit(f"/frameworks/{version_id}/remove").status_code == 403
