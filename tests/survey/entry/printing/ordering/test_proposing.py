"""Each stratum is proposed the forms that it lacks, and a line may be added."""

from __future__ import annotations

from tests.survey.entry.printing.ordering.lines import batches, fields, order
from tests.survey.pages import Page


def test_each_stratum_is_proposed_the_forms_that_its_sample_lacks(app, client, path, made):
    proposed = fields(client.get(path).text)
    assert [proposed[f"forms-{number}"] for number in range(3)] == ["100", "100", "100"]
    assert {proposed[f"stratum-{number}"] for number in range(3)} == set(map(str, made.strata))
    order(client, path, forms_0="70", forms_1="", forms_2="0")
    assert fields(client.get(path).text)["forms-0"] == "30"


def test_large_strata_are_parted_evenly(client, path):
    proposed = fields(client.get(f"{path}?size=40").text)
    assert [proposed[f"forms-{number}"] for number in range(3)] == ["34", "33", "33"]
    codes = [proposed[f"code-{number}"] for number in range(3)]
    assert [code[-3:] for code in codes] == ["-01", "-02", "-03"]


def test_another_batch_of_a_unit_is_a_line_of_its_own(app, client, path):
    lines = fields(client.get(path).text)
    page = client.submit(path, {**lines, "commune-0": "Xã Một", "another": "0", "language": "vi"})
    added = fields(page.text)
    assert added["stratum-1"] == lines["stratum-0"]
    assert (added["commune-0"], added["commune-1"], added["forms-1"]) == ("Xã Một", "", "")
    assert len({added[f"code-{number}"] for number in range(4)}) == 4
    assert batches(app) == []


def test_enter_in_a_field_orders_nothing(app, client, path):
    """A browser presses the first button of a form."""
    first = Page(client.get(path).text).named("button")
    assert next(each["name"] for each in first if each.get("tabindex") == "-1") == "look"
    assert order(client, path, forms_0="7", look="1").status_code == 200
    assert batches(app) == []
