"""How accounts come in: their open sign-ins, one-time recovery codes, and attempts that are counted."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from plans.base import Base, new_id


class SignIn(Base):
    """One browser in which an account is or was signed in: it holds the token, this row its hash."""

    __tablename__ = "sign_in"
    __table_args__ = (sa.Index("ix_sign_in_account_id_address", "account_id", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    address: Mapped[str] = mapped_column(sa.String(45))
    agent: Mapped[str] = mapped_column(sa.String(200))
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # written every few minutes, not with every request
    ended_at: Mapped[datetime | None]


class SecondFactor(Base):
    """The secret that an account shares with a person's telephone, sealed with the key of the service."""

    __tablename__ = "second_factor"

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    totp_secret: Mapped[str] = mapped_column(sa.String(200))
    step: Mapped[int] = mapped_column(default=0)  # of the last code used; it and older ones are refused


class RecoveryCode(Base):
    """A code that stands in once for a lost second factor."""

    __tablename__ = "recovery_code"
    __table_args__ = (sa.UniqueConstraint("account_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    used_at: Mapped[datetime | None]


class AttemptCount(Base):
    """How often something was tried under one key: a login, an address, a device, a person's uploads."""

    __tablename__ = "attempt_count"
    __table_args__ = (sa.Index("ix_attempt_count_last_at", "last_at"),)

    key: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    n: Mapped[int]
    last_at: Mapped[datetime]
    until: Mapped[datetime | None]  # end of the pause, or of the counted window
