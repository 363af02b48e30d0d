"""A planner writes a framework: the tree keeps its sums in view, parts are stored as typed."""

from __future__ import annotations

import re
from html import unescape

import pytest

import questionnaires.frameworks
from questionnaires import dump_framework, parse_framework
from tests.survey.builder.draft_life import a_draft, small
from tests.survey.builder.drafting import content_of, form_of
from tests.survey.builder.framework_drafting import a_framework_draft, nodes_of, small_framework
from tests.survey.builder.settling import settle


@pytest.fixture
def draft_id(app, sign_in) -> int:
    sign_in("planner")
    return a_framework_draft(app)


def words_of(page: str) -> str:
    """The text of a page without its tags, blanks drawn together."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def act(client, draft_id: int, deed: str, **headers: str):
    return client.submit(f"/frameworks/drafts/{draft_id}/tree", {"act": deed}, headers=headers)


# The tree


def test_the_tree_says_what_is_left_over_or_too_much_at_every_node(app, client, sign_in):
    sign_in("planner")
    content = small_framework()
    nodes_of(content)["1.1"]["max_points"] = 8.5  # field 1: 8,5 + 5 + 45 = 58,5 of 60
    nodes_of(content)["1.3.2"]["max_points"] = 27  # criterion 1.3: 20 + 27 = 47 of 45
    draft_id = a_draft(app, content, "framework")
    words = words_of(client.get(f"/frameworks/drafts/{draft_id}").text)
    assert "100/100" in words
    assert "58,5" in words
    assert "còn 1,5" in words
    assert "47" in words
    assert "thừa 2" in words


def test_a_fault_stands_beside_its_node_and_leads_to_its_field(app, client, sign_in):
    sign_in("planner")
    content = small_framework()
    del nodes_of(content)["1.2"]["rule"]
    draft_id = a_draft(app, content, "framework")
    page = client.get(f"/frameworks/drafts/{draft_id}").text
    of_node = page[page.index('id="node-1.2"') : page.index('id="node-1.3"')]
    assert f"/frameworks/drafts/{draft_id}/nodes/1.2#rule" in of_node


@pytest.mark.parametrize(
    ("deed", "parent", "siblings"),
    [
        ("up:1.2", "1", ["1.2", "1.1", "1.3"]),
        ("down:1.2", "1", ["1.1", "1.3", "1.2"]),
        ("up:1.1", "1", ["1.1", "1.2", "1.3"]),  # the first stays
        ("in:1.2", "1.1", ["1.2"]),
        ("out:1.3.1", "1", ["1.1", "1.2", "1.3", "1.3.1"]),
        ("out:1.2", None, ["1", "1.2", "2"]),
    ],
)
def test_a_node_moves_among_its_siblings_and_to_other_parents(app, client, draft_id, deed, parent, siblings):
    assert act(client, draft_id, deed).status_code == 302
    code = deed.partition(":")[2]
    nodes = nodes_of(content_of(app, draft_id))
    assert nodes[code].get("parent") == parent
    assert [each for each, node in nodes.items() if node.get("parent") == parent] == siblings


def test_a_script_gets_the_tree_alone_after_a_move(client, draft_id):
    answer = act(client, draft_id, "down:1.1", **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<h1" not in answer.text
    assert answer.text.index('id="node-1.2"') < answer.text.index('id="node-1.1"')


@pytest.mark.parametrize(
    ("deed", "code", "parent"),
    [
        ("part:1.3", "1.3.3", "1.3"),
        ("after:1.1", "1.4", "1"),
        ("field:", "3", None),
        ("part:2.1", "2.1.1", "2.1"),
    ],
)
def test_a_new_node_opens_with_the_next_code(app, client, draft_id, deed, code, parent):
    answer = act(client, draft_id, deed)
    assert answer.location.endswith(f"/frameworks/drafts/{draft_id}/nodes/{code}")
    assert nodes_of(content_of(app, draft_id))[code].get("parent") == parent


def test_moving_what_somebody_else_dropped_is_told_in_words(client, draft_id):
    answer = act(client, draft_id, "up:9.9")
    assert answer.status_code == 422
    assert "9.9" in words_of(answer.text)


@pytest.mark.parametrize(("kind", "content"), [("framework", small_framework()), ("questionnaire", small())])
def test_a_draft_under_review_is_not_offered_for_editing(app, client, sign_in, kind, content):
    sender = sign_in("planner")
    draft_id = a_draft(app, content, kind, state="review", sent_by_id=sender)
    answer = client.get(f"/{kind}s/drafts/{draft_id}", follow_redirects=True)
    assert answer.request.path == f"/{kind}s/drafts/{draft_id}/review"
    assert "không sửa được tại đây" in words_of(answer.text)


def test_where_a_figure_decides_nobody_is_said_to_be_asked(app, client, sign_in):
    sign_in("planner")
    content = small_framework()
    by_figure = {"name": "linear", "of": "fact", "fact": "in_time"}
    nodes_of(content)["1.2"]["rule"] = by_figure
    draft_id = a_draft(app, content, "framework")
    page = client.get(f"/frameworks/drafts/{draft_id}/review").text
    of_node = words_of(page[page.index("in_time") :]).split("Góp ý")[0]
    assert "không hỏi ai" in of_node
    assert "Người được hỏi" not in of_node


def test_an_unclear_deed_is_refused(client, draft_id):
    assert act(client, draft_id, "explode:1").status_code == 400


# Parts as pages show and store them


def test_saving_what_the_page_of_any_node_shows_changes_nothing(app, client, sign_in):
    sign_in("planner")
    content = dump_framework(questionnaires.frameworks.load("hoa-binh-xa-2024"))
    draft_id = a_draft(app, content, "framework")
    for code in nodes_of(content):
        address = f"/frameworks/drafts/{draft_id}/nodes/{code}"
        assert client.submit(address, form_of(client.get(address).text)).status_code == 302
    assert content_of(app, draft_id) == content


@pytest.mark.parametrize("page", ["head", "bands", "ranking-groups", "changes"])
@pytest.mark.parametrize("name", ["dak-lak-so-2022", "ha-noi-phong-2019"])
def test_saving_what_the_other_pages_show_changes_nothing(app, client, sign_in, name, page):
    sign_in("planner")
    content = dump_framework(questionnaires.frameworks.load(name))
    draft_id = a_draft(app, content, "framework")
    address = f"/frameworks/drafts/{draft_id}/{page}"
    assert client.submit(address, form_of(client.get(address).text)).status_code == 302
    assert content_of(app, draft_id) == content


def test_a_criterion_is_rewritten_with_vietnamese_numbers_and_weights_in_percent(app, client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1.2"
    form = form_of(client.get(address).text)
    assert (form["groups.citizen"], form["groups.business"]) == ("60", "40")
    changed = {
        "max_points": "4,5",
        "groups.citizen": "33,3",
        "groups.business": "66,7",
        "combine": "pooled",
        "applies_to": ["xa"],
        "rule.name": "thresholds",
        "rule.of": "scaled_mean",
        "rule.origin": "one",
        "rule.full": "87,5",
        "rule.zero": "50 %",
    }
    assert client.submit(address, form | changed).status_code == 302
    node = nodes_of(content_of(app, draft_id))["1.2"]
    assert node["max_points"] == 4.5
    assert node["groups"] == {"citizen": 0.333, "business": 0.667}
    assert node["combine"] == "pooled"
    assert node["applies_to"] == ["xa"]
    assert node["rule"] == {
        "name": "thresholds",
        "of": "scaled_mean",
        "origin": "one",
        "full": 87.5,
        "zero": 50,
    }
    assert node["parent"] == "1"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("90", "${index} >= 90"), ("≥ 87,5 %", "${index} >= 87.5"), ("${index} > 9", "${index} > 9")],
)
def test_a_rating_needs_no_more_than_its_limit(app, client, draft_id, typed, kept):
    address = f"/frameworks/drafts/{draft_id}"
    said = client.submit(f"{address}/expression", {"expression": typed}).text
    assert "Đạt khi chỉ số" in said
    client.submit(f"{address}/bands", form_of(client.get(f"{address}/bands").text) | {"bands.1.when": typed})
    assert content_of(app, draft_id)["bands"][0]["when"] == kept


def test_another_code_is_followed_by_parts_and_ratings(app, client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1"
    client.submit(address, form_of(client.get(address).text) | {"code": "I"})
    content = content_of(app, draft_id)
    assert content["bands"][0]["when"] == "${index} >= 80 and ${field_I} >= 70"
    assert {node.get("parent") for node in content["nodes"]} == {None, "I", "1.3", "2"}
    parse_framework(content)


def test_a_number_nobody_can_read_stays_in_the_draft_and_is_named_at_its_field(app, client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1.1"
    client.submit(address, form_of(client.get(address).text) | {"max_points": "mười"})
    assert nodes_of(content_of(app, draft_id))["1.1"]["max_points"] == "mười"
    assert 'id="max_points-error-1"' in client.get(address).text


def test_a_rule_with_a_number_nobody_can_read_comes_back_as_typed(app, client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1.2"
    typed = {"rule.name": "thresholds", "rule.of": "top2_share", "rule.full": "chín mươi"}
    answer = client.submit(address, form_of(client.get(address).text) | typed)
    assert answer.status_code == 422
    assert 'value="chín mươi"' in answer.text
    assert 'id="rule.full-error-1"' in answer.text
    assert nodes_of(content_of(app, draft_id))["1.2"]["rule"] == {"name": "top2_share"}


def test_choosing_another_rule_shows_its_fields_and_keeps_what_was_typed(client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1.2"
    form = form_of(client.get(address).text) | {"title.vi": "Vừa gõ", "rule.name": "bands", "act": "refresh"}
    page = client.submit(address, form).text
    assert 'name="rule.levels.1.at_least"' in page
    assert "Vừa gõ" in page


def test_a_criterion_no_longer_asked_of_people_loses_groups_and_rule(app, client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1.2"
    form = form_of(client.get(address).text)
    left = {name: text for name, text in form.items() if not name.startswith(("groups.", "combine"))}
    client.submit(address, left | {"assessed_by": "evidence"})
    node = nodes_of(content_of(app, draft_id))["1.2"]
    assert node["assessed_by"] == "evidence"
    assert not {"rule", "groups"} & set(node)


def test_who_saves_second_is_told_and_loses_nothing(app, client, draft_id):
    address = f"/frameworks/drafts/{draft_id}/nodes/1.1"
    first = second = form_of(client.get(address).text)
    client.submit(address, first | {"in_charge": "Sở Nội vụ"})
    told = client.submit(address, second | {"max_points": "12"})
    assert told.status_code == 409
    settle(client, told.text, {})
    node = nodes_of(content_of(app, draft_id))["1.1"]
    assert (node["max_points"], node["in_charge"], node["parent"]) == (12, "Sở Nội vụ", "1")
