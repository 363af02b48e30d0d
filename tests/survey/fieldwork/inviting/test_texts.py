"""Texts with slots, and what they cost as SMS."""

from __future__ import annotations

import pytest

from survey.fieldwork.inviting.slots import filled, text_faults
from survey.fieldwork.inviting.sms import length_of, without_marks
from survey.fieldwork.inviting.wording import KINDS, PROPOSALS, wording_faults

VALUES = {"ten": "Trần Lan", "don_vi": "Sở Y tế", "ma": "CODE", "lien_ket": "x.vn/c", "han": "31/12"}


def sentences(text: str, *, carries_code: bool = False) -> list[str]:
    return [fault.sentence() for fault in text_faults("sms", "SMS", text, carries_code=carries_code)]


def test_slots_are_filled_by_their_vietnamese_or_english_names():
    assert filled("{ten} {name} { TEN }: {lien_ket}", VALUES) == "Trần Lan Trần Lan Trần Lan: x.vn/c"


def test_what_fills_a_slot_is_not_read_for_slots_and_empty_ones_leave_no_gap():
    assert filled("A {ten}, B", {**VALUES, "ten": "{ma}"}) == "A {ma}, B"
    assert filled("Kính gửi Ông/Bà {ten},\nMời", {**VALUES, "ten": ""}) == "Kính gửi Ông/Bà,\nMời"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{tenn}", "Did you mean {ten}?"),
        ("{phường}", "Slots are {ten}, {don_vi}, {ma}, {lien_ket}, {han}."),
        ("{ten} }", "A slot is written {ten}."),
        ("  ", "enter a text"),
    ],
)
def test_unknown_slots_are_refused(text, sentence):
    (said,) = sentences(text)
    assert sentence in said


def test_a_text_that_lets_nobody_in_is_refused():
    assert "nobody could answer" in sentences("Mời Ông/Bà {ten}", carries_code=True)[0]
    assert sentences("Mã {ma}", carries_code=True) == []


@pytest.mark.parametrize("language", sorted(PROPOSALS))
def test_our_own_proposals_keep_the_rules(language):
    assert PROPOSALS[language].keys() == KINDS.keys()
    assert list(wording_faults(PROPOSALS[language])) == []


@pytest.mark.parametrize("kind", ["body", "letter"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ("Sau khi gửi", "như giữ chìa khóa")), ("en", ("Once sent", "like a key"))],
)
def test_a_letter_says_that_its_code_opens_what_is_not_sent_yet(kind, language, words):
    assert all(word in PROPOSALS[language][kind] for word in words)


@pytest.mark.parametrize(
    ("text", "alphabet", "signs", "parts"),
    [
        ("", "gsm", 0, 1),
        ("a" * 160, "gsm", 160, 1),
        ("a" * 161, "gsm", 161, 2),
        ("a" * 307, "gsm", 307, 3),  # 2 × 153 = 306
        ("[" * 80, "gsm", 160, 1),  # each takes two places
        ("à" * 160, "gsm", 160, 1),  # one of the few letters with a mark in the alphabet
        ("ạ" * 70, "ucs2", 70, 1),
        ("ạ" + "a" * 70, "ucs2", 71, 2),
        ("🙂" * 35, "ucs2", 70, 1),  # two UTF-16 units each
    ],
)
def test_parts_are_counted_as_networks_count_them(text, alphabet, signs, parts):
    length = length_of(text)
    assert (length.alphabet, length.signs, length.parts) == (alphabet, signs, parts)


def test_marks_are_taken_off_and_nothing_else_remains_that_costs_more():
    plain = without_marks("Đánh giá “Sở Y tế” – đến hết ngày 31/12… 🙂")
    assert plain == 'Danh gia "So Y te" - den het ngay 31/12... '
    assert length_of(plain).alphabet == "gsm"
