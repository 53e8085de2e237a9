"""The scene of messages, and the road they go."""

from collections.abc import Iterator

import pytest

from tests.factories import Factory
from tests.messages.post import Post
from tests.messages.scene import Scene
from tests.messages.servers import MailServer, mail_server

Running = tuple[MailServer, int]


@pytest.fixture
def scene(make: Factory) -> Scene:
    return Scene(make)


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with mail_server() as server:
        yield server


@pytest.fixture
def post(scene: Scene, running: Running) -> Post:
    running[0].__init__()  # type: ignore[misc] -- as it was at the beginning
    scene.address(scene.unit, "jia@example.org")
    mail = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": running[1], "MAIL_SENDER": "ledger@example.org"}
    private = {"WEBHOOK_PRIVATE_HOSTS": frozenset({"127.0.0.1"})}
    return Post(scene, running[0], {**scene.make.app.config, **mail, **private})
