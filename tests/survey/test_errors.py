"""What people read when something cannot be done."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask, abort

from questionnaires.faults import N_
from survey import create_app
from survey.access import public
from survey.errors import UserError
from tests.survey.conftest import SETTINGS
from tests.survey.pages import InspectingClient

SECRET = "điều không ai nên thấy"


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with a few pages that fail, on a database without a table: the worst of days."""
    folder = tmp_path_factory.mktemp("failing")
    app = create_app(
        {
            **SETTINGS,
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/empty.db",
            "JOBS_FILE": str(folder / "jobs.db"),
            "PROPAGATE_EXCEPTIONS": False,
        }
    )
    app.test_client_class = InspectingClient
    pages = Blueprint("failing", __name__)

    @pages.route("/refuse/<int:code>", methods=["GET", "POST"])
    @public
    def refuse(code: int) -> str:
        abort(code)

    @pages.get("/crash")
    @public
    def crash() -> str:
        raise RuntimeError(SECRET)

    @pages.get("/cannot")
    @public
    def cannot() -> str:
        raise UserError(N_("Somebody else changed this at the same time"), status=409)

    app.register_blueprint(pages)
    return app


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (400, "Không hiểu được yêu cầu này"),
        (403, "Vai trò của Ông/Bà không được mở trang này"),
        (404, "Không có trang nào ở địa chỉ này"),
        (405, "Địa chỉ này không phải là một trang để mở"),
        (409, "Có người khác vừa thay đổi cùng nội dung này"),
        (413, "Nội dung Ông/Bà gửi quá lớn"),
        (418, "Không hiểu được yêu cầu này"),
        (429, "Quá nhiều lần thử"),
        (503, "Hệ thống gặp sự cố"),
    ],
)
def test_each_refusal_has_a_page_in_plain_words(failing, code, title):
    page = failing.test_client().get(f"/refuse/{code}")
    assert page.status_code == code
    assert f'<h1 class="govuk-heading-l">{title}</h1>' in page.text


def test_the_second_language_too(failing):
    client = failing.test_client()
    client.set_cookie("language", "en")
    assert "There is no page at this address" in client.get("/nothing-here").text


def test_a_fault_of_ours_is_logged_and_not_shown(failing, caplog):
    page = failing.test_client().get("/crash")
    assert page.status_code == 500
    assert "Hệ thống gặp sự cố" in page.text
    assert SECRET not in page.text
    assert "Traceback" not in page.text
    assert SECRET in caplog.text


def test_without_a_database_the_page_still_speaks(failing):
    client = failing.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "1."
    page = client.get("/")
    assert page.status_code == 500
    assert "Hệ thống gặp sự cố" in page.text


def test_what_cannot_be_done_is_said_in_the_readers_language(failing):
    page = failing.test_client().get("/cannot")
    assert page.status_code == 409
    assert "Có người khác vừa thay đổi cùng nội dung này" in page.text


def test_a_form_without_its_token_is_refused_kindly(client):
    page = client.post("/sign-in", data={"name": "planner", "password": "x"})
    assert page.status_code == 400
    assert "Trang này đã mở quá lâu" in page.text


def test_a_wrong_method_says_which_are_right(client):
    page = client.get("/language/en")
    assert page.status_code == 405
    assert "POST" in page.headers["Allow"]


def test_too_large_a_body_is_refused_with_a_page(app, client):
    page = client.post("/sign-in", data={"name": "x" * (app.config["MAX_CONTENT_LENGTH"] + 1)})
    assert page.status_code == 413
    assert "Nội dung Ông/Bà gửi quá lớn" in page.text


def test_too_large_a_form_is_refused_before_it_is_read(app, client):
    long = {"name": "x" * (app.config["MAX_FORM_MEMORY_SIZE"] + 1)}
    page = client.post("/sign-in", data=long, content_type="multipart/form-data")
    assert page.status_code == 413
