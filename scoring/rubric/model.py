"""A rubric in points as data: areas (A), groups (B), items (C), what can be computed for an item."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.elements import ELEMENTS, Element


@dataclass(frozen=True)
class Yearly:
    """A limit that rises each year."""

    since: int
    step: Decimal
    most: Decimal


@dataclass(frozen=True)
class Check:
    """One computed figure: what it is made of and what it is compared with."""

    label: str
    kind: str  # ratio, rise or faster; see scoring.rubric.hints
    unit: str
    decimals: int  # digits for print
    adds: tuple[str, ...]  # element codes of the numerator
    per: tuple[str, ...] = ()  # … of the denominator; empty = 1
    per_subtracts: tuple[str, ...] = ()
    than: tuple[str, ...] = ()  # … whose growth has to be exceeded
    scale: int = 1
    sense: str = ""  # at_least or at_most; "" = the document states no limit
    limit: Decimal | None = None
    yearly: Yearly | None = None
    warn_above: Decimal | None = None  # a larger value is doubtful, never capped
    counts: bool = True  # False = shown only

    @property
    def codes(self) -> tuple[str, ...]:
        """Elements that the figure is made of."""
        return (*self.adds, *self.per, *self.per_subtracts, *self.than)

    def limit_in(self, year: int) -> Decimal | None:
        """The limit of a year."""
        if self.limit is None or self.yearly is None:
            return self.limit
        return min(self.limit + max(year - self.yearly.since, 0) * self.yearly.step, self.yearly.most)


@dataclass(frozen=True)
class Part:
    """One requirement of an item; ``full`` if the document gives it points of its own."""

    label: str
    full: int | None
    checks: tuple[Check, ...]
    readings: bool = False  # the checks are readings of one open rule: only if they agree is it decided


@dataclass(frozen=True)
class Item:
    """One item that is given points."""

    code: str
    group: str  # a group or, for the composite CV, an area
    label: str
    full: int
    starred: bool
    parts: tuple[Part, ...]
    is_attested: bool  # something is left to judge by evidence
    clause: str

    @property
    def mode(self) -> str:
        """computed, attested or both."""
        return "+".join((["computed"] if self.parts else []) + (["attested"] if self.is_attested else []))


@dataclass(frozen=True)
class Group:
    """An area (A, without ``area``) or a group of an area (B)."""

    code: str
    label: str
    full: int
    area: str = ""
    stated_items: int | None = None  # C items that the document says it has


@dataclass(frozen=True)
class Rubric:
    """One dated version of a rubric; ``sha256`` is of its file as published."""

    id: str
    version: str
    sha256: str
    title: str
    effective_from: date
    source: Mapping[str, str]
    full: int
    groups: tuple[Group, ...]  # each area before its groups
    items: tuple[Item, ...]
    open: Mapping[str, str]  # code → question that the document leaves open

    @property
    def elements(self) -> tuple[Element, ...]:
        """Yearly figures that the checks need, in the order of elements.yaml."""
        needed = {code for _, _, check in self.checks() for code in check.codes}
        return tuple(element for element in ELEMENTS.values() if element.code in needed)

    def checks(self) -> Iterator[tuple[Item, Part, Check]]:
        """Every check with its part and item, in the order of the document."""
        for item in self.items:
            for part in item.parts:
                for check in part.checks:
                    yield item, part, check

    def items_of(self, code: str) -> tuple[Item, ...]:
        """Items of an area or a group."""
        own = {code, *(group.code for group in self.groups if group.area == code)}
        return tuple(item for item in self.items if item.group in own)

    def miscounts(self) -> tuple[tuple[Group, int], ...]:
        """Areas whose stated number of items differs from the number listed, with the latter."""
        counted = ((group, len(self.items_of(group.code))) for group in self.groups)
        return tuple((group, n) for group, n in counted if group.stated_items not in (None, n))
