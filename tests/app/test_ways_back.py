"""Where a refused act leads back to."""

import pytest

from tests.factories import Factory
from tests.pages import PageClient


@pytest.mark.parametrize(
    ("began", "ways"),
    [
        ("http://localhost/tasks?list=all", ["/tasks?list=all", "/"]),
        ("http://elsewhere.example/tasks", ["/"]),
        ("http://localhost//elsewhere.example", ["/", "/"]),
        ("http://localhost/versions/1/freeze", ["/"]),
        (None, ["/"]),
    ],
)
def test_refused_act_leads_back_to_where_it_began(
    make: Factory, client: PageClient, began: str | None, ways: list[str]
) -> None:
    client.sign_in(make.member(make.county()))

    page = client.post_page("/versions/1/freeze", {}, 404, came_from=began)

    assert [link["href"] for link in page.select("main a.btn")] == ways
