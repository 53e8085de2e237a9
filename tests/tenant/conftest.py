"""A county and its office, signed in."""

import pytest

from tests.factories import Factory
from tests.pages import PageClient


@pytest.fixture
def county(make: Factory) -> int:
    return make.county()


@pytest.fixture
def office(client: PageClient, make: Factory, county: int) -> PageClient:
    client.sign_in(make.member(county))
    return client
