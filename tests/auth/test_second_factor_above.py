"""A second factor of those who oversee counties and belong to none."""

import pytest

from plans.base import County
from tests.factories import Factory
from tests.pages import PageClient


@pytest.mark.parametrize(("code", "is_asked"), [("990101", True), ("990201", False)])
def test_overseer_is_asked_where_a_county_below_asks(
    client: PageClient, make: Factory, code: str, is_asked: bool
) -> None:
    make.region("990100")
    make.county(code="990102")
    county_id = make.county(code=code)
    with make.session() as session:
        session.get(County, county_id).settings = {"second_factor_required": True}
    client.sign_in(make.overseer("990100"))

    first = client.get_page("/oversight").h1.text
    refused = client.http.post("/oversight/counties/990102/enter").location

    assert (first == "请先设置二次验证") is is_asked
    assert (refused == "/account/second-factor") is is_asked
