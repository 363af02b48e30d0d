"""A sentence about a draft names its keys and kinds of questions in words, in the reader's language."""

from questionnaires import examine_questionnaire
from questionnaires.kinds import KINDS
from questionnaires.words import QUESTION_KINDS, key_in_words, kind_in_words
from tests.questionnaires.forms import definition, question, section, words


def said(faults, catalog):
    return {fault.place: fault.sentence(lambda text: catalog.get(text, text)) for fault in faults}


def test_a_key_and_a_kind_are_translated_with_their_sentence():
    form = definition(
        section("s", question("q", "long_text", criterion="1.1"), {"code": "r", "text": words("Hỏi")})
    )
    _form, faults = examine_questionnaire(form)
    catalog = {
        "“%(key)s” is missing.": "Thiếu “%(key)s”.",
        "kind": "loại",
        "A question of the kind “%(kind)s” cannot feed a criterion.": "Loại “%(kind)s” không tính điểm.",
        "long text": "đoạn văn",
    }
    assert said(faults, catalog) == {
        "sections.1.questions.1.criterion": "Loại “đoạn văn” không tính điểm.",
        "sections.1.questions.2.kind": "Thiếu “loại”.",
    }


def test_what_has_no_words_stands_as_it_is():
    assert (key_in_words("max_level"), kind_in_words("slider")) == ("max_level", "slider")


def test_every_kind_of_question_has_words():
    assert set(QUESTION_KINDS) == set(KINDS)
