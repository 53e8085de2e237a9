"""Reminders as rows, and the messages that carry them outwards."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, CountyOwned
from plans.reminders.rules import Family, Level


class Reminder(CountyOwned, Base):
    """One person told once about one item by one rule on one slot day; the in-app centre shows these rows.

    The key (item, person, rule, slot day) is unique, so that whoever writes it again writes nothing.
    ``item_id`` is the id of what the family is about (a year for the county's own return).
    ``anchor_on`` is the day that the slot was counted from, as it was then. ``carried_at``: since when a
    person's message carries it outwards.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        sa.UniqueConstraint("county_id", "family", "item_id", "account_id", "rule", "slot_on"),
        sa.Index("ix_reminder_county_id_account_id_created_at", "county_id", "account_id", "created_at"),
    )

    family: Mapped[Family]
    item_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    rule: Mapped[str] = mapped_column(sa.String(40))
    slot_on: Mapped[date]
    anchor_on: Mapped[date]
    level: Mapped[Level]
    is_immediate: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    carried_at: Mapped[datetime | None]


class MessageState(StrEnum):
    """What is known of a message."""

    QUEUED = "queued"  # 待发送
    SENDING = "sending"  # 发送中
    SENT = "sent"  # 已发送
    FAILED = "failed"  # 发送失败, tried to the end or refused for good
    UNKNOWN = "unknown"  # 结果不明, died between the send and its record


class Message(CountyOwned, Base):
    """One message to one address; ``dedup_key`` is unique, so that it is written once.

    ``account_id`` is None for a group's webhook. ``reminder_ids`` are those that it carries. A message in
    ``sending`` past ``lease_until`` has an unknown fate.
    """

    __tablename__ = "message"
    __table_args__ = (
        sa.UniqueConstraint("county_id", "dedup_key"),
        sa.Index("ix_message_state_next_try_at", "state", "next_try_at"),
        sa.Index("ix_message_county_id_account_id_day", "county_id", "account_id", "day"),
    )

    channel: Mapped[str] = mapped_column(sa.String(20))
    kind: Mapped[str] = mapped_column(sa.String(20))  # digest, immediate or weekly
    dedup_key: Mapped[str] = mapped_column(sa.String(120))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    address: Mapped[str] = mapped_column(sa.String(200))
    day: Mapped[date]
    subject: Mapped[str] = mapped_column(sa.String(200))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text, default="")
    reminder_ids: Mapped[list[Any]] = mapped_column(default=list)
    is_repeatable: Mapped[bool] = mapped_column(default=False)  # rather twice than never
    state: Mapped[MessageState] = mapped_column(default=MessageState.QUEUED)
    attempts: Mapped[int] = mapped_column(sa.Integer, default=0)
    next_try_at: Mapped[datetime]
    claimed_by: Mapped[str] = mapped_column(sa.String(60), default="")
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]
