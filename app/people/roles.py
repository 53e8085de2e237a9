"""The page of roles: the table of permissions as a matrix, nothing typed beside it."""

from dataclasses import dataclass
from itertools import groupby

from plans.actors import Role
from plans.rights import PERMISSIONS, Condition, Permission


@dataclass(frozen=True)
class Area:
    """Acts that belong together."""

    name: str
    lines: list["Line"]


@dataclass(frozen=True)
class Line:
    """One act with what each role may; None = may not."""

    label: str
    cells: list[Condition | None]


def matrix() -> list[Area]:
    """Every act by area in the order of the table; cells in the order of ``Role``."""
    by_area = groupby(PERMISSIONS.values(), key=lambda permission: permission.area)
    return [Area(name, [_line(permission) for permission in group]) for name, group in by_area]


def _line(permission: Permission) -> Line:
    return Line(permission.label, [permission.grants.get(role) for role in Role])
