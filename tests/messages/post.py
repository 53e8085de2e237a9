"""The road from reminders to a server, walked by the functions that the scheduler calls."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.jobs.delivery import compose, deliver, weekly
from app.jobs.lines import everywhere
from app.messages.outcome import Fate
from plans.base import County, new_id
from plans.calendar import ZONE
from plans.models import Message
from tests.messages.scene import Scene
from tests.messages.servers import MailServer

TUESDAY = datetime(2026, 11, 24, 7, 0, tzinfo=ZONE)
NINE = TUESDAY.replace(hour=9)


@dataclass
class Post:
    """The scene with addresses, and the settings of an operator."""

    scene: Scene
    server: MailServer
    settings: dict[str, Any]

    def remind(self, at: datetime = TUESDAY, **fields: Any) -> int:
        return self.scene.remind(self.scene.unit, **{"item_id": new_id(), "created_at": at, **fields})

    def compose(self, at: datetime = NINE) -> int:
        with self.scene.make.app.app_context(), everywhere() as connection:
            return compose(connection, at=at, settings=self.settings)

    def weekly(self, at: datetime) -> int:
        with self.scene.make.app.app_context(), everywhere() as connection:
            return weekly(connection, at=at, settings=self.settings)

    def deliver(self, at: datetime = NINE) -> dict[Fate, int]:
        with self.scene.make.app.app_context(), everywhere() as connection:
            return dict(deliver(connection, clock=lambda: at, settings=self.settings).by_fate)

    def messages(self) -> list[Any]:
        with self.scene.make.app.app_context(), everywhere() as connection:
            return list(connection.execute(sa.select(*sa.inspect(Message).c).order_by(Message.id)))

    def set(self, **settings: Any) -> None:
        with self.scene.make.session() as session:
            session.get_one(County, self.scene.county).settings = settings
