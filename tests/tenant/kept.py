"""What a county's settings hold."""

from typing import Any

from plans.base import County
from tests.factories import Factory


def settings_of(make: Factory, county: int) -> dict[str, Any]:
    with make.session() as session:
        return session.get_one(County, county).settings
