"""A client that reads pages as a careful person would: every page it opens is checked."""

from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories import PASSWORD, Member


class PageClient:
    """Opens pages without JavaScript; each answer must be sound HTML before a test looks at it."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()

    def sign_in(self, member: Member) -> None:
        answer = self.http.post("/sign-in", data={"login": member.login, "password": PASSWORD})
        assert answer.status_code == 303, answer.text

    def get_page(self, path: str, status: int = 200) -> BeautifulSoup:
        return self._page(self.http.get(path, follow_redirects=True), status)

    def post_page(
        self, path: str, data: dict[str, Any], status: int = 200, came_from: str | None = None
    ) -> BeautifulSoup:
        """Send a form and follow where it leads."""
        headers = {"Referer": came_from} if came_from else {}
        answer = self.http.post(
            path, data=data, content_type="multipart/form-data", follow_redirects=True, headers=headers
        )
        return self._page(answer, status)

    def _page(self, answer: TestResponse, status: int) -> BeautifulSoup:
        assert answer.status_code == status, f"{answer.status_code}\n{answer.text[:2000]}"
        page = BeautifulSoup(answer.text, "html.parser")
        check_page(page)
        return page


def check_page(page: BeautifulSoup) -> None:
    """Ids occur once, forms say where they go, fields have labels, nothing is inline."""
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    assert not page.select("[style], [onclick], script:not([src]):not([type='application/json'])")
    assert all(
        form.get("action") is not None or form.get("method") == "dialog" for form in page.find_all("form")
    )
    labelled = {label.get("for") for label in page.find_all("label")}
    for field in page.select("input:not([type=hidden]):not([type=submit]), select, textarea"):
        assert field.get("id") in labelled or field.get("aria-label") or field.find_parent("label"), field
