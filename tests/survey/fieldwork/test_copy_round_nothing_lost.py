"""Whatever a round holds is copied, asked anew or declared to stay: the models themselves are asked."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence

import pytest
import sqlalchemy as sa

from survey.db import db
from survey.fieldwork.copying_fates import (
    FATES,
    LEFT_TABLES,
    LeftBehind,
    copied_columns,
    reasons_left_behind,
)
from survey.models import Round, RoundUnit, Sample, Stratum, Survey
from tests.survey.fieldwork.conftest import kept
from tests.survey.fieldwork.copied import copy_by_page, fill_round
from tests.survey.fieldwork.desk import stored


@pytest.fixture
def full(app):
    with app.app_context():
        return kept(fill_round())


def tables_of_a_round() -> set[sa.Table]:
    """The table of rounds, and every table whose rows hang on it by foreign keys, at any depth."""
    found = {Round.__table__}
    while more := {
        table
        for table in db.metadata.sorted_tables
        if table not in found and any(key.column.table in found for key in table.foreign_keys)
    }:
        found |= more
    return found


def copies(app, model: type, before: Iterable[object]) -> list[object]:
    """The rows that were not there before."""
    known = {sa.inspect(row).identity for row in before}
    return [row for row in stored(app, model) if sa.inspect(row).identity not in known]


def values(rows: Iterable[object], columns: Sequence[str]) -> list[str]:
    """The rows' values as text, in an order of their own."""
    return sorted(json.dumps([getattr(row, name) for name in columns], default=str) for row in rows)


def default_of(column: sa.Column) -> object:
    default = column.default
    return None if default is None else default.arg(None) if default.is_callable else default.arg


def test_every_table_that_hangs_on_a_round_is_declared():
    declared = {model.__table__ for model in (*FATES, *LEFT_TABLES)}
    assert {table.name for table in tables_of_a_round()} == {table.name for table in declared}


@pytest.mark.parametrize("model", FATES, ids=lambda model: model.__name__)
def test_every_column_is_declared(model):
    assert set(FATES[model]) == set(model.__table__.columns.keys())


def test_a_copy_holds_every_value_that_is_declared_copied(app, planner, full):
    before = {model: stored(app, model) for model in FATES}
    copy_by_page(app, planner, full)
    for model, rows in before.items():
        made = copies(app, model, rows)
        assert len(made) == len(rows), model
        assert values(made, copied_columns(model)) == values(rows, copied_columns(model)), model


def test_the_round_of_these_tests_has_a_value_of_its_own_wherever_something_is_copied(app, full):
    """Otherwise a column that is forgotten would look copied, because a new row starts with the same."""
    for model in FATES:
        for name in copied_columns(model):
            column = model.__table__.columns[name]
            for row in stored(app, model):
                assert getattr(row, name) not in (None, "", default_of(column)), f"{model.__name__}.{name}"


def test_what_stays_is_there_and_stays(app, planner, full):
    def look() -> dict[str, list[str]]:
        with app.app_context():
            rows = {each.__name__: db.session.execute(each.__table__.select()) for each in LEFT_TABLES}
            return {name: sorted(map(str, found)) for name, found in rows.items()}

    before = look()
    assert all(before.values()), "a table without rows proves nothing"
    copy_by_page(app, planner, full)
    assert look() == before


def test_columns_that_stay_begin_as_in_a_new_row(app, planner, full):
    before = {model: stored(app, model) for model in FATES}
    copy_by_page(app, planner, full)
    for model, rows in before.items():
        for name in (name for name, fate in FATES[model].items() if isinstance(fate, LeftBehind)):
            begun = default_of(model.__table__.columns[name])
            assert begun not in [getattr(row, name) for row in rows], f"{name} proves nothing"
            assert {str(getattr(row, name)) for row in copies(app, model, rows)} == {str(begun)}


def test_the_old_round_stays_as_it_was(app, planner, full):
    def look() -> list[list[str]]:
        own = {Round: Round.id == full.round.id, Survey: Survey.round_id == full.round.id}
        return [values(stored(app, model, own[model]), list(FATES[model])) for model in own]

    before = look()
    copy_by_page(app, planner, full)
    assert look() == before


def test_what_is_asked_anew_is_proposed_for_the_next_year(app, planner, full):
    copy = copy_by_page(app, planner, full)
    assert (copy.code, copy.year, copy.state, copy.synthetic) == ("so-nganh-2026", 2026, "planned", True)
    assert copy.title == {"vi": "Đánh giá năm 2026, các sở", "en": "Assessment of 2026"}
    assert (copy.starts_on, copy.ends_on) == (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    assert copy.self_score_due == datetime.date(2026, 11, 25)
    assert copy.framework_id == full.round.framework_id
    citizens, leaders = stored(app, Survey, Survey.round_id == copy.id)
    assert (citizens.code, citizens.slug, citizens.state) == ("citizens", "nguoi-dan-2026", "draft")
    assert (citizens.opens_on, citizens.closes_on) == (datetime.date(2026, 8, 1), datetime.date(2026, 9, 30))
    assert (leaders.code, leaders.slug) == ("leaders", "leaders-2026")
    assert citizens.questionnaire_id == full.survey.questionnaire_id
    frames = {sample.survey_id: sample.frame for sample in stored(app, Sample)}
    assert frames[citizens.id] == "Người nhận kết quả từ 1/1/2026 đến 30/6/2026"


def test_units_keep_their_groups_and_strata_their_surveys(app, planner, full):
    copy = copy_by_page(app, planner, full)
    groups = {
        each.unit_id: each.ranking_group for each in stored(app, RoundUnit, RoundUnit.round_id == copy.id)
    }
    first, second, third = (unit.id for unit in full.units)
    assert groups == {first: "so-nganh", second: "so-nganh", third: "khong-xep-hang"}
    query = sa.select(Survey.code, Stratum.unit_id, Stratum.population, Stratum.selected)
    query = query.join(Sample, Sample.survey_id == Survey.id).join(Stratum).order_by(Stratum.id)
    with app.app_context():
        strata = db.session.execute(query.where(Survey.round_id == copy.id)).all()
    assert sorted(map(tuple, strata)) == [
        ("citizens", first, 400, 90),
        ("citizens", second, 401, 91),
        ("citizens", third, 402, 92),
        ("leaders", second, 40, 40),
    ]


def test_the_page_says_everything_that_stays(planner, full):
    page = planner.get(f"/rounds/{full.round.id}/copy").text
    stays = [fate for fates in FATES.values() for fate in fates.values() if isinstance(fate, LeftBehind)]
    assert len(reasons_left_behind()) == len({fate.why for fate in (*stays, *LEFT_TABLES.values())}) == 14
    for sentence in ("Số khởi đầu ngẫu nhiên", "Mã cá nhân: mỗi thư", "tỷ lệ hồ sơ trễ hạn", "Các lần tính"):
        assert sentence in page, sentence
