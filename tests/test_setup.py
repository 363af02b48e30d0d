"""The ground the other tests stand on: both databases and the browser."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import create_engine, text


def test_a_database_of_each_kind_stores_vietnamese(database_url: str) -> None:
    with create_engine(database_url).begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE unit (name VARCHAR(50))"))
        connection.execute(text("INSERT INTO unit VALUES ('Sở Nội vụ')"))
        assert connection.scalar(text("SELECT name FROM unit")) == "Sở Nội vụ"


def test_each_new_database_is_empty(new_database: Callable[[str], str]) -> None:
    first, second = new_database("same"), new_database("same")
    with create_engine(first).begin() as connection:
        connection.execute(text("CREATE TABLE unit (name VARCHAR(50))"))
    with create_engine(second).begin() as connection:
        connection.execute(text("CREATE TABLE unit (name VARCHAR(50))"))


def test_the_browser_opens_a_page(page: Page) -> None:
    page.set_content("<h1>Chỉ số hài lòng</h1>")
    assert page.get_by_role("heading").inner_text() == "Chỉ số hài lòng"
