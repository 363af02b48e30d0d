"""A file of forms that is refused: all its faults can be taken away."""

from __future__ import annotations

from questionnaires.sheets import read_sheets
from survey.db import db
from tests.survey.factory import make_round


def test_all_faults_of_a_refused_file_can_be_taken_away(app, site, page, accessible, sign_in, tmp_path):
    """Under our content security policy too, which is strict about where things come from."""
    with app.app_context():
        survey_id = make_round(db.session).survey.id
    items = "received,late,visits,visited_on,reason,polite,clear,improve,ethnicity,comment"
    file = tmp_path / "phieu.csv"
    file.write_text("\n".join([f"FORM,UNIT,{items}", *(f"{n},nowhere" for n in range(1, 251))]))
    sign_in("supervisor")
    page.goto(f"{site}/entry/import/{survey_id}")
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Kiểm tra và nhập").click()
    page.get_by_text("Tệp có 1000 lỗi.").wait_for()
    accessible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về toàn bộ").click()
    with download.value.path().open("rb") as workbook:
        assert len(read_sheets(workbook)[0].rows) == 1000
