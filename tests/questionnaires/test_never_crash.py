"""Whatever is thrown at a definition or an answer, it is told what is wrong and nothing breaks."""

import datetime
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import (
    DefinitionError,
    dump_framework,
    dump_questionnaire,
    examine_framework,
    examine_questionnaire,
    parse_framework,
    parse_questionnaire,
)
from questionnaires.answers import OFF_ROUTE, check_answers, read_form, show, write_form
from questionnaires.check import check_framework, check_questionnaire, coverage
from questionnaires.routing import asked, on_route
from tests.questionnaires.forms import every_kind
from tests.questionnaires.random_definitions import (
    JSON,
    answers,
    broken_frameworks,
    broken_questionnaires,
    raw_forms,
    sound_questionnaires,
    values,
)

TODAY = datetime.date(2024, 12, 2)
EVERY_KIND = every_kind()
CODES = [item.code for item in EVERY_KIND.items()]


def spoken(faults):
    """Every fault must be a sentence that can be stored and sent."""
    for fault in faults:
        assert fault.sentence(language="en")
        str(fault).encode()


def parse_or_refuse(parse, check, dump, definition):
    try:
        record = parse(definition)
    except DefinitionError as error:
        faults = error.faults
    else:
        faults = check(record)
        assert parse(json.loads(json.dumps(dump(record), allow_nan=False))) == record
        assert faults == []
    spoken(faults)


@settings(deadline=None)
@given(broken_questionnaires(), broken_frameworks())
def test_an_unfinished_draft_shows_what_it_asks(questionnaire, framework):
    asking, faults = examine_questionnaire(questionnaire)
    counting, more = examine_framework(framework)
    spoken([*faults, *more, *coverage(counting, [asking]).faults()])


@settings(deadline=None)
@given(JSON | broken_questionnaires())
def test_a_questionnaire_is_read_or_refused(definition):
    parse_or_refuse(parse_questionnaire, check_questionnaire, dump_questionnaire, definition)


@settings(deadline=None)
@given(JSON | broken_frameworks())
def test_a_framework_is_read_or_refused(definition):
    parse_or_refuse(parse_framework, check_framework, dump_framework, definition)


@settings(deadline=None)
@given(st.data())
def test_any_sound_form_routes_and_checks_any_answers(data):
    definition = data.draw(sound_questionnaires())
    questionnaire = parse_questionnaire(definition)
    given_answers = data.draw(answers([item.code for item in questionnaire.items()]))
    route = on_route(questionnaire, given_answers, today=TODAY)
    assert on_route(questionnaire, route, today=TODAY) == route
    assert asked(questionnaire, route, today=TODAY) == asked(questionnaire, given_answers, today=TODAY)
    for complete in (False, True):
        spoken(check_answers(questionnaire, given_answers, today=TODAY, complete=complete))
        for section in questionnaire.sections:
            spoken(check_answers(questionnaire, given_answers, today=TODAY, complete=complete, only=section))
    faults = check_answers(questionnaire, route, today=TODAY, complete=True)
    assert [fault for fault in faults if fault.template == OFF_ROUTE] == []


@given(raw_forms(CODES))
def test_what_is_read_from_a_form_is_what_would_be_stored(form):
    read, faults = read_form(EVERY_KIND, form)
    spoken(faults)
    assert json.loads(json.dumps(read)) == read
    assert read_form(EVERY_KIND, write_form(read)) == (read, [])


@given(st.sampled_from(list(EVERY_KIND.questions())), values())
def test_any_value_can_be_shown(question, value):
    assert isinstance(show(question, value, "vi"), str)
