"""An agency's page: where each of its figures comes from."""

from __future__ import annotations

import sqlalchemy as sa

from survey.db import db
from survey.models import Response, ResponseVersion, Stratum, Unit
from tests.survey.answered import ANSWERS


def test_a_figure_on_the_page_is_traced_back_to_the_answers(reader, shared_run):
    """The weighted mean of one agency's satisfaction, from the rows of the database: each stratum's people
    are shared among its responses, and an answer that is missing takes no part in its item's mean.
    """
    unit = shared_run.round.units[0]
    values, sums = {"low": 0.0, "middle": 0.5, "high": 1.0}, {}
    with shared_run.app.app_context():
        rows = db.session.execute(
            sa.select(Stratum.id, Stratum.population, ResponseVersion.answers)
            .select_from(Response)
            .join(ResponseVersion, ResponseVersion.response_id == Response.id)
            .join(Stratum, Stratum.id == Response.stratum_id)
            .join(Unit, Unit.id == Response.unit_id)
            .where(Unit.code == unit)
        ).all()
    in_stratum = {stratum: sum(row[0] == stratum for row in rows) for stratum, _, _ in rows}
    for stratum, population, answers in rows:
        for item in ("polite", "clear"):
            if answers.get(item) in values:
                weight, total = sums.get(item, (0.0, 0.0))
                each = population / in_stratum[stratum]
                sums[item] = (weight + each, total + each * values[answers[item]])
    rate = sum(total / weight for weight, total in sums.values()) / len(sums)
    page = reader.get(f"{shared_run.address}/units/{unit}").text
    assert f"Mức đạt: {100 * rate:.2f}".replace(".", ",") in page
    assert f"{54 + 40 * rate:.2f}".replace(".", ",") in page


def test_the_page_of_an_agency_says_where_every_point_comes_from(reader, shared_run):
    unit = shared_run.round.units[0]
    page = reader.get(f"{shared_run.address}/units/{unit}").text
    assert "Thẩm định tài liệu kiểm chứng" in page
    assert "Điểm tự chấm: 60,00" in page
    assert "small-rating" in page  # the form,
    assert "polite, clear" in page  # its items,
    assert "8 phiếu" in page  # how many answered,
    assert f"{unit}-far" in page  # from which stratum,
    assert "20,00" in page  # and how many people each speaks for: 100 / 5
    assert "câu chữ minh họa" in page


def test_small_groups_are_not_shown(app, client, sign_in, the_round, press):
    """Three people rated the second agency: with a minimum of five, its satisfaction is left out."""
    assert len(ANSWERS[1, "all"][1]) == 3
    sign_in("analyst")
    page = client.get(f"{press()}/units/{the_round.units[1]}").text
    assert "quá ít phiếu để nêu số liệu" in page
    assert "Chỉ có 3 phiếu." in page
    page = client.get(f"{press(minimum_cell='1')}/units/{the_round.units[1]}").text
    assert "quá ít phiếu để nêu số liệu" not in page
