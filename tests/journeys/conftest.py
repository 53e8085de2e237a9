"""The road that each journey walks, with a clock that stands still until days pass."""

from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask

from tests.conftest import NOW
from tests.factories import Factory
from tests.journeys.road import Road, build_road


@pytest.fixture
def road(app: Flask, make: Factory) -> Iterator[Road]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield build_road(app, make, clock)
