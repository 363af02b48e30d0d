"""The first page of who comes back: short, where they stand, and the way on before all else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from survey.models import Draft
from tests.survey.citizen import Citizen
from tests.survey.respond.surveyed import ABOUT_YOU, SERVICE, VISIT, Round, says
from tests.survey.sittings import make_sitting, rows_at

FOLDED = re.compile(r"<details.*?</details>", re.S)


def main(person: Citizen) -> str:
    return re.search(r"<main.*?</main>", person.page.text, re.S).group(0)


def unfolded_words(person: Citizen) -> int:
    """How many words of the page are to be read before anything is unfolded."""
    return len(re.sub(r"<[^>]+>", " ", FOLDED.sub("", main(person))).split())


def come_back(person: Citizen, unit: str | None = None) -> None:
    """In English, whose words the tests below name."""
    person.client.submit("/language/en", {"next": f"/k/{person.slug}"})
    person.open(f"/k/{person.slug}" + (f"?unit={unit}" if unit else ""))


def test_the_way_on_comes_first_and_all_else_is_folded_or_below(
    citizen: Citizen, newcomer: Callable[[], Citizen]
) -> None:
    citizen.answer(**VISIT)
    come_back(citizen)
    page = main(citizen)
    first_button = re.search(r"<button[^>]*>(.*?)</button>", page, re.S)
    assert first_button.group(1) == "Continue where you left off"
    assert first_button.start() < page.index("<details") < page.index('name="anew"')
    (promises,) = [each for each in FOLDED.findall(page) if "Law 91/2025/QH15" in each]
    assert "<details open" not in page
    assert "Who asks" in promises
    assert "Law 91" not in FOLDED.sub("", page)
    stranger = newcomer()
    come_back(stranger)
    assert unfolded_words(citizen) < unfolded_words(stranger) / 2


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((), "You have begun this form. Go on where you stopped."),
        (({"visits": "2", "form-later": "1"},), "Your answers are kept: 0 of 3 sections answered."),
        ((VISIT,), "Your answers are kept: 1 of 3 sections answered."),
        (({"received": "yes", "late": "yes"},), "Your answers are kept: 1 of 4 sections answered."),
        ((VISIT, SERVICE), "Your answers are kept: 2 of 3 sections answered."),
        (
            (VISIT, SERVICE, ABOUT_YOU),
            "You have answered all sections. Your answers are kept, but not sent yet.",
        ),
    ],
)
def test_it_says_where_the_answers_stand(citizen: Citizen, pages: tuple[dict, ...], said: str) -> None:
    citizen.answer_all(*pages)
    come_back(citizen)
    assert said in citizen.page.text


def test_who_answered_all_is_led_to_the_check(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(VISIT, SERVICE, ABOUT_YOU)
    come_back(citizen)
    assert says(citizen, ">Check and send</button>")
    assert not says(citizen, "Continue where you left off")
    citizen.post(f"/k/{a_round.slug}", {"unit": a_round.units[1]})
    assert citizen.path.endswith("/check")


def test_who_left_a_page_blank_goes_on_with_it(citizen: Citizen, a_round: Round) -> None:
    """Its section counts as answered, and yet the button leads to it and not to the check."""
    a_round.change(page_by="question")
    citizen.open(f"/k/{a_round.slug}/1")
    citizen.answer_all({"received": "no"}, {"visits": "2"}, {})
    come_back(citizen)
    assert says(citizen, ": 1 of 3 sections answered", ">Continue where you left off</button>")
    citizen.open(f"/k/{a_round.slug}/5")
    citizen.answer_all(
        {"polite": "high", "clear": "dont_know"}, {"improve": ["time"]}, {"ethnicity": "refused"}
    )
    come_back(citizen)
    assert says(citizen, ": 3 of 3 sections answered", ">Continue where you left off</button>")


def test_the_agency_is_changed_from_the_check_and_back(citizen: Citizen, a_round: Round) -> None:
    citizen.answer_all(
        VISIT, SERVICE, {"form-later": "1"}
    )  # the last page, where all is optional, stays blank
    citizen.open(f"/k/{a_round.slug}/check")
    (change,) = re.findall(rf'href="(/k/{a_round.slug}\?\S*)#agency"', main(citizen))
    citizen.open(change)
    opened = re.search(r"<details[^>]* open>.*?</details>", main(citizen), re.S).group(0)
    assert ' id="agency"' in opened
    assert 'id="unit"' in opened
    assert '<button type="submit"' in opened  # the page's own lies above, out of sight on a telephone
    assert says(citizen, "Xem lại và gửi phiếu", f'href="/k/{a_round.slug}/check"')
    citizen.post(f"/k/{a_round.slug}", {})
    assert says(citizen, "<details", " open>")
    citizen.post(f"/k/{a_round.slug}", {"unit": a_round.units[2]})
    assert citizen.path.endswith("/check")
    assert says(citizen, a_round.unit_names[2])
    citizen.open(f"/k/{a_round.slug}")
    assert not re.search(r"<details[^>]* open", main(citizen))


def test_a_section_in_several_pages_counts_once_all_are_answered(citizen: Citizen, a_round: Round) -> None:
    a_round.change(page_by="question")
    citizen.open(f"/k/{a_round.slug}/1")
    citizen.answer(received="yes")
    come_back(citizen)
    assert says(citizen, ": 0 of 3 sections answered")  # whether it was late is still to be asked
    citizen.open(f"/k/{a_round.slug}/2")
    citizen.answer(late="no")
    come_back(citizen)
    assert says(citizen, ": 1 of 3 sections answered")


def test_a_sitting_is_gone_on_with_by_the_same_page(app: Flask) -> None:
    a_round = make_sitting(app, units=3)
    deputy = Citizen(app.test_client(), a_round.slug)
    deputy.start()
    deputy.answer(**{rows_at(deputy.page.text)[0]: "good"})
    come_back(deputy)
    assert re.search(r": \d of \d+ sections? answered", deputy.page.text)
    assert not says(deputy, 'name="unit"')


def test_who_comes_back_by_a_link_to_another_agency_is_shown_the_choice(
    citizen: Citizen, a_round: Round
) -> None:
    """Nothing that was said about one agency moves to another out of sight."""
    citizen.answer(**VISIT)
    come_back(citizen, a_round.units[2])
    assert '<details class="govuk-details" open>' in citizen.page.text
    assert re.search(rf'value="{a_round.units[2]}" checked', citizen.page.text)
    come_back(citizen, "unknown")
    assert re.search(rf'value="{a_round.units[1]}" checked', citizen.page.text)
    assert says(citizen, "not part of this survey")


def test_starting_anew_stands_by_itself(citizen: Citizen, a_round: Round) -> None:
    citizen.answer(**VISIT)
    come_back(citizen)
    citizen.post(f"/k/{a_round.slug}", {"anew": "1"})
    assert a_round.count(Draft) == 0
    assert says(citizen, "I agree, start")
