"""Numbers in addresses that no row can have: what they ask for is not there, and nothing breaks."""

from flask import Flask

from tests.factories import Factory
from tests.pages import PageClient

ADDRESSES = (
    "/calendar?unit={0}",
    "/wall?unit={0}&from={0}",
    "/milestones?plan={0}",
    "/notices/new?task={0}&after={0}",
    "/tasks/new?measure={0}",
    "/tasks?unit={0}&measure={0}&phase={0}",
    "/messages?page={0}",
    "/audit?page={0}",
    "/plans/{1}/changes?against={0}&page={0}",
)


def test_number_beyond_every_key_breaks_no_page(app: Flask, make: Factory, client: PageClient) -> None:
    county = make.county()
    plan = make.plan(county)
    client.sign_in(make.member(county))

    answers = {path: client.http.get(path.format(2**64, plan)).status_code for path in ADDRESSES}
    merged = client.http.post(f"/plans/{plan}/units/merge", data={"unit": 2**64, "into": 1, "reason": "试"})

    assert {path: status for path, status in answers.items() if status not in (200, 404)} == {}
    assert merged.status_code == 404
