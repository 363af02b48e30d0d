"""A planner writes a questionnaire down and is told everything that is wrong with it at once."""

import json
import unicodedata

import pytest

from questionnaires import DefinitionError, dump_questionnaire, parse_questionnaire
from questionnaires.check import check_questionnaire
from questionnaires.schema import Choice, Question, Questionnaire, Section
from tests.questionnaires.forms import AGREE, choice, definition, every_kind, question, section, words


@pytest.fixture
def visit():
    """A small form: a filter question, a matrix for those who got their result, a question about age."""
    rows = [
        {"code": "signs", "text": words("Biển")},
        {"code": "seats", "text": words("Ghế"), "criterion": "1.2"},
    ]
    number = {"constraint": ". >= 0", "constraint_message": words("Từ 0 trở lên.")}
    return definition(
        section(
            "visit", question("received", "scale", scale="agree"), question("visits", "integer", **number)
        ),
        section(
            "rating",
            question("access_items", "matrix", scale="agree", rows=rows),
            question("remarks", "long_text"),
            question("age", "integer", profile=True),
            criterion="satisfaction",
            factor="access",
            relevant="${received}   =   'yes'",
        ),
        scales=[AGREE],
        factors={"access": words("Tiếp cận")},
    )


def faults_of(definition):
    """Place → sentence of every fault."""
    with pytest.raises(DefinitionError) as error:
        parse_questionnaire(definition)
    return {fault.place: fault.sentence() for fault in error.value.faults}


def test_a_sound_definition_becomes_a_record_and_comes_back(visit):
    questionnaire = parse_questionnaire(visit)
    assert check_questionnaire(questionnaire) == []
    assert parse_questionnaire(json.loads(json.dumps(dump_questionnaire(questionnaire)))) == questionnaire
    assert dump_questionnaire(questionnaire)["sections"][1]["relevant"] == "${received} = 'yes'"
    assert parse_questionnaire(dump_questionnaire(every_kind())) == every_kind()


def test_what_stands_at_its_default_is_not_written_out(visit):
    written = dump_questionnaire(parse_questionnaire(visit))
    assert written["sections"][0]["questions"][0] == {
        "code": "received",
        "kind": "scale",
        "text": words("received"),
        "scale": "agree",
    }


def test_a_sections_criterion_reaches_what_rates_and_nothing_else(visit):
    fed = {item.code: (item.criterion, item.factor) for item in parse_questionnaire(visit).items()}
    assert fed == {
        "received": (None, None),
        "visits": (None, None),
        "signs": ("satisfaction", "access"),
        "seats": ("1.2", "access"),
        "remarks": (None, None),
        "age": (None, None),
    }


def test_texts_are_kept_in_one_normal_form(visit):
    visit["title"]["vi"] = unicodedata.normalize("NFD", "  Phiếu hài lòng\x00 ")
    assert parse_questionnaire(visit).title["vi"] == "Phiếu hài lòng"


def test_ten_faults_are_named_at_once(visit):
    first, rating = visit["sections"]
    del visit["title"]["vi"]
    visit["group"] = "citizens"
    visit["illustrative"] = "yes"
    first["questions"][0]["requird"] = True
    first["questions"][0]["scale"] = "agre"
    first["questions"][1]["kind"] = "number"
    first["questions"][1]["constraint"] = ". >="
    rating["relevant"] = "${recieved} = 'yes'"
    rating["questions"][0]["rows"][1]["code"] = "signs"
    rating["questions"][1]["relevant"] = "${age} > 18"
    assert faults_of(visit) == {
        "group": "“citizens” is not known here. Did you mean “citizen”?",
        "illustrative": '“true” or “false” is expected here; found "yes".',
        "sections.1.questions.1.requird": "“requird” means nothing here. Did you mean “required”?",
        "sections.1.questions.1.scale": "“agre” is not known here. Did you mean “agree”?",
        "sections.1.questions.2.constraint": (
            "The expression ends too early: a value or a bracket is missing at column 5."
        ),
        "sections.1.questions.2.kind": (
            "“number” is not known here; there are: single, multiple, scale, matrix, integer, decimal, text, "
            "long_text, date, rank, note, place, unit."
        ),
        "sections.2.questions.1.rows.2.code": "The code “signs” is used more than once.",
        "sections.2.questions.2.relevant": (
            "The expression depends on “age”, which is asked only here or later."
        ),
        "sections.2.relevant": (
            "The expression names “recieved”, which takes no answer here. Did you mean “received”?"
        ),
        "title.vi": "The text in “vi” is missing.",
    }


@pytest.mark.parametrize(
    ("change", "place", "complaint"),
    [
        (lambda form: form.pop("code"), "code", "missing"),
        (lambda form: form.update(code="Một cửa"), "code", "no code"),
        (lambda form: form.update(version=1), "version", "Text is expected here; found 1."),
        (lambda form: form.update(languages=[]), "languages", "At least one language"),
        (
            lambda form: form.update(languages=["vi", "en", "vietnamese"]),
            "languages.3",
            "not a language",
        ),
        (lambda form: form.update(intro={"vi": "Chào"}), "intro.en", "“en” is missing"),
        (lambda form: form["title"].update(fr="Formulaire"), "title.fr", "does not name the language"),
        (lambda form: form.update(title="Phiếu"), "title", "A table of names and values"),
        (lambda form: form.update(sections=[]), "sections", "at least one section"),
        (lambda form: form.update(sections={}), "sections", "A list is expected here; found {…}."),
        (lambda form: form["sections"].append("hết"), "sections.3", 'found "hết"'),
        (lambda form: form["sections"].append(section("empty")), "sections.3.questions", "has no question"),
        (
            lambda form: form["sections"].append(section("visit", question("x", "note"))),
            "sections.3.code",
            "more than",
        ),
        (lambda form: form["scales"].append(AGREE), "scales.2.code", "more than once"),
        (
            lambda form: form["sections"][1].update(factor="acess"),
            "sections.2.questions.1.rows.1.factor",
            "“access”",
        ),
    ],
)
def test_faults_of_the_whole(visit, change, place, complaint):
    change(visit)
    faults = faults_of(visit)
    assert complaint in faults[place]


@pytest.mark.parametrize(
    ("kind", "details", "place", "complaint"),
    [
        ("single", {}, "choices", "needs 1 or more choices"),
        ("single", {"choices": [choice("dk", "dont_know")]}, "choices", "needs 1 or more choices"),
        ("scale", {"choices": [choice("a")]}, "choices", "needs 2 or more choices"),
        ("scale", {"choices": [choice("a"), choice("a")]}, "choices.2.code", "more than once"),
        ("scale", {"choices": [choice("a b"), choice("b")]}, "choices.1.code", "no code"),
        (
            "scale",
            {"choices": [choice("a"), choice("b"), choice("c", "lost")]},
            "choices.3.missing",
            "refused, dont_know",
        ),
        (
            "scale",
            {"choices": [{"code": "a", "text": {"vi": "A"}}, choice("b")]},
            "choices.1.text.en",
            "missing",
        ),
        (
            "scale",
            {"scale": "agree", "choices": [choice("a"), choice("b")]},
            "choices",
            "keep one of the two",
        ),
        ("matrix", {"scale": "agree"}, "rows", "needs rows"),
        (
            "matrix",
            {"scale": "agree", "rows": [{"code": "q", "text": words("Một")}]},
            "rows.1.code",
            "more than once",
        ),
        ("scale", {"scale": "agree", "rows": [{"code": "r", "text": words("Một")}]}, "rows", "takes no rows"),
        ("integer", {"scale": "agree"}, "scale", "takes no choices"),
        ("text", {"choices": [choice("a")]}, "choices", "takes no choices"),
        ("text", {"criterion": "1.1"}, "criterion", "cannot feed a criterion"),
        ("note", {"required": True}, "required", "takes no answer"),
        (
            "note",
            {"constraint": "1 = 1", "constraint_message": words("Sai")},
            "constraint",
            "takes no answer",
        ),
        ("multiple", {"choices": [choice("a")], "criterion": "1.1"}, "criterion", "cannot feed a criterion"),
        ("scale", {"scale": "agree", "criterion": "1..1"}, "criterion", "no code"),
        ("integer", {"constraint": ". > 0"}, "constraint_message", "needs a message"),
        ("integer", {"constraint_message": words("Sai")}, "constraint", "no constraint"),
        ("integer", {"constraint": ". > ${z}"}, "constraint", "“z”, which takes no answer"),
        ("integer", {"relevant": "${q} > 1"}, "relevant", "only here or later"),
        ("integer", {"required": "true"}, "required", 'found "true"'),
        ("integer", {"hint": {"vi": "Gợi ý", "english": "Hint"}}, "hint.english", "not a language code"),
        ("integer", {"text": words("x" * 10_001)}, "text.vi", "10001 characters; 10000 is the most"),
        (None, {}, "kind", "“kind” is missing"),
    ],
)
def test_faults_of_a_question(kind, details, place, complaint):
    faults = faults_of(definition(section("s", question("q", kind, **details)), scales=[AGREE]))
    assert complaint in faults[f"sections.1.questions.1.{place}"]
    assert [other for other in faults if not other.startswith("sections.1.questions.1.")] == []


@pytest.mark.parametrize("code", ["", "Q1", "1q", "câu", "a__b", "a_", "x" * 65, "response_id"])
def test_codes_an_item_cannot_have(code):
    faults = faults_of(definition(section("s", question(code, "integer", text=words("Hỏi")))))
    assert list(faults) == ["sections.1.questions.1.code"]


def test_one_fault_is_told_once_however_far_it_reaches(visit):
    visit["scales"] = "agree"
    assert list(faults_of(visit)) == [
        "scales",
        "sections.1.questions.1.scale",
        "sections.2.questions.1.scale",
    ]


def test_places_count_entries_as_they_are_written(visit):
    visit["sections"].insert(0, None)
    visit["sections"][2]["questions"][2]["code"] = "signs"
    assert list(faults_of(visit)) == ["sections.1", "sections.3.questions.3.code"]


@pytest.mark.parametrize("nothing", [None, [], "questionnaire", 7])
def test_what_is_no_definition_is_refused(nothing):
    assert list(faults_of(nothing)) == [""]


def test_a_record_made_by_hand_is_checked_like_a_definition():
    asked = Question("Q", "single", {"vi": "Hỏi"}, choices=(Choice("a", {}),), relevant=["$", "Z"])
    made = Questionnaire(
        "form", "", {"vi": "Phiếu"}, "citizen", ("vi",), (Section("s", {"vi": "Phần"}, (asked,)),)
    )
    assert {fault.place for fault in check_questionnaire(made)} == {
        "version",
        "sections.1.questions.1.code",
        "sections.1.questions.1.choices.1.text.vi",
        "sections.1.questions.1.relevant",
    }
