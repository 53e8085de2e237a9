"""The scene of messages."""

import pytest

from tests.factories import Factory
from tests.messages.scene import Scene


@pytest.fixture
def scene(make: Factory) -> Scene:
    return Scene(make)
