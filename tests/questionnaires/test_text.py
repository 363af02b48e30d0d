import unicodedata

from questionnaires.text import fold, nfc


def test_a_name_typed_with_loose_marks_is_the_same_name():
    assert nfc(unicodedata.normalize("NFD", "Đắk Lắk")) == "Đắk Lắk"


def test_search_forgets_marks_case_and_the_bar_of_d():
    assert fold("  Sở Nội vụ  ĐẮK LẮK ") == "so noi vu dak lak"
    assert fold(unicodedata.normalize("NFD", "Thừa Thiên Huế")) == "thua thien hue"
