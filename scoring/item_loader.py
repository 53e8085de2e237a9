"""Items and settings of a rulebook file → data, each refused with file and place if it breaks the form."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from scoring.elements import ELEMENTS, SCHOOL_KINDS, STAGES
from scoring.errors import BadRulebook
from scoring.items import Item, Part, Setting
from scoring.measures import ROOM_KINDS
from scoring.part_formulas import PART_FORMULAS, SENSES
from scoring.rulebook_values import count, number, place_of, refuse_doubles, yes
from scoring.strict_yaml import check_keys

_ITEM = ("code", "label", "group", "level", "clause", "parts")
_ELEMENTS = ("adds", "subtracts", "per", "per_subtracts")
_LIMIT_KEYS = {*STAGES, *SCHOOL_KINDS, *(f"{kind}_{stage}" for kind in ROOM_KINDS for stage in STAGES)}


def read_settings(file: str, rows: list[Any]) -> tuple[Setting, ...]:
    """Open questions with their choices. Raises BadRulebook."""
    settings = tuple(_setting(file, row) for row in rows)
    refuse_doubles(file, [setting.name for setting in settings])
    return settings


def read_items(file: str, rows: list[Any], settings: tuple[Setting, ...]) -> tuple[Item, ...]:
    """Items with their parts. Raises BadRulebook."""
    items = tuple(read_item(file, row, settings) for row in rows)
    refuse_doubles(file, [item.code for item in items])
    return items


def read_item(file: str, row: Any, settings: tuple[Setting, ...]) -> Item:
    """One item. Raises BadRulebook."""
    place = place_of(row)
    check_keys(file, place, row, needed=_ITEM, allowed=["small_points", "enabled"])
    if row["level"] not in ("school", "county"):
        raise BadRulebook(file, place, f"未知的层级 {row['level']}")
    parts = tuple(_part(file, place, part, settings) for part in row["parts"])
    refuse_doubles(file, [f"{place}.{part.key}" for part in parts])
    return Item(
        **{key: row[key] for key in ("code", "label", "group", "level", "clause")},
        parts=parts,
        small_points=yes(file, place, row.get("small_points", "no")),
        enabled=yes(file, place, row.get("enabled", "yes")),
    )


def read_limits(file: str, place: str, given: Any) -> dict[str, Decimal]:
    """One limit (key ""), or several by stage, by kind of school, or by kind of room and stage."""
    if not isinstance(given, Mapping):
        return {"": number(file, place, given)}
    check_keys(file, place, given, needed=[], allowed=_LIMIT_KEYS)
    return {key: number(file, place, text) for key, text in given.items()}


def _setting(file: str, row: Any) -> Setting:
    place = str(row.get("name", "")) if isinstance(row, Mapping) else ""
    check_keys(file, place, row, needed=["name", "label", "choices", "default"])
    if row["default"] not in row["choices"]:
        raise BadRulebook(file, place, f"未知的选项 {row['default']}")
    return Setting(row["name"], row["label"], dict(row["choices"]), row["default"])


def _part(file: str, place: str, row: Any, settings: tuple[Setting, ...]) -> Part:
    name = row.get("formula") if isinstance(row, Mapping) else None
    if name not in PART_FORMULAS:
        raise BadRulebook(file, place, f"未知的公式 {name}")
    formula = PART_FORMULAS[name]
    needed, allowed = ("label", "formula", *formula.needs), ("key", "when", *formula.allows)
    check_keys(file, place, row, needed=needed, allowed=allowed)
    _refuse_unknown(file, place, row, settings)
    sense = next((sense for sense in SENSES if sense in row), "")
    limits = read_limits(file, place, row[sense]) if sense else {}
    if lacking := [key for key in formula.limit_keys if key not in limits]:
        raise BadRulebook(file, place, f"缺少 {'、'.join(lacking)}")
    return Part(
        key=row.get("key", ""),
        label=row["label"],
        formula=name,
        mode=formula.mode,
        unit=row.get("unit", ""),
        **{key: tuple(row.get(key, ())) for key in (*_ELEMENTS, "subjects")},
        scale=count(file, place, row.get("scale", 1)),
        sense=sense,
        limits=limits,
        when=dict(row.get("when", {})),
        warn_above=number(file, place, row["warn_above"]) if "warn_above" in row else None,
        decimals=row.get("decimals", 1),
        none_passes=yes(file, place, row.get("none_passes", "no")),
        optional=yes(file, place, row.get("optional", "no")),
    )


def _refuse_unknown(file: str, place: str, row: Mapping[str, Any], settings: tuple[Setting, ...]) -> None:
    codes = [code for key in _ELEMENTS for code in row.get(key, ())]
    unknown = [code for code in codes if code not in ELEMENTS or not ELEMENTS[code].is_number]
    if unknown:
        raise BadRulebook(file, place, f"未知的数据项 {'、'.join(unknown)}")
    choices = {(setting.name, choice) for setting in settings for choice in setting.choices}
    strange = [name for name, choice in row.get("when", {}).items() if (name, choice) not in choices]
    if strange:
        raise BadRulebook(file, place, f"未知的选项 {'、'.join(strange)}")
