"""What became of one criterion over the years."""

import pytest

from questionnaires import frameworks
from questionnaires.comparison import history
from questionnaires.comparison.history import in_order
from tests.questionnaires.comparison.framework_versions import earlier, field, later, leaf, version


def told(rows):
    return [(row.framework.version, row.node and row.node.code, sorted(row.kinds)) for row in rows]


def without_it():
    return version(field("1", "Khác"), leaf("1.9", "Việc khác", 1), name="2023", date="2023-12-20")


def back_again():
    return version(
        field("1", "Chỉ đạo, điều hành"),
        leaf("1.4", "Đổi mới, sáng tạo trong triển khai nhiệm vụ CCHC", 6, subject="innovation"),
        name="2024",
        date="2024-12-20",
    )


def test_a_criterion_is_followed_through_new_names_codes_and_a_gap():
    rows = history([back_again(), later(), without_it(), earlier()], "innovation")
    assert told(rows) == [
        ("2021", "1.3", []),
        ("2022", "1.4", ["renamed", "reweighted"]),
        ("2023", None, ["dropped"]),
        ("2024", "1.4", ["reweighted"]),
    ]
    assert rows[1].change.points == (5, 4)
    assert rows[3].change.points == (4, 6)


def test_a_code_names_what_it_means_in_the_newest_version():
    rows = history([earlier(), later()], "1.2")
    assert told(rows) == [("2021", "1.1", []), ("2022", "1.2", ["kept"])]


def test_a_subject_comes_before_a_code_of_the_same_name():
    coded = version(field("1", "A"), {**leaf("1.1", "Việc khác", 1), "code": "innovation"}, name="2025")
    assert told(history([coded, earlier()], "innovation"))[0] == ("2021", "1.3", [])


def test_a_criterion_begins_and_ends():
    assert told(history([earlier(), later()], "1.5"))[0] == ("2021", "2.4", [])
    assert told(history([earlier(), later(), without_it()], "2.3")) == [
        ("2021", "2.3", []),
        ("2022", None, ["dropped"]),
        ("2023", None, []),
    ]
    assert told(history([earlier(), without_it()], "1.9")) == [("2021", None, []), ("2023", "1.9", ["added"])]


def test_an_unknown_name_is_refused():
    with pytest.raises(LookupError):
        history([earlier()], "9.9")


def test_versions_without_a_date_stand_by_their_year():
    undated = version(field("1", "A"), leaf("1.1", "B", 1), name="Năm 2022")
    unknown = version(field("1", "A"), leaf("1.1", "B", 1), name="mới")
    assert in_order([unknown, later(), undated, earlier()]) == [earlier(), undated, later(), unknown]
    shipped = in_order(map(frameworks.load, frameworks.names()))
    assert shipped[0].code == "ha-noi-phong-2019"  # its decision has no date: the code tells the year


def test_satisfaction_is_followed_through_shipped_frameworks():
    rows = history([frameworks.load("dak-lak-so-2022"), frameworks.load("hoa-binh-so-2024")], "satisfaction")
    assert [(row.node.code, sorted(row.kinds)) for row in rows] == [
        ("c8_3", []),
        ("c3_11", ["moved", "renamed"]),
    ]
