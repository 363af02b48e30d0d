"""A questionnaire is copied to the next year: nothing is lost, whatever settings there come to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from typing import Any

import pytest

from questionnaires import dump_questionnaire, library, parse_questionnaire
from questionnaires.editing.questionnaire_head import head_of, next_version, set_head
from questionnaires.editing.questionnaire_languages import add_language, remove_language, rename_language
from questionnaires.editing.refused import EditRefused
from questionnaires.schema import Choice, Question, Questionnaire, Row, Scale, Section
from tests.questionnaires.forms import choice, definition, question, section, words

RECORDS = (Questionnaire, Section, Question, Row, Scale, Choice)


def with_every_setting() -> dict[str, Any]:
    """A definition that gives every setting of every record something other than its default."""
    matrix = question(
        "ratings",
        "matrix",
        hint=words("Gợi ý"),
        required=True,
        relevant="${visits} > 0",
        constraint=". != 'no'",
        constraint_message=words("Sai"),
        scale="agree",
        rows=[{"code": "signs", "text": words("Biển"), "criterion": "satisfaction", "factor": "access"}],
        criterion="satisfaction",
        factor="access",
        unit_of_rating="commune",
        profile=True,
        sensitive=True,
    )
    return definition(
        section("visit", question("visits", "integer")),
        section("rating", matrix, intro=words("Dẫn"), relevant="${visits} < 9"),
        scales=[{"code": "agree", "choices": [choice("no"), choice("yes"), choice("dk", "dont_know")]}],
        factors={"access": words("Tiếp cận")},
        intro=words("Kính thưa"),
        illustrative=True,
        source="SIPAS 2024",
    )


def records(value: Any) -> Iterator[Any]:
    """Every record inside a value, itself included."""
    if is_dataclass(value):
        yield value
        for field in fields(value):
            yield from records(getattr(value, field.name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from records(entry)


def default_of(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


@pytest.mark.parametrize("record", RECORDS)
def test_the_example_sets_every_setting_there_is(record):
    found = [one for one in records(parse_questionnaire(with_every_setting())) if type(one) is record]
    unset = [
        field.name
        for field in fields(record)
        if all(getattr(one, field.name) == default_of(field) for one in found)
    ]
    assert unset == []


def test_the_copy_differs_in_its_version_alone():
    before = parse_questionnaire(with_every_setting())
    for original in (with_every_setting(), dump_questionnaire(before)):
        after = parse_questionnaire(next_version(original, "2025"))
        for field in fields(Questionnaire):
            expected = "2025" if field.name == "version" else getattr(before, field.name)
            assert getattr(after, field.name) == expected, field.name


def test_the_copy_may_bear_another_code():
    shipped = library.load("citizen-satisfaction-2024")
    copy = next_version(dump_questionnaire(shipped), "1", "citizen-satisfaction-2025")
    assert parse_questionnaire(copy) == replace(shipped, code="citizen-satisfaction-2025")


def test_a_copy_needs_a_name_of_its_own():
    for version, code, reason in (
        ("1", None, "there already"),
        (" ", None, "missing"),
        ("2", "Ă", "no code"),
    ):
        with pytest.raises(EditRefused, match=reason):
            next_version(with_every_setting(), version, code)


def test_the_copy_shares_nothing_with_the_original():
    original = with_every_setting()
    next_version(original, "2")["sections"][0]["questions"].clear()
    assert original == with_every_setting()


def test_another_head_leaves_the_body_alone():
    form = with_every_setting()
    head = head_of(form) | {"title": words("Khác"), "sections": []}
    del head["source"]
    changed = parse_questionnaire(set_head(form, head))
    assert changed == replace(parse_questionnaire(form), title=words("Khác"), source="")


def test_a_language_goes_with_all_its_texts():
    form = remove_language(with_every_setting(), "en")
    assert "(en)" not in str(form)
    assert parse_questionnaire(form).languages == ("vi",)
    with pytest.raises(EditRefused, match="at least one language"):
        remove_language(form, "vi")
    with pytest.raises(EditRefused, match="does not name the language “en”"):
        remove_language(form, "en")


def test_a_language_gets_its_right_name_everywhere():
    form = rename_language(with_every_setting(), "en", "fr")
    assert parse_questionnaire(form).languages == ("vi", "fr")
    assert rename_language(form, "fr", "en") == with_every_setting()
    assert rename_language(form, "vi", "vi") == form
    for new, sentence in (("vi", "used already"), ("French", "not a language code")):
        with pytest.raises(EditRefused, match=sentence):
            rename_language(form, "fr", new)
    with pytest.raises(EditRefused, match="does not name the language “en”"):
        rename_language(form, "en", "de")


def test_a_language_comes_without_texts():
    form = add_language(with_every_setting(), "fr")
    assert form["languages"] == ["vi", "en", "fr"]
    with pytest.raises(ValueError, match="The text in “fr” is missing"):
        parse_questionnaire(form)
    with pytest.raises(EditRefused, match="used already"):
        add_language(form, "vi")
    with pytest.raises(EditRefused, match="not a language code"):
        add_language(form, "Tiếng Pháp")


def test_factors_with_codes_as_short_as_a_language_keep_their_titles():
    form = with_every_setting() | {"factors": {"en": words("Tiếp cận")}}
    assert remove_language(form, "en")["factors"] == {"en": {"vi": "Tiếp cận"}}
