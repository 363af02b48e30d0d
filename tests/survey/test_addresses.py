"""No number in an address makes the site fail."""

from __future__ import annotations

import pytest

from survey.addresses import LARGEST, argument

HUGE = 10**30


def test_an_id_that_no_database_can_hold_is_no_page(app, client, sign_in):
    sign_in("administrator")
    assert client.get(f"/users/{LARGEST}").status_code == 404
    assert client.get(f"/users/{LARGEST + 1}").status_code == 404
    assert client.get(f"/users/{HUGE}").status_code == 404


@pytest.mark.parametrize(
    ("written", "number"), [("7", 7), ("", None), ("0", None), ("-1", None), ("x", None), (str(HUGE), None)]
)
def test_an_argument_is_a_number_that_can_be_meant_or_none(app, written, number):
    with app.test_request_context(f"/?page={written}"):
        assert argument("page") == number
