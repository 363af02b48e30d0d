"""The texts that go out with a code: what each is for, how long it may be, and a first proposal of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from questionnaires.faults import N_, Fault, Term
from questionnaires.written import clean
from survey.fieldwork.inviting.slots import text_faults


class Kind(NamedTuple):
    """`rows`: how high its input is; 1 for a single line. A text that `carries_code` must let people in."""

    label: str
    rows: int
    most: int
    carries_code: bool


KINDS: Mapping[str, Kind] = {
    "sms": Kind(N_("SMS"), 3, 1_000, True),
    "zalo": Kind(N_("Zalo message"), 5, 2_000, True),
    "subject": Kind(N_("Subject of the e-mail"), 1, 200, False),
    "body": Kind(N_("Text of the e-mail"), 12, 5_000, True),
    "letter": Kind(N_("Text of the letter"), 10, 2_500, False),
}
TOO_LONG = N_("%(text)s: it has %(length)s characters; %(most)s is the most.")

PROPOSALS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "sms": "Mời Ông/Bà đánh giá {don_vi}: {lien_ket} đến {han}. Không hỏi tên, số điện thoại.",
        "zalo": (
            "Kính gửi Ông/Bà {ten},\n"
            "Trân trọng mời Ông/Bà đánh giá sự phục vụ của {don_vi}: {lien_ket}\n"
            "Mã của Ông/Bà: {ma}, dùng đến hết ngày {han}. Phiếu không hỏi tên, không hỏi số điện thoại."
        ),
        "subject": "Mời Ông/Bà đánh giá sự phục vụ của {don_vi}",
        "body": (
            "Kính gửi Ông/Bà {ten},\n\n"
            "Trân trọng mời Ông/Bà cho ý kiến về sự phục vụ của {don_vi} tại địa chỉ:\n{lien_ket}\n\n"
            "Mã của Ông/Bà là {ma}, chỉ dùng được một lần, đến hết ngày {han}.\n"
            "Phiếu khảo sát không hỏi tên, không hỏi số điện thoại. Sau khi gửi, không ai biết phiếu nào là "
            "của Ông/Bà. Trước khi gửi, ai có mã này đều mở được phiếu đang trả lời dở, vì vậy xin giữ mã "
            "như giữ chìa khóa.\n\nTrân trọng cảm ơn Ông/Bà."
        ),
        "letter": (
            "Kính gửi Ông/Bà {ten},\n\n"
            "Trân trọng mời Ông/Bà cho ý kiến về sự phục vụ của {don_vi}. Ý kiến của Ông/Bà giúp cơ quan "
            "phục vụ người dân và doanh nghiệp ngày càng tốt hơn.\n\n"
            "Phiếu khảo sát không hỏi tên, không hỏi số điện thoại. Sau khi gửi, không ai biết phiếu nào là "
            "của Ông/Bà. Trước khi gửi, ai có mã này đều mở được phiếu đang trả lời dở, vì vậy xin giữ mã "
            "như giữ chìa khóa. Xin trả lời trước khi hết ngày {han}: quét mã bên dưới bằng máy ảnh điện "
            "thoại hoặc Zalo, hoặc vào địa chỉ và nhập mã.\n\nTrân trọng cảm ơn Ông/Bà."
        ),
    },
    "en": {
        "sms": "Please rate {unit}: {link} until {deadline}. No name or phone number is asked.",
        "zalo": (
            "Dear {name},\nPlease rate the service of {unit}: {link}\n"
            "Your code: {code}, until {deadline}. No name, no telephone number is asked."
        ),
        "subject": "Please rate the service of {unit}",
        "body": (
            "Dear {name},\n\nPlease tell us what you think of the service of {unit}:\n{link}\n\n"
            "Your code is {code}. It works once, until {deadline}.\n"
            "No name, no telephone number is asked. Once sent, nobody knows which answers are yours. Until "
            "then, whoever has this code can open them, so keep it like a key.\n\nThank you."
        ),
        "letter": (
            "Dear {name},\n\nPlease tell us what you think of the service of {unit}. Your opinion helps the "
            "agency to serve people and businesses better.\n\n"
            "No name, no telephone number is asked. Once sent, nobody knows which answers are yours. Until "
            "then, whoever has this code can open them, so keep it like a key. Please answer by {deadline}: "
            "scan the code below with your phone, or open the address and type your code."
            "\n\nThank you."
        ),
    },
}


def typed_texts(form: Mapping[str, str], kinds: Collection[str]) -> dict[str, str]:
    return {kind: clean(form.get(kind, ""), lines=KINDS[kind].rows > 1) for kind in kinds}


def wording_faults(texts: Mapping[str, str]) -> Iterator[Fault]:
    """Everything wrong with the texts; a fault's place is the id of its input."""
    for name, text in texts.items():
        kind = KINDS[name]
        yield from text_faults(name, kind.label, text, carries_code=kind.carries_code)
        if len(text) > kind.most:
            values = {"text": Term(kind.label), "length": len(text), "most": kind.most}
            yield Fault(name, TOO_LONG, values)
