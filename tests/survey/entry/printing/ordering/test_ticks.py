"""Only lines with a tick are printed."""

from __future__ import annotations

from tests.survey.entry.printing.ordering.lines import batches, fields, order


def test_nothing_ordered_is_said(client, path):
    page = order(client, path, forms_0="", forms_1="", forms_2="0")
    assert page.status_code == 422
    assert 'href="#print-0"' in page.text
    assert 'id="print-0-error"' in page.text


def test_every_proposed_line_is_ticked_and_only_ticked_lines_are_printed(app, client, path):
    lines = fields(client.get(path).text)
    assert {name for name in lines if name.startswith("print-")} == {"print-0", "print-1", "print-2"}
    kept = {name: value for name, value in lines.items() if name not in ("print-0", "print-2")}
    wrong = {"forms-0": "nhiều", "code-2": "có cách"}  # what is not printed need not be right
    assert client.submit(path, {**kept, **wrong, "language": "vi", "plan": "none"}).status_code == 303
    assert [code for code, _, _ in batches(app)] == [lines["code-1"]]


def test_lines_without_a_tick_stay_so_when_something_else_is_wrong(app, client, path):
    lines = fields(client.get(path).text)
    del lines["print-1"]
    page = client.submit(path, {**lines, "forms-0": "nhiều", "language": "vi", "plan": "none"})
    assert page.status_code == 422
    shown = fields(page.text)
    assert {name for name in shown if name.startswith("print-")} == {"print-0", "print-2"}
    assert shown["forms-1"] == lines["forms-1"]
    assert batches(app) == []


def test_all_lines_lose_their_ticks_at_once_and_get_them_back(app, client, path):
    lines = fields(client.get(path).text) | {"commune-1": "Xã Một"}
    for tick, count in (("none", 0), ("all", 3)):
        page = client.submit(path, {**lines, "tick": tick, "language": "vi"})
        assert page.status_code == 200
        lines = fields(page.text)
        assert sum(name.startswith("print-") for name in lines) == count
        assert lines["commune-1"] == "Xã Một"
    assert batches(app) == []


def test_without_any_tick_nothing_is_ordered(app, client, path):
    lines = {name: value for name, value in fields(client.get(path).text).items() if "print" not in name}
    page = client.submit(path, {**lines, "language": "vi", "plan": "none"})
    assert page.status_code == 422
    assert 'href="#print-0"' in page.text
    assert batches(app) == []
