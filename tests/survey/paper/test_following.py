"""Where a form is, and what an enumerator has not brought back yet."""

from __future__ import annotations

from survey.collection.paper import WantedBatch, find_by_serial, mark_forms, print_batches, whereabouts
from survey.collection.paper.following import runs
from survey.db import db
from tests.survey.factory import make_round, make_user
from tests.survey.paper.room import LAYOUT, key, make_room


def test_a_form_is_found_by_its_serial():
    room = make_room(forms=3)
    assert find_by_serial(room.form(2).serial) == room.form(2)
    assert find_by_serial(999) is None


def test_what_is_missing_is_named_by_who_handed_it_out():
    made, person = make_round(db.session), make_user(db.session, "supervisor")
    stratum_id = made.strata[0].id
    wanted = [
        WantedBatch(stratum_id, "B", 6, "Xã Ea Kao", "Nguyễn Thị Tư"),
        WantedBatch(stratum_id, "A", 2, "Xã Ea Kao", "Lê Văn Ba"),
        WantedBatch(stratum_id, "C", 1),
    ]
    first, *_ = print_batches(made.survey, wanted, LAYOUT, language="vi", person=person)
    mark_forms(first, [1, 2, 4, 5, 6], "issued", person)
    mark_forms(first, [2], "returned", person)
    mark_forms(first, [6], "lost", person, "mất")
    found = whereabouts(made.survey.id)
    assert [each.batch.enumerator for each in found] == ["Lê Văn Ba", "Nguyễn Thị Tư", ""]
    assert (found[0].missing, found[0].out) == (2, [(1, 2)])
    assert found[1].counts == {"issued": 3, "returned": 1, "lost": 1, "printed": 1}
    assert (found[1].back, found[1].missing, found[1].out) == (1, 4, [(1, 1), (3, 5)])


def test_keyed_forms_are_back():
    room = make_room(forms=2)
    key(room, room.lan)
    (found,) = whereabouts(room.made.survey.id)
    assert (found.keyed, found.back, found.out) == (1, 1, [(2, 2)])


def test_runs_of_numbers():
    assert runs([]) == []
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
