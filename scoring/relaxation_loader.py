"""Relaxations of a rulebook file → data, each refused with file and place if it breaks the form."""

from collections.abc import Mapping
from typing import Any

from scoring.elements import ELEMENTS, STAGES
from scoring.errors import BadRulebook
from scoring.formulas import FORMULAS
from scoring.item_loader import read_limits
from scoring.items import Item
from scoring.rulebook_values import count, day, place_of, refuse_doubles, yes
from scoring.standard import Indicator, Relaxation, Where
from scoring.strict_yaml import check_keys

_NEEDED = ("code", "label", "indicator", "where", "since", "until", "clause")
_BOUNDS = ("students_from", "students_to", "built_to", "largest_class_below", "migrants_over_percent")


def read_relaxations(
    file: str, rows: list[Any], indicators: tuple[Indicator, ...], items: tuple[Item, ...]
) -> tuple[Relaxation, ...]:
    """Relaxations of indicators (more elements count) and of items (other limits). Raises BadRulebook."""
    known: dict[str, Indicator | Item] = {one.code: one for one in indicators}
    known |= {one.code: one for one in items}
    relaxations = tuple(_relaxation(file, row, known) for row in rows)
    refuse_doubles(file, [relaxation.code for relaxation in relaxations])
    return relaxations


def refuse_unknown_element(file: str, place: str, code: str, *, per_stage: bool) -> None:
    """Refuse an element that is no figure or, for a formula by stage, lacks a column of a stage."""
    needed = [f"{code}_{stage}" for stage in STAGES] if per_stage else [code]
    unknown = [name for name in needed if name not in ELEMENTS or not ELEMENTS[name].is_number]
    if unknown:
        raise BadRulebook(file, place, f"未知的数据项 {'、'.join(unknown)}")


def _relaxation(file: str, row: Any, known: Mapping[str, Indicator | Item]) -> Relaxation:
    place = place_of(row)
    eased = known.get(row["indicator"]) if isinstance(row, Mapping) and "indicator" in row else None
    by = "limits" if isinstance(eased, Item) else "adds"
    check_keys(file, place, row, needed=(*_NEEDED, by), allowed=["needs_proof"])
    if eased is None:
        raise BadRulebook(file, place, f"未知的指标 {row['indicator']}")
    if isinstance(eased, Indicator):
        for element in row["adds"]:
            refuse_unknown_element(file, place, element, per_stage=FORMULAS[eased.formula].per_stage)
    return Relaxation(
        **{key: row[key] for key in ("code", "label", "indicator", "clause")},
        adds=tuple(row.get("adds", ())),
        limits=read_limits(file, place, row["limits"]) if "limits" in row else {},
        where=_where(file, place, row["where"]),
        since=day(file, place, row["since"]),
        until=day(file, place, row["until"]),
        needs_proof=yes(file, place, row.get("needs_proof", "no")),
    )


def _where(file: str, place: str, table: Mapping[str, Any]) -> Where:
    check_keys(file, place, table, needed=[], allowed=["location", *_BOUNDS])
    unknown = [name for name in table.get("location", ()) if name not in ELEMENTS["location"].choices]
    if unknown:
        raise BadRulebook(file, place, f"未知的城乡类别 {'、'.join(unknown)}")
    bounds = {bound: count(file, place, table[bound]) for bound in _BOUNDS if bound in table}
    return Where(tuple(table.get("location", ())), **bounds)
