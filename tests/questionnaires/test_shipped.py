"""Every definition that ships: it parses, its check finds nothing, and it survives being written out."""

import json

import pytest

from questionnaires import (
    dump_framework,
    dump_questionnaire,
    frameworks,
    library,
    parse_framework,
    parse_questionnaire,
)
from questionnaires.check import check_framework, check_questionnaire


@pytest.mark.parametrize("name", library.names())
def test_a_shipped_questionnaire_is_sound(name):
    questionnaire = library.load(name)
    assert questionnaire.code == name
    assert check_questionnaire(questionnaire) == []
    assert parse_questionnaire(json.loads(json.dumps(dump_questionnaire(questionnaire)))) == questionnaire


@pytest.mark.parametrize("name", frameworks.names())
def test_a_shipped_framework_is_sound(name):
    framework = frameworks.load(name)
    assert framework.code == name
    assert check_framework(framework) == []
    assert parse_framework(json.loads(json.dumps(dump_framework(framework)))) == framework


@pytest.mark.parametrize("shelf", [library, frameworks])
def test_definitions_are_read_once_and_only_by_their_names(shelf):
    name = shelf.names()[0]
    assert shelf.load(name) is shelf.load(name)
    assert shelf.source(name)["code"] == name
    with pytest.raises(LookupError, match=name):
        shelf.load(name + "x")
    with pytest.raises(LookupError):
        shelf.source("../library/" + name)
