"""Accounts and what each may be in which county."""

from datetime import date, datetime

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column

from plans.actors import Post, Role
from plans.base import Base, CountyOwned, new_id, owned_fk


class Account(UserMixin, Base):  # type: ignore[misc]
    """A person who signs in. Accounts belong to no county; memberships do."""

    __tablename__ = "account"
    __table_args__ = (sa.UniqueConstraint("oidc_issuer", "oidc_subject"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=new_id)
    login: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(60))
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    is_enabled: Mapped[bool] = mapped_column(default=True)
    is_platform_admin: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    created_at: Mapped[datetime]
    must_change: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # the password, first
    second_factor_at: Mapped[datetime | None]  # since when it is asked for at sign-in
    oidc_issuer: Mapped[str | None] = mapped_column(sa.String(200))
    oidc_subject: Mapped[str | None] = mapped_column(sa.String(255))
    email: Mapped[str | None] = mapped_column(sa.String(200))
    language: Mapped[str | None] = mapped_column(sa.String(10))  # as BCP 47; None: never chosen

    @property
    def is_active(self) -> bool:
        """What Flask-Login asks before it lets an account in."""
        return self.is_enabled


class Membership(CountyOwned, Base):
    """The role of an account in one county, with its unit or school where the role needs one.

    ``post`` tells reminders who stands above whom. A membership that is not active any more is kept for its
    history. ``reminded_from``: whoever took a place over is not reminded of what spoke before that day.
    """

    __tablename__ = "membership"
    __table_args__ = (
        owned_fk("unit_id", "unit"),
        sa.UniqueConstraint("county_id", "account_id", "role"),
        sa.CheckConstraint("role <> 'unit' or unit_id is not null", name="unit_has_unit"),
        sa.CheckConstraint("role <> 'school' or school_code is not null", name="school_has_school"),
        sa.Index("ix_membership_account_id", "account_id"),
    )

    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    role: Mapped[Role]
    unit_id: Mapped[int | None]
    school_code: Mapped[str | None] = mapped_column(sa.String(20))
    post: Mapped[Post] = mapped_column(default=Post.MEMBER, server_default="member")
    is_active: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    reminded_from: Mapped[date] = mapped_column(default=date(2000, 1, 1), server_default="2000-01-01")
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}
