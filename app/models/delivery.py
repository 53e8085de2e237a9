"""How a person is told, and the groups that a county tells."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned


class Preference(CountyOwned, Base):
    """What one person wants to be told in one county; who has chosen nothing has no row.

    ``muted`` are families that reach neither e-mail nor the count of unread ones. Of the calendar's secret
    link only the hash is kept.
    """

    __tablename__ = "preference"
    __table_args__ = (
        sa.UniqueConstraint("county_id", "account_id"),
        sa.UniqueConstraint("county_id", "feed_token_hash"),
    )

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    muted: Mapped[list[Any]] = mapped_column(default=list)
    by_mail: Mapped[bool] = mapped_column(default=True)
    feed_token_hash: Mapped[str | None] = mapped_column(sa.String(64))
    feed_made_at: Mapped[datetime | None]


class ChannelKind(StrEnum):
    """A service that takes messages for a group."""

    DINGTALK = "dingtalk"  # 钉钉
    WECOM = "wecom"  # 企业微信
    FEISHU = "feishu"  # 飞书
    JSON = "json"  # 一般接口


class Channel(CountyOwned, Base):
    """One group's webhook; ``secret`` is the address it is reached by and shown to nobody again.

    ``is_repeatable``: rather twice than never, when nobody can say whether a message arrived.
    """

    __tablename__ = "channel"

    name: Mapped[str] = mapped_column(sa.String(40))
    kind: Mapped[ChannelKind]
    secret: Mapped[str] = mapped_column(sa.String(500))
    is_on: Mapped[bool] = mapped_column(default=True)
    is_repeatable: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(sa.String(60))
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}
