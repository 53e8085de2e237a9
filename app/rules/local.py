"""The standard as it holds in one county: the region's variant and the county's own targets put on it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from flask_babel import gettext as _

from app.assessments.inputs import Target
from scoring.items import Item
from scoring.standard import Standard
from scoring.strict_yaml import read_yaml
from scoring.variants import Change, Conflict, Overlay, apply, conflicts, read_overlay

VARIANTS = Path(__file__).parent / "variants"


def variant_titles(standard_id: str) -> dict[str, str]:
    """Variants that regions have published for a standard, name → title."""
    tables = [read_yaml(file) for file in sorted(VARIANTS.glob("*.yaml"))]
    return {table["variant"]: table["title"] for table in tables if table["base"] == standard_id}


def with_variant(standard: Standard, variant: str) -> Standard:
    """The standard with a region's variant; "" leaves it as it is. Raises BadRulebook, OSError."""
    return apply(standard, _overlay(variant, standard)) if variant else standard


def local_standard(standard: Standard, variant: str, targets: Sequence[Target]) -> Standard:
    """The standard with the region's variant, then the county's targets.

    A target that the region has overtaken is left out: the stricter limit holds.
    """
    regional = with_variant(standard, variant)
    kept = [target for target in targets if not target_conflicts(regional, target)]
    return apply(regional, _own_overlay(regional, kept)) if kept else regional


def target_conflicts(standard: Standard, target: Target) -> list[Conflict]:
    """Where a target is looser than the standard above it; empty = none."""
    return conflicts(standard, _own_overlay(standard, [target]))


def fits(standard: Standard, target: Target) -> bool:
    """Whether the standard has the limit that a target tightens."""
    return target.key in limits_of(standard).get((target.item, target.part, target.sense), {})


def limits_of(standard: Standard) -> dict[tuple[str, str, str], Mapping[str, Decimal]]:
    """Every limit that may be tightened: (code, part, sense) → key → limit."""
    found = {(one.code, "", "at_least"): one.at_least for one in standard.indicators}
    found |= {(one.code, "", "cv_at_most"): one.cv_at_most for one in standard.indicators}
    for item in standard.items:
        found |= {(item.code, part.key, part.sense): part.limits for part in item.parts if part.limits}
    return {place: limits for place, limits in found.items() if limits}


def _overlay(variant: str, standard: Standard) -> Overlay:
    return read_overlay(VARIANTS / f"{variant}.yaml", standard)


def _own_overlay(standard: Standard, targets: Iterable[Target]) -> Overlay:
    listed = [twin for target in targets if fits(standard, target) for twin in _twins(standard, target)]
    text = json.dumps([asdict(target) for target in listed], ensure_ascii=False, sort_keys=True)
    sources = "、".join(dict.fromkeys(target.source for target in listed))
    return Overlay(
        name="county",
        title=_("本县目标"),
        base=standard.id,
        clause=_("本县目标（%(sources)s）", sources=sources),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        changes=tuple(_changes(listed)),
        adds=(),
        enables=(),
        settings={},
    )


def _changes(targets: Iterable[Target]) -> Iterable[Change]:
    limits: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    for target in targets:
        limits.setdefault((target.item, target.part, target.sense), {})[target.key] = Decimal(target.limit)
    return [Change(*place, wanted) for place, wanted in limits.items()]


def _twins(standard: Standard, target: Target) -> list[Target]:
    """The target on every form of the same requirement, whichever an open question chooses."""
    item = next((one for one in standard.items if one.code == target.item), None)
    forms = _forms(item, target.part) if item else [target.part]
    twins = [Target(**{**asdict(target), "part": form}) for form in forms]
    return [twin for twin in twins if fits(standard, twin)]


def _forms(item: Item, key: str) -> list[str]:
    own = next(part for part in item.parts if part.key == key)
    return [
        part.key
        for part in item.parts
        if part.key == key or (own.when and part.when.keys() == own.when.keys() and part.when != own.when)
    ]
