"""An author's wording is read over: what people stumble at is pointed out, and good wording left alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings

from questionnaires import library
from questionnaires.parse import examine
from questionnaires.trial import Hint, wording_hints
from tests.questionnaires.forms import form, question, section
from tests.questionnaires.random_definitions import broken_questionnaires

LEVELS = ["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng"]


def levels(*words: str) -> list[dict[str, Any]]:
    return [{"code": f"l{number}", "text": {"vi": text}} for number, text in enumerate(words, 1)]


def hints(asked: dict[str, Any], **more: Any) -> list[Hint]:
    made = section("s", asked) | {"title": {"vi": "Phần"}}
    return wording_hints(form(made, title={"vi": "Phiếu"}, languages=["vi"], **more))


def rated(text: str) -> dict[str, Any]:
    return question("q", "scale", text={"vi": text}, choices=levels(*LEVELS))


def written(text: str, kind: str = "long_text", **more: Any) -> dict[str, Any]:
    return question("q", kind, text={"vi": text}, **more)


def rules(asked: dict[str, Any], **more: Any) -> list[str]:
    return [one.rule for one in hints(asked, **more)]


@pytest.mark.parametrize(
    "text",
    [
        "Thái độ của công chức lịch sự và nhanh nhẹn",
        "Trang thiết bị hiện đại/đầy đủ",
        "Ông/Bà hài lòng ở mức nào về thời gian cũng như chi phí?",
        "Khi nộp hồ sơ, hướng dẫn rõ ràng và đầy đủ",
        "Giá dịch vụ hợp lý hoặc rẻ",
    ],
)
def test_two_things_judged_at_once(text: str) -> None:
    assert rules(rated(text)) == ["double"]


@pytest.mark.parametrize(
    "text",
    [
        "Ông/Bà hài lòng ở mức nào về thái độ của công chức?",
        "Bộ phận Tiếp nhận và Trả kết quả dễ tìm",
        "Cơ quan phục vụ người dân và doanh nghiệp công bằng",
        "Khi nộp trực tiếp hoặc qua bưu chính, thời gian giải quyết đúng hẹn",
        "Cách nộp hồ sơ (trực tiếp, trực tuyến và bưu chính) thuận tiện",
        "Sự phối hợp giữa sở và phòng chuyên môn",
        "Phí và lệ phí nộp đúng quy định",
        "Thông tin năm 2024/2025 dễ tìm",
    ],
)
def test_one_thing_with_a_join_in_its_name(text: str) -> None:
    assert rules(rated(text)) == []


def test_a_join_matters_only_where_one_judgement_is_asked() -> None:
    assert rules(written("Ông/Bà có góp ý gì về thời gian và chi phí?")) == []
    yes_no = written("Cơ quan có xin lỗi và hẹn lại không?", "single", choices=levels("Có", "Không"))
    assert rules(yes_no) == ["double"]


def test_a_translation_leaves_the_join_to_the_original() -> None:
    english = "Clear signs and directions"
    for text, expected in (({"vi": "Biển hiệu rõ ràng", "en": english}, []), ({"en": english}, ["double"])):
        asked = question("q", "scale", text=text, choices=levels(*LEVELS))
        draft, _ = examine({"sections": [{"code": "s", "title": {}, "questions": [asked]}]})
        assert [one.rule for one in wording_hints(draft)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ông/Bà có đồng ý rằng thủ tục đã đơn giản hơn?",
        "Có phải cơ quan phục vụ tốt hơn năm trước?",
        "Công chức hướng dẫn dễ hiểu, đúng không?",
        "Dịch vụ rất tốt của cơ quan",
        "Như mọi người đều biết, cơ quan đã đổi mới. Ông/Bà đánh giá ra sao?",
        "Ông/Bà hài lòng như thế nào với cơ quan?",
    ],
)
def test_leading_words(text: str) -> None:
    assert rules(rated(text)) == ["leading"]


@pytest.mark.parametrize(
    "text",
    [
        "Ông/Bà có phải nộp thêm giấy tờ nào không?",
        "Ông/Bà đánh giá cơ quan ở mức nào?",
        "So với ngày hẹn, Ông/Bà nhận được kết quả như thế nào?",
        "Ông/Bà đồng ý ở mức nào với ý kiến sau?",
    ],
)
def test_open_words_do_not_lead(text: str) -> None:
    assert rules(rated(text)) == []


def test_a_level_may_be_very_good() -> None:
    asked = question("q", "scale", text={"vi": "Thái độ"}, choices=levels("Kém", "Bình thường", "Rất tốt"))
    assert rules(asked) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ông/Bà không thể không đến cơ quan",
        "Không có công chức nào không hướng dẫn",
        "Hồ sơ chưa bao giờ không được trả đúng hẹn",
        "Công chức không gây phiền hà cho Ông/Bà phải không?",
    ],
)
def test_two_negations(text: str) -> None:
    assert "negation" in rules(written(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ông/Bà có gửi phản ánh đến cơ quan không?",
        "Ông/Bà có bị yêu cầu nộp giấy tờ không có trong quy định không?",
        "Công chức không gây phiền hà, không sách nhiễu",
        "Không biết, không có ý kiến",
        "Các nhóm dân tộc có được phục vụ như nhau hay không?",
        "Không khí làm việc không căng thẳng",
    ],
)
def test_one_negation_or_the_word_that_asks(text: str) -> None:
    assert "negation" not in rules(written(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công chức luôn niềm nở", ["absolute"]),
        ("Cơ quan không bao giờ trễ hẹn", ["absolute"]),
        ("Tất cả các thủ tục được niêm yết", ["absolute"]),
        ("Công chức niềm nở", []),
    ],
)
def test_words_without_exception(text: str, expected: list[str]) -> None:
    assert rules(rated(text)) == expected


def test_how_often_is_asked_with_always_among_the_choices() -> None:
    often = levels("Không bao giờ", "Thỉnh thoảng", "Luôn luôn")
    assert rules(written("Công chức niềm nở ở mức nào?", "single", choices=often)) == []


def test_long_sentences_are_counted_in_syllables() -> None:
    short = "Ông/Bà hài lòng ở mức nào về sự phục vụ của cơ quan?"
    (found,) = hints(written(" ".join(["tiếng"] * 31)))
    assert (
        str(found.why.sentence()) == "The sentence has 31 syllables; people lose the thread after about 30."
    )
    assert hints(written(" ".join(["tiếng"] * 30))) == []
    assert hints(written(f"{short} {short} {short}")) == []


def test_known_abbreviations_come_with_their_words() -> None:
    (found,) = hints(written("Thời gian giải quyết TTHC tại cơ quan"))
    assert (found.quoted, found.place) == ("TTHC", "q")
    assert found.instead.sentence() == "Write it in full: “thủ tục hành chính”."


def test_unknown_abbreviations_are_to_be_explained() -> None:
    (found,) = hints(written("Ông/Bà đã dùng hệ thống IGATE chưa?"))
    assert "“(IGATE)”" in found.instead.sentence()


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân (UBND) phường; UBND có dễ liên hệ?",
        "Theo Quyết định 2640/QĐ-BNV",
        "Đại biểu khóa XV",
        "Ông/Bà nhận tin nhắn SMS chưa?",
        "Ông/Bà ở Hà Nội?",
    ],
)
def test_explained_and_everyday_capitals_are_left_alone(text: str) -> None:
    assert rules(written(text)) == []


def test_an_abbreviation_explained_in_the_introduction_may_be_used() -> None:
    intro = {"vi": "Về thủ tục hành chính (TTHC) tại cơ quan."}
    assert rules(written("TTHC dễ làm?"), intro=intro) == []


def test_text_in_capitals() -> None:
    (found,) = hints(written("Ông/Bà ĐỀ NGHỊ GHI RÕ ý kiến"))
    assert (found.rule, found.quoted) == ("capitals", "ĐỀ NGHỊ GHI RÕ")
    assert rules(written("Vui lòng không ghi tên"), intro={"vi": "Xin cảm ơn"}) == []


def test_words_of_offices_are_for_offices() -> None:
    text = "Cơ quan thụ lý hồ sơ đúng hẹn"
    (found,) = hints(rated(text))
    assert found.instead.sentence() == "Plainer: tiếp nhận, giải quyết."
    assert rules(rated(text), group="official") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (LEVELS, []),
        (["Kém", "Trung bình", "Khá", "Tốt"], ["leaning"]),
        (["Rất không hài lòng", "Không hài lòng", "Bình thường", "Hài lòng"], ["leaning"]),
        (["Rất không hài lòng", "Không hài lòng", "Hài lòng", "Rất hài lòng"], ["no_middle"]),
        (["Mức 1", "Mức 2", "Mức 3", "Mức 4"], []),
        (["Hằng ngày", "Hằng tuần", "Hằng tháng"], []),
        (["Có", "Không"], []),
    ],
)
def test_scales_with_two_even_sides(words: list[str], expected: list[str]) -> None:
    assert rules(question("q", "scale", text={"vi": "Thái độ"}, choices=levels(*words))) == expected


def test_which_side_a_scale_leans_to_is_said() -> None:
    good = question("q", "scale", text={"vi": "Thái độ"}, choices=levels("Kém", "Trung bình", "Khá", "Tốt"))
    assert "leans to the good side: 2 good levels, 1 bad" in hints(good)[0].why.sentence()
    bad = question("q", "scale", text={"vi": "Thái độ"}, choices=levels("Rất kém", "Kém", "Tốt"))
    assert "leans to the bad side: 1 good levels, 2 bad" in hints(bad)[0].why.sentence()


def test_a_demanded_judgement_leaves_a_way_out() -> None:
    asked = rated("Thái độ") | {"required": True, "criterion": "c"}
    assert rules(asked) == ["no_way_out"]
    assert rules(asked | {"required": False}) == []
    with_out = [*levels(*LEVELS), {"code": "dk", "text": {"vi": "Không biết"}, "missing": "dont_know"}]
    assert rules(asked | {"choices": with_out}) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu nhập của hộ là bao nhiêu?", ["no_unit"]),
        ("Thời gian chờ", ["no_unit"]),
        ("Thu nhập của hộ là bao nhiêu (triệu đồng)?", []),
        ("Ông/Bà đã đến bao nhiêu lần?", []),
        ("Số lao động của đơn vị", []),
    ],
)
def test_numbers_name_their_unit(text: str, expected: list[str]) -> None:
    assert rules(written(text, "integer")) == expected


def test_the_hint_may_name_the_unit() -> None:
    assert rules(written("Thời gian chờ", "integer", hint={"vi": "Ghi số phút."})) == []


def test_a_hint_quotes_the_words_and_says_what_to_write() -> None:
    (found,) = hints(rated("Công chức luôn niềm nở"))
    assert str(found) == (
        "q: “luôn”: Few things are without exception: people who know one exception cannot say yes. "
        "Leave the word out, or ask how often and offer choices from seldom to always."
    )


def test_the_shipped_questionnaires_get_few_hints() -> None:
    counts = {
        name: Counter(one.rule for one in wording_hints(library.load(name))) for name in library.names()
    }
    assert counts == {
        "business-satisfaction-2024": {"double": 1, "officialese": 2, "long": 1},
        "citizen-satisfaction-2024": {"double": 1, "officialese": 1},
        "deputies-2024": {"double": 1, "leaning": 1},
        "officials-2024": {"double": 1, "leaning": 1},
    }


@settings(max_examples=50, deadline=None)
@given(broken_questionnaires())
def test_drafts_with_any_fault_are_read_too(drawn: dict[str, Any]) -> None:
    draft, _ = examine(drawn)
    assert all(one.quoted and one.why.sentence() for one in wording_hints(draft))
