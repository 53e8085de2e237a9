"""Local variants: a region or county adds to a standard or tightens it; nobody may loosen it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from scoring.errors import BadRulebook, VariantConflict
from scoring.item_loader import read_item, read_limits
from scoring.items import Item, Part, Setting
from scoring.part_formulas import SENSES
from scoring.rulebook_values import refuse_doubles
from scoring.standard import Indicator, Standard
from scoring.strict_yaml import check_keys, parse_yaml

_TOP = ("variant", "title", "base")
_OPTIONAL = ("changes", "adds", "enables", "settings", "clause")


@dataclass(frozen=True)
class Change:
    """Other limits for a part of an item, or for an indicator; limits not named stay."""

    code: str
    part: str  # key of the part; "" = the only one
    sense: str  # at_least, at_most, below or cv_at_most
    limits: Mapping[str, Decimal]


@dataclass(frozen=True)
class Overlay:
    """A variant as its file says it."""

    name: str
    title: str
    base: str  # id of the standard
    clause: str
    sha256: str
    changes: tuple[Change, ...]
    adds: tuple[Item, ...]
    enables: tuple[str, ...]  # codes of items that are off in the base
    settings: Mapping[str, str]  # setting → the choice that holds from now on


@dataclass(frozen=True)
class Conflict:
    """A limit of a variant that is looser than the one above it."""

    code: str
    label: str
    key: str
    sense: str
    ours: Decimal  # of the standard that the variant is put on
    theirs: Decimal  # of the variant

    def __str__(self) -> str:
        """Both values in words."""
        key = f"（{self.key}）" if self.key else ""
        return f"{self.code} {self.label}{key}：上级标准 {self.ours:f}，本级 {self.theirs:f}，不得放宽"


def read_overlay(file: Path, standard: Standard) -> Overlay:
    """A variant file, checked against the standard that it is put on. Raises BadRulebook, OSError."""
    return parse_overlay(file.name, file.read_bytes(), standard)


def parse_overlay(name: str, content: bytes, standard: Standard) -> Overlay:
    """As ``read_overlay``, for content that is kept elsewhere under a name."""
    table = parse_yaml(name, content)
    check_keys(name, "", table, needed=_TOP, allowed=_OPTIONAL)
    if table["base"] != standard.id:
        raise BadRulebook(name, "base", f"适用于 {table['base']}，不是 {standard.id}")
    overlay = Overlay(
        name=table["variant"],
        title=table["title"],
        base=table["base"],
        clause=table.get("clause", ""),
        sha256=hashlib.sha256(content).hexdigest(),
        changes=tuple(_change(name, row) for row in table.get("changes", [])),
        adds=tuple(read_item(name, row, standard.settings) for row in table.get("adds", [])),
        enables=tuple(table.get("enables", ())),
        settings=dict(table.get("settings", {})),
    )
    _refuse_unknown(name, overlay, standard)
    return overlay


def apply(standard: Standard, overlay: Overlay) -> Standard:
    """The standard with a variant put on it; the given one stays as it is.

    ``sha256`` of the result is of both together. Applying a county's variant to the result of a region's
    compares the county with the region. Raises VariantConflict with every limit that would be loosened.
    """
    if found := conflicts(standard, overlay):
        raise VariantConflict(overlay.title, found)
    return replace(
        standard,
        sha256=hashlib.sha256(f"{standard.sha256}+{overlay.sha256}".encode()).hexdigest(),
        indicators=tuple(_indicator(one, overlay) for one in standard.indicators),
        items=(*(_item(one, overlay) for one in standard.items), *overlay.adds),
        settings=tuple(
            _settled(one, overlay.settings[one.name]) if one.name in overlay.settings else one
            for one in standard.settings
        ),
        variants=(*standard.variants, overlay.title),
    )


def with_variants(standard: Standard, files: Iterable[Path]) -> Standard:
    """The standard with the variants of some files put on it, each on the result of the one before."""
    for file in files:
        standard = apply(standard, read_overlay(file, standard))
    return standard


def conflicts(standard: Standard, overlay: Overlay) -> list[Conflict]:
    """Limits of a variant that are looser than those of the standard, with both values."""
    return [conflict for change in overlay.changes for conflict in _conflicts(standard, change)]


def _conflicts(standard: Standard, change: Change) -> Iterator[Conflict]:
    label, limits = _limits(standard, change)
    for key, theirs in change.limits.items():
        looser = theirs < limits[key] if change.sense == "at_least" else theirs > limits[key]
        if looser:
            yield Conflict(change.code, label, key, change.sense, limits[key], theirs)


def _limits(standard: Standard, change: Change) -> tuple[str, Mapping[str, Decimal]]:
    """Label and present limits of what is changed."""
    for indicator in standard.indicators:
        if indicator.code == change.code and change.sense in ("at_least", "cv_at_most"):
            return indicator.label, getattr(indicator, change.sense)
    for item in standard.items:
        for part in item.parts:
            if (item.code, part.key, part.sense) == (change.code, change.part, change.sense):
                return part.label, part.limits
    return "", {}


def _indicator(indicator: Indicator, overlay: Overlay) -> Indicator:
    own = [change for change in overlay.changes if change.code == indicator.code]
    limits: dict[str, Any] = {one.sense: {**getattr(indicator, one.sense), **one.limits} for one in own}
    return replace(indicator, clause=_clause(indicator.clause, overlay), **limits) if own else indicator


def _item(item: Item, overlay: Overlay) -> Item:
    own = {change.part: change for change in overlay.changes if change.code == item.code}
    if not own and item.code not in overlay.enables:
        return item
    parts = tuple(_part(part, own[part.key]) if part.key in own else part for part in item.parts)
    enabled = item.enabled or item.code in overlay.enables
    return replace(item, parts=parts, enabled=enabled, clause=_clause(item.clause, overlay))


def _part(part: Part, change: Change) -> Part:
    return replace(part, limits={**part.limits, **change.limits})


def _settled(setting: Setting, choice: str) -> Setting:
    return replace(setting, default=choice, choices={choice: setting.choices[choice]})


def _clause(clause: str, overlay: Overlay) -> str:
    return f"{clause}；{overlay.clause or overlay.title}"


def _change(file: str, row: Any) -> Change:
    place = str(row.get("code", "")) if isinstance(row, Mapping) else ""
    check_keys(file, place, row, needed=["code"], allowed=["part", *SENSES, "cv_at_most"])
    senses = [sense for sense in (*SENSES, "cv_at_most") if sense in row]
    if len(senses) != 1:
        raise BadRulebook(file, place, f"须有且只有 {'、'.join((*SENSES, 'cv_at_most'))} 中的一项")
    return Change(place, row.get("part", ""), senses[0], read_limits(file, place, row[senses[0]]))


def _refuse_unknown(file: str, overlay: Overlay, standard: Standard) -> None:
    for change in overlay.changes:
        _, limits = _limits(standard, change)
        strays = [key or "数值" for key in change.limits if key not in limits]
        if strays:
            place = ".".join(filter(None, (change.code, change.part)))
            raise BadRulebook(file, place, f"{standard.id} 没有 {change.sense} {'、'.join(strays)} 可改")
    refuse_doubles(file, [f"{change.code}.{change.part}.{change.sense}" for change in overlay.changes])
    known = [item.code for item in standard.items]
    refuse_doubles(file, [*standard.codes, *known, *(item.code for item in overlay.adds)])
    unknown = [code for code in overlay.enables if code not in known]
    if unknown:
        raise BadRulebook(file, "enables", f"未知的项目 {'、'.join(unknown)}")
    choices = {(one.name, choice) for one in standard.settings for choice in one.choices}
    if strange := [name for name, choice in overlay.settings.items() if (name, choice) not in choices]:
        raise BadRulebook(file, "settings", f"未知的选项 {'、'.join(strange)}")
