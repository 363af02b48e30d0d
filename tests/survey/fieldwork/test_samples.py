"""A planner says how many people there are and how many are chosen."""

from __future__ import annotations

import pytest

from survey.db import db
from survey.models import Sample, Stratum
from tests.survey.factory import make_round
from tests.survey.fieldwork.desk import filled_in, last_details, sheet_rows, stored, upload


def strata(app) -> dict[str, tuple[int, int]]:
    return {each.code: (each.population, each.selected) for each in stored(app, Stratum)}


def test_strata_are_typed_and_every_wrong_number_is_told_at_its_field(app, planner, made):
    first, second, third = (unit.code for unit in made.units)
    path = f"/surveys/{made.survey.id}/sample"
    typed = filled_in(planner, path)
    before = strata(app)
    faulty = {
        **typed,
        f"population-{first}": "50",
        f"selected-{first}": "60",
        f"population-{second}": "",
        f"selected-{third}": "1.234",
    }
    page = planner.submit(path, faulty)
    assert page.status_code == 422
    for place in (f"selected-{first}", f"population-{second}", f"selected-{third}"):
        assert f'href="#{place}"' in page.text, place
    assert strata(app) == before

    right = {
        **typed,
        f"population-{first}": "5000",
        f"selected-{first}": "90",
        f"population-{second}": "",
        f"selected-{second}": "",
    }
    assert (
        planner.submit(path, {**right, "method": "systematic", "frame": "Danh sách 9 tháng"}).status_code
        == 302
    )
    assert strata(app) == {first: (5000, 90), third: (400, 100)}
    (sample,) = stored(app, Sample)
    assert (sample.method, sample.frame) == ("systematic", "Danh sách 9 tháng")
    assert last_details(app)[first] == [[400, 100], [5000, 90]]
    assert last_details(app)[second] == [[400, 100], None]


def test_a_stratum_that_codes_belong_to_stays(app, planner):
    with app.app_context():
        made = make_round(db.session, codes_each=1)
        path, code = f"/surveys/{made.survey.id}/sample", made.units[0].code
    typed = {**filled_in(planner, path), f"population-{code}": "", f"selected-{code}": ""}
    page = planner.submit(path, typed)
    assert page.status_code == 422
    assert f"Tầng {code} phải giữ lại" in page.text
    assert code in strata(app)


def test_the_second_of_two_who_change_a_sample_is_told(app, planner, made):
    first, second, _ = (unit.code for unit in made.units)
    path = f"/surveys/{made.survey.id}/sample"
    mine = filled_in(planner, path)
    planner.submit(path, {**mine, f"population-{first}": "999"})
    refused = planner.submit(path, {**mine, f"population-{second}": "777"})
    assert refused.status_code == 422
    assert "tổng thể 999, chọn 100" in refused.text
    assert 'value="777"' in refused.text
    assert strata(app)[first] == (999, 100)


def test_a_table_is_the_whole_sample_parts_of_a_unit_included(app, planner, made):
    first, second, _ = (unit.code for unit in made.units)
    rows = [
        ["unit", "stratum", "population", "selected"],
        [first, f"{first}.thanh-thi", 3000, 60],
        [first, f"{first}.nong-thon", 900, 30],
        [second, "", 400, 90],
    ]
    path = f"/surveys/{made.survey.id}/sample/import"
    assert upload(planner, path, rows).status_code == 302
    assert strata(app) == {
        second: (400, 90),
        f"{first}.thanh-thi": (3000, 60),
        f"{first}.nong-thon": (900, 30),
    }
    page = planner.get(f"/surveys/{made.survey.id}/sample").text
    assert f'name="population-{first}.nong-thon"' in page


def test_every_fault_of_a_sample_table_is_listed_and_nothing_is_stored(app, planner, made):
    first, second, _ = (unit.code for unit in made.units)
    rows = [
        ["unit", "stratum", "population", "selected"],
        ["nowhere", "", 10, 1],
        [first, second, 10, 1],
        [first, "", 0, 0],
        [second, "", 10, 11],
        [second, "", "many", 1],
    ]
    before = strata(app)
    page = upload(planner, f"/surveys/{made.survey.id}/sample/import", rows)
    assert page.status_code == 422
    for sentence in (
        "“nowhere” không phải mã của đơn vị nào trong kỳ này",
        f"“{second}” là mã của đơn vị khác",
        "Mỗi tầng cần ít nhất một người",
        "Chọn 11 trên 10 là nhiều hơn số người có",
        "“many”",
        "còn nằm ở dòng khác",
    ):
        assert sentence in page.text, sentence
    assert strata(app) == before


def test_the_pattern_of_a_sample_holds_what_is_stored(planner, made):
    rows = sheet_rows(planner.get(f"/surveys/{made.survey.id}/sample/pattern.xlsx").data)
    assert rows[0] == ("unit", "stratum", "population", "selected")
    assert set(rows[1:]) == {(unit.code, unit.code, 400, 100) for unit in made.units}


@pytest.mark.parametrize(
    ("plan", "each"),
    [
        # n0 = 1.96² × 0.25 / 0.05² = 384.1; 384.1 / (1 + 384.1 / 400) = 195.96
        ({"rule": "share", "scope": "each"}, 196),
        # 400 / (1 + 400 × 0.05²) = 200
        ({"rule": "older", "scope": "each"}, 200),
        # of 1200: 384.1 / (1 + 384.1 / 1200) = 291.0 and a little, over three strata of the same size
        ({"rule": "share", "scope": "whole", "allocation": "proportional"}, 97),
        # 195.96 / 0.6
        ({"rule": "share", "scope": "each", "response": "60"}, 327),
        ({"rule": "number", "scope": "whole", "number": "270", "allocation": "equal"}, 90),
    ],
)
def test_a_plan_works_out_how_many_and_puts_them_into_the_sample(app, planner, made, plan, each):
    path = f"/surveys/{made.survey.id}/sample/plan"
    asked = {"allocation": "equal", **plan}
    page = planner.get(path, query_string=asked)
    assert page.status_code == 200
    assert planner.submit(path, asked).location == f"/surveys/{made.survey.id}/sample"
    selected = [chosen for _, chosen in strata(app).values()]
    assert max(selected) == each
    assert page.text.count(f'app-number">{each}</td>') >= 1


def test_a_plan_that_cannot_be_met_says_why(app, planner, made):
    path = f"/surveys/{made.survey.id}/sample/plan"
    asked = {"rule": "number", "scope": "whole", "number": "90", "allocation": "equal", "minimum": "50"}
    page = planner.get(path, query_string=asked)
    assert 'role="alert"' in page.text
    assert planner.submit(path, asked).status_code == 409
    wrong = planner.get(path, query_string={**asked, "margin": "abc", "share": "0"})
    assert "“abc” không phải" in wrong.text
    assert "từ 1 đến 99" in wrong.text
