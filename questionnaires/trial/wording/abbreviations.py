"""Abbreviations in capitals that nothing explains, with the full words of those every office uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from questionnaires.faults import N_
from questionnaires.trial.wording.capitals import runs_in_capitals
from questionnaires.trial.wording.hint import Hint
from questionnaires.trial.wording.passages import Passage

FULL_WORDS = {
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CCCD": "căn cước công dân",
    "CCHC": "cải cách hành chính",
    "CĐS": "chuyển đổi số",
    "CMND": "chứng minh nhân dân",
    "CNTT": "công nghệ thông tin",
    "CNXH": "chủ nghĩa xã hội",
    "CQHC": "cơ quan hành chính",
    "DN": "doanh nghiệp",
    "DVC": "dịch vụ công",
    "DVCTT": "dịch vụ công trực tuyến",
    "ĐVSN": "đơn vị sự nghiệp",
    "GCN": "giấy chứng nhận",
    "GPLX": "giấy phép lái xe",
    "GPXD": "giấy phép xây dựng",
    "HĐND": "Hội đồng nhân dân",
    "HSSV": "học sinh, sinh viên",
    "KT-XH": "kinh tế - xã hội",
    "LĐTBXH": "lao động, thương binh và xã hội",
    "MTTQ": "Mặt trận Tổ quốc",
    "NĐ": "nghị định",
    "PAKN": "phản ánh, kiến nghị",
    "PCTN": "phòng, chống tham nhũng",
    "QĐ": "quyết định",
    "QLNN": "quản lý nhà nước",
    "QPPL": "quy phạm pháp luật",
    "QSDĐ": "quyền sử dụng đất",
    "SIPAS": "chỉ số hài lòng về sự phục vụ hành chính",
    "TCDN": "tổ chức, doanh nghiệp",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "TNMT": "tài nguyên và môi trường",
    "TTHC": "thủ tục hành chính",
    "TTHCC": "Trung tâm Phục vụ hành chính công",
    "UBND": "Ủy ban nhân dân",
    "VBQPPL": "văn bản quy phạm pháp luật",
    "VNEID": "ứng dụng định danh VNeID",
    "VPĐKĐĐ": "Văn phòng đăng ký đất đai",
    "XHCN": "xã hội chủ nghĩa",
}
EVERYDAY = {
    "SMS",
    "PDF",
    "QR",
    "USB",
    "ATM",
    "TV",
    "OK",
    "ID",
    "FAX",
    "SIM",
    "WIFI",
    "HIV",
    "AIDS",
    "OTP",
    "VN",
}

UNEXPLAINED = N_("Not everybody knows what “%(short)s” stands for.")
IN_FULL = N_("Write it in full: “%(full)s”.")
EXPLAIN = N_("Write it in full, at least the first time: the words, then “(%(short)s)”.")

SHORT = re.compile(r"(?<![\w.])[A-ZĐ]{2,}(?:-[A-ZĐ]{2,})?(?![\w])")
ROMAN = re.compile(r"[IVXLC]+")
NUMBER_OF_A_DECISION = re.compile(r"\d+/(?:\d{4}/)?[\w-]+")


def abbreviations(texts: Iterable[Passage]) -> Iterator[Hint]:
    """The first use of each abbreviation, unless it stood in brackets, after its words, by then."""
    seen: set[str] = set()
    for passage in texts:
        explained = set(re.findall(r"\(([A-ZĐ-]{2,})\)", passage.text))
        shouted = any(runs_in_capitals(passage.text))
        for short in () if shouted else SHORT.findall(NUMBER_OF_A_DECISION.sub("", passage.text)):
            if short in seen or short in explained or short in EVERYDAY or ROMAN.fullmatch(short):
                continue
            full = FULL_WORDS.get(short, "") if passage.language == "vi" else ""
            instead = IN_FULL if full else EXPLAIN
            yield passage.hint("abbreviation", short, UNEXPLAINED, instead, short=short, full=full)
            seen.add(short)
        seen |= explained
