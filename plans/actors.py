"""Who acts: passed as an argument to every command, never looked up."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The part that a member plays in one county."""

    LEADER = "leader"
    OFFICE = "office"
    UNIT = "unit"
    SCHOOL = "school"
    SUPERVISOR = "supervisor"
    OVERSEER = "overseer"


class Post(StrEnum):
    """The place of a member among those of the same role, as far as reminders ask for it."""

    MEMBER = "member"
    HEAD = "head"  # 单位负责人, of a unit
    DEPUTY = "deputy"  # 分管领导, of the leading group


@dataclass(frozen=True)
class Actor:
    """A signed-in person inside one county."""

    user_id: int
    name: str
    county_id: int
    role: Role
    unit_id: int | None = None  # None = acts for no single unit
    school_code: str | None = None


@dataclass(frozen=True)
class Person:
    """Somebody who is named: for a task, or in a comment."""

    name: str
    account_id: int | None = None  # None = has no account in the county
