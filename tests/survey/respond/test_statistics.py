"""How people get through a form is counted in sums, and nothing about any one of them is kept."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from survey.db import db, today
from survey.models import WayCount
from survey.respond.statistics import storing
from survey.respond.statistics.counts import MOST, OLDEST, Counts, Happening
from survey.respond.statistics.devices import device_of
from survey.respond.statistics.durations import BOUNDS, bucket, median
from tests.survey.respond.surveyed import ABOUT_YOU, SERVICE, VISIT

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"


@pytest.fixture(autouse=True)
def waiting(app) -> Counts:
    """The counts of this process, of which nothing waits from earlier tests."""
    found = app.extensions["way_counts"]
    found.take()
    return found


def sums(app) -> dict[str, int]:
    """What is written down once it was time to: "event key" → how often."""
    with app.app_context():
        storing.flush(app.extensions["way_counts"], db.engine)
        return {
            f"{row.event} {row.key}".strip(): row.count for row in db.session.scalars(sa.select(WayCount))
        }


def pages_of(counted: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in counted.items() if name.startswith(("reached", "saved"))}


def test_the_whole_way_is_counted_page_by_page(app, citizen):
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    assert sums(app) == {
        "started": 1,
        "device desktop": 1,
        "language vi": 1,
        "reached section-1": 1,
        "saved section-1": 1,
        "reached section-3": 1,
        "saved section-3": 1,
        "reached section-4": 1,
        "saved section-4": 1,
        "reached section-check": 1,
        "time section-1/0": 1,
        "time section-3/0": 1,
        "time section-4/0": 1,
        "finished online": 1,
    }


def test_going_back_reloading_and_changing_an_answer_count_nothing_more(app, citizen):
    citizen.answer(**VISIT)
    once = pages_of(sums(app))
    citizen.open(citizen.path)
    citizen.open(f"/k/{citizen.slug}/1")
    citizen.answer(**VISIT, visited_on="01/02/2022")
    citizen.open(f"/k/{citizen.slug}")
    citizen.post(f"/k/{citizen.slug}", {})
    assert pages_of(sums(app)) == once
    assert sums(app)["started"] == 1


def test_a_page_that_had_to_be_mended_is_saved_once(app, citizen):
    citizen.answer(visits="2")  # a required answer is missing, the other one is kept
    assert pages_of(sums(app)) == {"reached section-1": 1}
    citizen.answer(**VISIT)
    assert pages_of(sums(app)) == {"reached section-1": 1, "saved section-1": 1, "reached section-3": 1}


def test_a_page_that_asks_more_because_of_an_answer_is_saved_once_and_its_time_goes_on(app, citizen):
    citizen.hidden["form-shown"] = str(int(time.time()) - 15)
    citizen.answer(received="yes")  # without scripts, the page comes again with one question more
    assert pages_of(sums(app)) == {"reached section-1": 1}
    citizen.answer(received="yes", late="no")
    counted = sums(app)
    assert pages_of(counted) == {"reached section-1": 1, "saved section-1": 1, "reached section-3": 1}
    assert counted["time section-1/2"] == 1


def test_a_page_left_open_over_lunch_has_no_time(app, citizen):
    citizen.hidden["form-shown"] = str(int(time.time()) - 4000)
    citizen.answer(**VISIT)
    assert [name for name in sums(app) if name.startswith("time")] == []


@pytest.mark.parametrize("nonsense", ["", "soon", "-1", "²", "9" * 5000, "1700000000++"])
def test_nonsense_about_when_a_page_was_shown_stops_nobody(app, citizen, nonsense):
    citizen.hidden["form-shown"] = nonsense
    citizen.answer(**VISIT)
    assert citizen.path.endswith("/3")
    assert not [name for name in sums(app) if name.startswith("time")]


def test_sending_twice_finishes_once(app, citizen):
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.open(f"/k/{citizen.slug}/check")
    form, path = dict(citizen.hidden), f"/k/{citizen.slug}/check"
    citizen.post(path, {})
    citizen.client.post(path, data=form)
    assert sums(app)["finished online"] == 1


def test_device_and_language_are_counted_at_the_start(app, newcomer, a_round):
    person = newcomer()
    person.client.environ_base["HTTP_USER_AGENT"] = IPHONE
    person.client.set_cookie("language", "en")
    person.start(a_round.units[0])
    counted = sums(app)
    assert (counted["device phone"], counted["language en"]) == (1, 1)


def test_people_of_one_survey_add_up(app, newcomer, a_round):
    for number in (1, 2, 3):
        newcomer().start(a_round.units[0])
        assert sums(app)["started"] == number


def test_nothing_counted_says_who_or_when(app, citizen):
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    citizen.send()
    sums(app)
    with app.app_context():
        rows = [tuple(row) for row in db.session.execute(sa.select(WayCount.__table__))]
    assert {column.name for column in WayCount.__table__.columns} == {"survey_id", "event", "key", "count"}
    assert str(today().year) not in str(rows)


def test_counts_are_written_after_the_reply_and_not_before_it_is_time(app, citizen, waiting):
    reply = citizen.client.get(f"/k/{citizen.slug}/1")
    reply.close()
    assert waiting.waiting == 4
    waiting.since -= OLDEST + 1
    reply = citizen.client.get(f"/k/{citizen.slug}/1")
    assert waiting.waiting == 4  # the reply is made, and nobody waited for it
    reply.close()
    assert waiting.waiting == 0
    assert sums(app)["started"] == 1


def test_a_failed_writing_keeps_the_counts_and_harms_no_request(app, citizen, waiting, monkeypatch):
    def fails(*_anything: object) -> None:
        raise OperationalError("insert", {}, Exception("database is locked"))

    waiting.since -= OLDEST + 1
    with monkeypatch.context() as patch:
        patch.setattr(storing, "store", fails)
        reply = citizen.client.get(f"/k/{citizen.slug}/1")
        reply.close()
    assert reply.status_code == 200
    assert waiting.waiting == 4
    assert not waiting.are_due()  # it is not tried again at every request
    assert sums(app)["started"] == 1


def test_counts_of_a_survey_that_is_gone_are_forgotten(app, waiting):
    waiting.add(Happening(987_654, "started"))
    assert sums(app) == {}
    assert waiting.waiting == 0


def test_what_waits_is_written_down_when_the_process_ends(app, citizen, waiting):
    storing.store_at_exit(app)
    assert waiting.waiting == 0
    assert sums(app)["started"] == 1


def test_counts_are_due_when_they_are_old_or_many():
    now = [0.0]
    counts = Counts(clock=lambda: now[0])
    assert not counts.are_due()
    counts.add(Happening(1, "started"))
    assert not counts.are_due()
    now[0] = OLDEST + 1
    assert counts.are_due()
    counts.take()
    for _ in range(MOST + 1):
        counts.add(Happening(1, "started"))
    assert counts.are_due()


def test_threads_lose_no_count():
    counts = Counts()
    taken = []

    def count() -> None:
        for number in range(2_000):
            counts.add(Happening(1, "started"))
            if number % 100 == 0:
                taken.append(counts.take())

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sum(each.values()) for each in [*taken, counts.take()]) == 16_000


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        (IPHONE, "phone"),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-A145F) Chrome/125 Mobile Safari/537.36",
            "phone",
        ),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Chrome/125 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148", "tablet"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/125 Safari/537.36", "desktop"),
        ("", "desktop"),
    ],
)
def test_devices_are_told_apart(user_agent, device):
    assert device_of(user_agent) == device


def test_times_fall_into_buckets():
    assert [bucket(seconds) for seconds in (0, 4.9, 5, 39, 319, 320, 3600)] == [0, 0, 1, 3, 6, 7, 7]
    assert [bucket(seconds) for seconds in (-1, 3601)] == [None, None]
    assert len(BOUNDS) == 7


def test_the_median_is_interpolated_within_its_bucket():
    assert median([0] * 8) is None
    assert median([0, 0, 0, 10, 0, 0, 0, 0]) == 30  # halfway between 20 and 40
    assert median([4, 0, 4, 0, 0, 0, 0, 0]) == 5  # half of them took less than five seconds
    assert median([1, 0, 0, 2, 1, 0, 0, 0]) == 30
    assert median([0, 0, 0, 0, 0, 0, 0, 3]) == float("inf")
