"""A planner lays two versions side by side and reads what became of every criterion."""

import copy

import pytest

from questionnaires import frameworks, parse_framework
from questionnaires.comparison import KINDS, MATCHES, Sums, changes_between, compare
from questionnaires.comparison.compare import ASSESSMENT
from questionnaires.comparison.words import DIFFERENCE_NAMES, KIND_NAMES, MATCH_NAMES
from questionnaires.framework import Change
from questionnaires.parse_framework import examine_framework
from tests.questionnaires.comparison.framework_versions import SURVEY, earlier, field, later, leaf, version


def kinds(comparison):
    """Code before, code after → kinds, and by what the two were matched."""
    return {
        (row.before and row.before.code, row.after and row.after.code): (sorted(row.kinds), row.matched_by)
        for row in comparison.rows
    }


def test_every_criterion_is_said_what_became_of_it():
    assert kinds(compare(earlier(), later())) == {
        ("1", "1"): (["reweighted"], "code"),  # 10 points, then 20.5
        (None, "1.1"): (["added"], None),
        ("1.1", "1.2"): (["kept"], "title"),
        ("1.2", "1.3"): (["renamed", "reweighted"], "title"),
        ("1.3", "1.4"): (["renamed", "reweighted"], "subject"),
        ("2.4", "1.5"): (["moved", "reassessed"], "title"),
        ("2", "2"): (["renamed", "reweighted"], "parts"),  # two of the three leaves that are left
        ("2.1", "2.1"): (["kept"], "code"),
        ("2.2", "2.2"): (["reassessed"], "code"),
        ("2.3", None): (["dropped"], None),
    }


def test_rows_stand_in_the_later_order_and_dropped_ones_where_they_stood():
    codes = [row.node.code for row in compare(earlier(), later()).rows]
    assert codes == ["1", "1.1", "1.2", "1.3", "1.4", "1.5", "2", "2.1", "2.2", "2.3"]
    gone = compare(
        version(field("0", "Cũ"), leaf("0.1", "Bỏ", 1), field("1", "A"), leaf("1.1", "B", 1)), later()
    )
    assert [row.node.code for row in gone.rows[:2]] == ["0", "0.1"]


def test_a_row_tells_points_and_what_is_assessed_otherwise():
    rows = {row.node.code: row for row in compare(earlier(), later()).rows}
    assert rows["1.3"].points == (2, 2.5)
    assert rows["2.3"].points == (2, 0)
    assert rows["1.5"].differences == ("groups",)
    assert rows["2.2"].differences == ("assessed_by", "rule", "groups")


def test_all_that_a_comparison_says_has_words():
    assert tuple(KIND_NAMES) == KINDS
    assert tuple(MATCH_NAMES) == MATCHES
    assert DIFFERENCE_NAMES.keys() == ASSESSMENT.keys()


def test_counts_are_of_leaves():
    assert compare(earlier(), later()).counts == {
        "kept": 2,
        "renamed": 2,
        "reweighted": 2,
        "moved": 1,
        "reassessed": 2,
        "dropped": 1,
        "added": 1,
    }


def test_fields_are_summed_side_by_side():
    first, second = compare(earlier(), later()).fields
    assert (first.sums_before, first.sums_after) == (Sums(3, 10, 0, 0), Sums(5, 20.5, 1, 10))
    assert (second.sums_before, second.sums_after) == (Sums(4, 20, 1, 10), Sums(2, 8, 1, 4))
    assert second.after.title["vi"] == "Xây dựng Chính quyền điện tử, Chính quyền số"
    assert compare(earlier(), later()).totals == (Sums(7, 30, 1, 10), Sums(7, 28.5, 2, 14))


def test_a_field_that_only_one_version_has_stands_alone():
    more = version(field("1", "Một"), leaf("1.1", "A", 1), field("2", "Hai"), leaf("2.1", "B b b", 2))
    fewer = version(field("1", "Một"), leaf("1.1", "A", 1))
    last = compare(more, fewer).fields[-1]
    assert (last.before.code, last.after, last.sums_before, last.sums_after) == (
        "2",
        None,
        Sums(1, 2),
        Sums(),
    )


def test_bonus_points_are_not_summed_with_the_others():
    bonus = version(field("1", "Một"), leaf("1.1", "A", 5), leaf("1.2", "B", 2, kind="bonus"), scale=5)
    assert compare(bonus, bonus).fields[0].sums_after == Sums(2, 5)


def one_leaf(**more):
    return version(field("1", "Một"), {**leaf("1.1", "Tỷ lệ hồ sơ đúng hạn", 5), **more})


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (SURVEY, "assessed_by"),
        ({"applies_to": ["so"]}, "applies_to"),
        ({"evidence": {"vi": "Báo cáo năm"}}, "evidence"),
    ],
)
def test_another_way_to_assess_is_named(change, difference):
    row = compare(one_leaf(), one_leaf(**change)).rows[1]
    assert row.kinds == {"reassessed"}
    assert difference in row.differences


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        ({"rule": {"name": "scaled_mean"}}, "rule"),
        ({"rule": {"name": "linear", "of": "scaled_mean"}}, "rule"),
        ({"groups": {"business": 1}}, "groups"),
        ({"combine": "pooled"}, "combine"),
    ],
)
def test_another_rule_or_group_is_named(change, difference):
    row = compare(one_leaf(**SURVEY), one_leaf(**SURVEY | change)).rows[1]
    assert (row.kinds, row.differences) == ({"reassessed"}, (difference,))


def test_a_default_written_out_is_no_other_rule():
    rule = {"name": "thresholds", "of": "top2_share", "full": 80}
    spelled = rule | {"zero": 0, "between": "ratio", "full": 80.0}
    row = compare(one_leaf(**SURVEY | {"rule": rule}), one_leaf(**SURVEY | {"rule": spelled})).rows[1]
    assert row.kinds == {"kept"}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Tỷ lệ  HỒ SƠ đúng hạn.", "kept"),
        ("Tỷ lệ hồ sơ đúng hạn, sớm hạn", "renamed"),
        ("Tỷ lệ hộ sơ đúng hạn", "renamed"),  # another mark is another word
    ],
)
def test_case_spaces_and_points_do_not_make_another_name(title, kind):
    assert compare(one_leaf(), one_leaf(title={"vi": title})).rows[1].kinds == {kind}


def test_the_two_ways_to_write_a_mark_are_one_name():
    one, other = (
        one_leaf(title={"vi": "Thỏa thuận, hòa giải"}),
        one_leaf(title={"vi": "Thoả thuận, hoà giải"}),
    )
    assert compare(one, other).rows[1].kinds == {"kept"}


def test_titles_that_several_fields_share_stay_with_their_field():
    law, money = field("1", "Cải cách thể chế"), field("2", "Cải cách tài chính công")
    before = version(law, leaf("1.1", "Ban hành kế hoạch", 1), money, leaf("2.1", "Ban hành kế hoạch", 1))
    swapped = version(
        money | {"code": "1"},
        leaf("1.5", "Ban hành kế hoạch", 1),
        law | {"code": "2"},
        leaf("2.5", "Ban hành kế hoạch", 1),
    )
    assert kinds(compare(before, swapped)) == {
        ("2", "1"): (["kept"], "title"),
        ("2.1", "1.5"): (["kept"], "title"),
        ("1", "2"): (["kept"], "title"),
        ("1.1", "2.5"): (["kept"], "title"),
    }


def test_a_title_stays_with_a_whole_or_a_leaf():
    before = version(field("1", "Kiểm tra"), leaf("1.1", "Việc này", 1))
    criterion = {"code": "4.1", "parent": "4", "title": {"vi": "Kiểm tra"}}
    after = version(
        field("3", "Khác"),
        leaf("3.1", "Kiểm tra", 1),
        field("4", "Hai"),
        criterion,
        leaf("4.1.1", "Việc kia", 1),
    )
    assert kinds(compare(before, after))["1", "4.1"][1] == "title"


def test_criteria_without_a_title_yet_are_known_by_code_alone():
    draft = {"code": "so", "nodes": [{"code": "1"}, {"code": "1.1", "parent": "1"}]}
    other = {"code": "so", "nodes": [{"code": "1"}, {"code": "1.2", "parent": "1"}]}
    found = compare(examine_framework(draft)[0], examine_framework(other)[0])
    assert kinds(found) == {
        ("1", "1"): (["kept"], "code"),
        ("1.1", None): (["dropped"], None),
        (None, "1.2"): (["added"], None),
    }


def test_different_subjects_are_never_one_criterion():
    found = compare(one_leaf(subject="on_time"), one_leaf(subject="late"))
    assert [row.kinds for row in found.rows] == [{"kept"}, {"dropped"}, {"added"}]


def test_a_leaf_that_got_parts_is_assessed_otherwise():
    whole = version(field("1", "Một"), leaf("1.1", "Kiểm tra", 4, subject="inspection"))
    criterion = {"code": "1.1", "parent": "1", "title": {"vi": "Kiểm tra"}, "subject": "inspection"}
    split = version(field("1", "Một"), criterion, leaf("1.1.1", "Kế hoạch", 2), leaf("1.1.2", "Kết quả", 2))
    found = compare(whole, split)
    assert [row.kinds for row in found.rows] == [{"kept"}, {"reassessed"}, {"added"}, {"added"}]
    assert (found.rows[1].leaf_before, found.rows[1].leaf_after) == (True, False)


def test_changes_are_listed_as_announcements_list_them():
    changes = changes_between(earlier(), later())
    assert [(change.kind, change.code) for change in changes] == [
        ("dropped", "2.3"),
        ("renamed", "1.3"),
        ("renamed", "1.4"),
        ("renamed", "2"),
        ("added", "1.1"),
    ]
    assert changes[2] == Change(
        "renamed",
        before={"vi": "Sáng kiến hoặc giải pháp mới"},
        after={"vi": "Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC"},
        code="1.4",
    )


def test_what_dak_lak_announced_comes_out_of_its_two_versions():
    """The announcement of 2022: a field and a criterion renamed, one criterion dropped, one added."""
    source = frameworks.source("dak-lak-so-2022")
    before = copy.deepcopy(source)
    nodes = {node["code"]: node for node in before["nodes"]}
    nodes["c7"]["title"] = {"vi": "Hiện đại hóa hành chính"}
    nodes["c1_5"]["title"] = {"vi": "Sáng kiến hoặc giải pháp mới trong cải cách hành chính"}
    nodes["c1_6"] |= {
        "title": {"vi": "Thực hiện tiếp nhận hồ sơ qua dịch vụ bưu chính công ích (BCCI)"},
        "subject": "postal_service",
    }
    changes = changes_between(parse_framework(before), frameworks.load("dak-lak-so-2022"))
    assert [(change.kind, (change.after or change.before)["vi"]) for change in changes] == [
        ("dropped", "Thực hiện tiếp nhận hồ sơ qua dịch vụ bưu chính công ích (BCCI)"),
        ("renamed", "Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC"),
        ("renamed", "Xây dựng và phát triển Chính quyền điện tử, Chính quyền số"),
        ("added", "Đối thoại của lãnh đạo với người dân, doanh nghiệp"),
    ]
