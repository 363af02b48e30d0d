"""A run's report: a page of the site, a file, a workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest
import sqlalchemy as sa

from survey.models import Round
from tests.survey.results.rounds import in_database, saved, the_run


def test_the_report_is_a_page_of_the_site_in_both_languages(reader, shared_run):
    vietnamese = reader.get(f"{shared_run.address}/report").text
    assert 'lang="vi"' in vietnamese
    reader.submit("/language/en")
    english = reader.get(f"{shared_run.address}/report").text
    assert 'lang="en"' in english
    for page in (vietnamese, english):
        assert "<article" in page
        assert "report.css" in page
    assert reader.get("/report.css").mimetype == "text/css"


def test_downloads_are_files_named_after_round_and_run(reader, shared_run):
    name = f"{shared_run.round.code}-{the_run(shared_run.app, shared_run.address).sha256[:8]}-vi"
    alone = saved(reader, f"{shared_run.address}/report.html")
    assert alone.headers["Content-Disposition"] == f"attachment; filename={name}.html"
    assert alone.text.startswith("<!DOCTYPE html>")
    workbook = saved(reader, f"{shared_run.address}/report.xlsx")
    assert f"{name}.xlsx" in workbook.headers["Content-Disposition"]
    read = openpyxl.load_workbook(io.BytesIO(workbook.data), read_only=True)
    assert len(read.sheetnames) > 5


def test_a_round_with_signs_in_its_code_still_gives_a_plain_file_name(app, client, sign_in, the_round, press):
    in_database(app, sa.update(Round).values(code='đl/22 "x"; y'))
    sign_in("analyst")
    named = saved(client, f"{press()}/report.xlsx").headers["Content-Disposition"]
    assert named.startswith("attachment; filename=l-22-x-y-")


def test_who_has_a_download_already_is_sent_nothing(reader, shared_run):
    workbook = f"{shared_run.address}/report.xlsx"
    tag = saved(reader, workbook).headers["ETag"]
    again = saved(reader, workbook, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    reader.submit("/language/en")
    assert saved(reader, workbook, headers={"If-None-Match": tag}).status_code == 200


def test_the_workbook_holds_the_index_unrounded(reader, shared_run):
    content = saved(reader, f"{shared_run.address}/report.xlsx").data
    cells = {
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if isinstance(cell, float)
    }
    assert any(cell == pytest.approx(82.5, abs=1e-9) for cell in cells)
