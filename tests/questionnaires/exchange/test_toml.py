"""Definitions as TOML and JSON files: laid out for people, read back to the same record."""

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires import (
    dump_framework,
    dump_questionnaire,
    frameworks,
    library,
    parse_framework,
    parse_questionnaire,
)
from questionnaires.exchange.json import write_json
from questionnaires.exchange.toml import WIDTH, write_toml
from tests.questionnaires.forms import every_kind
from tests.questionnaires.random_definitions import sound_questionnaires

WITHOUT_SURROGATES = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | WITHOUT_SURROGATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WITHOUT_SURROGATES, inner, max_size=3),
    max_leaves=12,
)
KEYS = st.sampled_from(["code", "sections", "questions", "nodes", "text"]) | WITHOUT_SURROGATES

SMALL = """\
code = "form"
version = "1"
title.vi = "Phiếu"
title.en = "Phiếu (en)"
group = "citizen"
languages = ["vi", "en"]

[[sections]]
code = "s"
title.vi = "s"
title.en = "s (en)"

[[sections.questions]]
code = "q"
kind = "single"
text.vi = "q"
text.en = "q (en)"
choices = [
  {code = "a", text = {vi = "A", en = "A (en)"}},
  {code = "dk", text = {vi = "Dk", en = "Dk (en)"}, missing = "dont_know"},
]
"""


@pytest.mark.parametrize("name", library.names())
def test_every_questionnaire_of_the_library_comes_back_whole(name):
    questionnaire = library.load(name)
    written = write_toml(dump_questionnaire(questionnaire))
    assert parse_questionnaire(tomllib.loads(written)) == questionnaire
    assert parse_questionnaire(json.loads(write_json(dump_questionnaire(questionnaire)))) == questionnaire


@pytest.mark.parametrize("name", frameworks.names())
def test_every_shipped_framework_comes_back_whole(name):
    framework = frameworks.load(name)
    assert parse_framework(tomllib.loads(write_toml(dump_framework(framework)))) == framework


@given(sound_questionnaires())
def test_every_sound_questionnaire_comes_back_whole(definition):
    questionnaire = parse_questionnaire(definition)
    assert parse_questionnaire(tomllib.loads(write_toml(dump_questionnaire(questionnaire)))) == questionnaire


@given(st.dictionaries(KEYS, PLAIN, max_size=4))
def test_any_definition_comes_back_to_the_letter(definition):
    assert tomllib.loads(write_toml(definition)) == definition


def test_the_file_reads_as_if_written_by_hand():
    questionnaire = parse_questionnaire(tomllib.loads(SMALL))
    assert write_toml(dump_questionnaire(questionnaire)) == SMALL


def test_long_texts_are_broken_into_lines_that_fit_a_screen():
    written = write_toml(dump_questionnaire(library.load("citizen-satisfaction-2024")))
    intro = written.partition('intro.vi = """')[2].partition('"""')[0].splitlines()
    assert len(intro) > 3
    assert max(map(len, intro)) <= WIDTH


def test_what_a_draft_leaves_blank_stays_away():
    draft = {"code": None, "sections": [{"title": {"vi": None, "en": "A"}, "languages": ["vi", None]}]}
    assert tomllib.loads(write_toml(draft)) == {"sections": [{"title": {"en": "A"}, "languages": ["vi"]}]}


def test_a_questionnaire_of_every_kind_is_written_the_same_each_time():
    definition = dump_questionnaire(every_kind())
    assert write_toml(definition) == write_toml(definition)
    assert write_json(definition).endswith("}\n")
