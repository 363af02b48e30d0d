"""The shipped frameworks, against what the announcements of their decisions print."""

from __future__ import annotations

import datetime
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from questionnaires import frameworks
from questionnaires.check_framework import check_framework
from questionnaires.expression import evaluate
from questionnaires.framework import CHANGES, Framework, Node
from questionnaires.parse_framework import dump_framework, parse_framework

NAMES = (
    "dak-lak-so-2022",
    "ha-noi-phong-2019",
    "hoa-binh-huyen-2024",
    "hoa-binh-so-2024",
    "hoa-binh-xa-2024",
)


@pytest.fixture(params=NAMES)
def framework(request: pytest.FixtureRequest) -> Framework:
    return frameworks.load(request.param)


def points(nodes: tuple[Node, ...]) -> float:
    return math.fsum(node.max_points for node in nodes)


def by_evidence(framework: Framework) -> tuple[Node, ...]:
    return tuple(leaf for leaf in framework.leaves if leaf.assessed_by == "evidence")


def below(framework: Framework, field: Node, depth: int) -> list[Node]:
    """The nodes of a field at one depth: 2 for its criteria, 3 for its component criteria."""
    return [
        node
        for node in framework.nodes
        if framework.depth(node) == depth and node.code.startswith(f"{field.code}_")
    ]


def texts(definition: Any) -> Iterator[str]:
    if isinstance(definition, Mapping):
        definition = [*definition.values()]
    for part in definition if isinstance(definition, list) else ():
        yield from [part] if isinstance(part, str) else texts(part)


def bilingual(definition: Any) -> Iterator[Mapping[str, str]]:
    """Every text of a definition: a table with a Vietnamese version."""
    if isinstance(definition, Mapping):
        if "vi" in definition:
            yield definition
        definition = [*definition.values()]
    for part in definition if isinstance(definition, list) else ():
        yield from bilingual(part)


def test_five_frameworks_are_shipped_under_their_own_codes() -> None:
    assert set(NAMES) <= set(frameworks.names())
    assert [frameworks.load(name).code for name in NAMES] == list(NAMES)


# What holds for each of them


def test_nothing_is_wrong_with_it(framework: Framework) -> None:
    assert check_framework(framework) == []
    assert parse_framework(dump_framework(framework)) == framework


def test_points_add_up_to_100_with_30_by_survey(framework: Framework) -> None:
    assert points(framework.leaves) == pytest.approx(100, abs=1e-9)
    assert points(framework.survey_leaves) == pytest.approx(30, abs=1e-9)


def test_one_criterion_is_satisfaction_worth_at_most_10_points_in_proportion(framework: Framework) -> None:
    [satisfaction] = [leaf for leaf in framework.survey_leaves if leaf.subject == "satisfaction"]
    assert satisfaction.max_points <= 10
    assert satisfaction.rule is not None
    assert satisfaction.rule.name == "linear"
    assert set(satisfaction.groups) == {"citizen", "business"}


def test_every_leaf_says_what_it_measures_and_that_its_points_are_ours(framework: Framework) -> None:
    for leaf in framework.leaves:
        assert leaf.subject, leaf.code
        assert leaf.illustrative, leaf.code
    assert "minh họa" in framework.notes["vi"]
    assert "illustrative" in framework.notes["en"]


def test_every_evidence_criterion_names_the_evidence_to_hand_in(framework: Framework) -> None:
    assert [leaf.code for leaf in by_evidence(framework) if not leaf.evidence] == []


def test_every_text_stands_in_vietnamese_and_english_in_one_normal_form(framework: Framework) -> None:
    definition = frameworks.source(framework.code)
    assert [text for text in bilingual(definition) if set(text) != {"vi", "en"}] == []
    assert [text for text in texts(definition) if text != unicodedata.normalize("NFC", text)] == []


@pytest.mark.parametrize("index", [0, 64.99, 65, 70, 79.99, 80, 89.99, 90, 100])
def test_every_index_is_in_some_band(framework: Framework, index: float) -> None:
    figures = {"index": index, "lowest_field": 0}
    assert any(evaluate(band.when, figures, today=datetime.date.max) for band in framework.bands)


# Đắk Lắk: the announcement of the training conference on Decision 2854/QĐ-UBND

DROPPED = (
    "Tỷ lệ CQCM cấp tỉnh và đơn vị hành chính cấp huyện, cấp xã công khai TTHC đầy đủ, đúng quy định tại nơi "
    "tiếp nhận, giải quyết TTHC; Công bố quy trình nội bộ giải quyết TTHC; Nhập, đăng tải công khai TTHC vào "
    "Cơ sở dữ liệu quốc gia sau khi công bố ; Thực hiện quy định của Chính phủ và hướng dẫn của các bộ, "
    "ngành về tổ chức bộ máy; Tác động của cải cách đến quản lý tài chính công; Thực hiện tiếp nhận hồ sơ, "
    "trả kết quả giải quyết TTHC qua dịch vụ bưu chính công ích (BCCI)"
)
RENAMED = {
    "Sáng kiến hoặc giải pháp mới trong cải cách hành chính": (
        "Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC"
    ),
    "Ứng dụng công nghệ thông tin (CNTT) của tỉnh": "Phát triển các nền tảng, cơ sở dữ liệu",
    "Cung cấp dịch vụ công trực tuyến": "Phát triển các ứng dụng, dịch vụ trong nội bộ cơ quan nhà nước",
    "Hiện đại hóa hành chính": "Xây dựng và phát triển Chính quyền điện tử, Chính quyền số",
    "Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức, viên chức": "Cải cách chế độ công vụ",
    "Xây dựng và tổ chức thực hiện văn bản quy phạm pháp luật tại tỉnh": "Cải cách thể chế",
}
ADDED = (
    "Đối thoại của lãnh đạo tỉnh với người dân, doanh nghiệp; Phát triển các ứng dụng, dịch vụ trong nội bộ "
    "cơ quan nhà nước; Số vốn đăng ký của doanh nghiệp"
)


def listed(sentence: str) -> list[str]:
    return [part.strip() for part in sentence.split(";")]


@pytest.fixture
def dak_lak() -> Framework:
    return frameworks.load("dak-lak-so-2022")


def test_dak_lak_names_its_decision(dak_lak: Framework) -> None:
    assert dak_lak.decision.number == "2854/QĐ-UBND"
    assert dak_lak.decision.date == datetime.date(2022, 12, 20)


def test_dak_lak_records_what_was_dropped_renamed_and_added_as_printed(dak_lak: Framework) -> None:
    changes = {kind: [c for c in dak_lak.changes if c.kind == kind] for kind in CHANGES}
    assert [change.before["vi"] for change in changes["dropped"]] == listed(DROPPED)
    assert {change.before["vi"]: change.after["vi"] for change in changes["renamed"]} == RENAMED
    assert [change.after["vi"] for change in changes["added"]] == listed(ADDED)
    assert [len(changes[kind]) for kind in changes] == [6, 6, 3]
    assert len(dak_lak.changes) == 15


def test_dak_lak_uses_the_new_name_wherever_a_criterion_was_renamed(dak_lak: Framework) -> None:
    renamed = [change for change in dak_lak.changes if change.kind == "renamed"]
    assert [dak_lak.by_code[change.code or ""].title["vi"] for change in renamed] == list(RENAMED.values())


def test_dak_lak_ranks_16_agencies_and_only_scores_the_ethnic_committee_and_the_inspectorate(
    dak_lak: Framework,
) -> None:
    ranked, unranked = dak_lak.ranking_groups
    assert (ranked.code, ranked.ranked) == ("so-nganh", True)
    assert (unranked.code, unranked.ranked) == ("khong-xep-hang", False)
    assert "16 cơ quan chuyên môn" in ranked.title["vi"]
    assert "Ban Dân tộc, Thanh tra tỉnh" in unranked.title["vi"]


def test_dak_lak_has_eight_fields_and_three_levels(dak_lak: Framework) -> None:
    assert len(dak_lak.fields) == 8
    assert {dak_lak.depth(leaf) for leaf in dak_lak.leaves} == {2, 3}


def test_dak_lak_uses_all_six_rules_and_both_ways_to_combine_groups(dak_lak: Framework) -> None:
    rules = {leaf.rule.name for leaf in dak_lak.survey_leaves if leaf.rule}
    assert rules == {"option_weights", "top2_share", "scaled_mean", "linear", "thresholds", "bands"}
    assert {leaf.combine for leaf in dak_lak.survey_leaves} == {"group_means", "pooled"}
    assert {group for leaf in dak_lak.survey_leaves for group in leaf.groups} == {
        "citizen",
        "business",
        "official",
        "deputy",
    }


@pytest.mark.parametrize(("unit_type", "applicable"), [("so", 100), ("ban", 84), ("thanh_tra", 84)])
def test_agencies_without_a_one_stop_desk_are_scored_out_of_84(
    dak_lak: Framework, unit_type: str, applicable: float
) -> None:
    leaves = tuple(leaf for leaf in dak_lak.leaves if unit_type in (leaf.applies_to or dak_lak.applies_to))
    assert points(leaves) == pytest.approx(applicable, abs=1e-9)
    assert ("one_stop_share" in {leaf.subject for leaf in leaves}) == (applicable == 100)


# Hà Nội: the announcement of 6 September 2019

HA_NOI_FIELDS = {  # name: criteria, component criteria
    "Công tác chỉ đạo, điều hành": (6, 8),
    "Tổ chức thực hiện các văn bản quy phạm pháp luật, văn bản chỉ đạo, điều hành của cấp trên": (4, 0),
    "Cải cách TTHC": (6, 4),
    "Cải cách tổ chức bộ máy hành chính": (2, 0),
    "Xây dựng và nâng cao chất lượng đội ngũ công chức, viên chức": (5, 2),
    "Cải cách tài chính công": (4, 0),
    "Hiện đại hóa hành chính": (2, 8),
}


@pytest.fixture
def ha_noi() -> Framework:
    return frameworks.load("ha-noi-phong-2019")


def test_ha_noi_has_the_printed_criteria_and_component_criteria_per_field(ha_noi: Framework) -> None:
    counts = {
        field.title["vi"]: (len(below(ha_noi, field, 2)), len(below(ha_noi, field, 3)))
        for field in ha_noi.fields
    }
    assert counts == HA_NOI_FIELDS
    assert [sum(column) for column in zip(*counts.values(), strict=True)] == [29, 22]
    assert len(ha_noi.nodes) == 7 + 29 + 22


def test_ha_noi_may_do_without_its_survey(ha_noi: Framework) -> None:
    assert ha_noi.survey_optional
    assert points(by_evidence(ha_noi)) == pytest.approx(70, abs=1e-9)


# Hòa Bình: the announcement of 26 November 2024

HOA_BINH = {  # fields, criteria by evidence, criteria by survey
    "hoa-binh-so-2024": (7, 46, 9),
    "hoa-binh-huyen-2024": (7, 52, 9),
    "hoa-binh-xa-2024": (6, 44, 10),
}
every_level = pytest.mark.parametrize("name", HOA_BINH)


@every_level
def test_hoa_binh_has_the_printed_counts(name: str) -> None:
    framework = frameworks.load(name)
    counts = Counter(leaf.assessed_by for leaf in framework.leaves)
    assert (len(framework.fields), counts["evidence"], counts["survey"]) == HOA_BINH[name]


@every_level
def test_hoa_binh_names_its_decision_and_the_one_it_replaces(name: str) -> None:
    decision = frameworks.load(name).decision
    assert (decision.number, decision.date) == ("2426/QĐ-UBND", datetime.date(2024, 11, 14))
    assert decision.replaces == "2568/QĐ-UBND ngày 08/11/2023"


@pytest.mark.parametrize("name", ["hoa-binh-so-2024", "hoa-binh-huyen-2024"])
def test_hoa_binh_is_appraised_by_the_printed_departments_and_home_affairs_runs_the_survey(name: str) -> None:
    framework = frameworks.load(name)
    assert {leaf.in_charge for leaf in by_evidence(framework)} == {
        "Sở Nội vụ",
        "Sở Tư pháp",
        "Sở Tài chính",
        "Sở Thông tin và Truyền thông",
        "Văn phòng Ủy ban nhân dân tỉnh",
    }
    assert {leaf.in_charge for leaf in framework.survey_leaves} == {"Sở Nội vụ"}


def test_hoa_binh_leaves_the_communes_to_their_district() -> None:
    leaves = frameworks.load("hoa-binh-xa-2024").leaves
    assert {leaf.in_charge for leaf in leaves} == {"UBND huyện, thành phố"}
