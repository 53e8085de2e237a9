"""The units of a draft: renamed, merged into another, or taken out, wherever they are named."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from plans.corrections.amending import UNIT_FIELDS
from plans.corrections.errors import BadCorrection
from plans.corrections.parts import Body, Part, Row, rows_of, with_rows
from plans.errors import NotFound
from plans.units import NAME_LENGTH
from plans.words import _

WITH_UNITS = (Part.MEASURES, Part.INDICATORS, Part.DUTIES)


def renamed_unit(body: Body, name: str, new_name: str, aliases: Sequence[str]) -> dict[str, Any]:
    """A unit under another name and other aliases; its old name stays an alias.

    The name or alias of another unit is refused: the two would have to be merged.

    Raises NotFound, BadCorrection.
    """
    unit = find_unit(body, name)
    new_name = new_name.strip()
    if not new_name or len(new_name) > NAME_LENGTH:
        raise BadCorrection(
            "new_name", _("请填写单位名称，不超过 %(name_length)s 字。", name_length=NAME_LENGTH)
        )
    wanted = [alias.strip() for alias in aliases if alias.strip()]
    old = [name] if new_name != name else []
    spellings = list(dict.fromkeys([*wanted, *old]))
    for other in (one for one in body["units"] if one is not unit):
        if clash := {other["name"], *other["aliases"]} & {new_name, *spellings}:
            raise BadCorrection(
                "new_name",
                _("“%(clash)s”已是%(name)s的名称，请改用“并入”。", clash=min(clash), name=other["name"]),
            )
    settled = {**unit, "name": new_name, "aliases": [alias for alias in spellings if alias != new_name]}
    units = [settled if one is unit else one for one in body["units"]]
    return _replaced({**body, "units": units}, lambda named: new_name if named == name else named)


def merged_unit(body: Body, name: str, into: str) -> dict[str, Any]:
    """A unit as another spelling of a second one. Raises NotFound, BadCorrection."""
    if not into:
        raise BadCorrection("into", _("请选择要并入的单位。"))
    unit, target = find_unit(body, name), find_unit(body, into)
    if unit is target:
        raise BadCorrection("into", _("不能并入单位自身，请选择另一个单位。"))
    aliases = list(dict.fromkeys([*target["aliases"], name, *unit["aliases"]]))
    units = [{**one, "aliases": aliases} if one is target else one for one in body["units"]]
    kept = [one for one in units if one["name"] != name]
    return _replaced({**body, "units": kept}, lambda named: into if named == name else named)


def removed_unit(body: Body, name: str) -> dict[str, Any]:
    """A draft that names the unit nowhere. Raises NotFound."""
    unit = find_unit(body, name)
    units = [one for one in body["units"] if one is not unit]
    return _replaced({**body, "units": units}, lambda named: None if named == name else named)


def find_unit(body: Body, name: str) -> Row:
    """The unit of that name. Raises NotFound."""
    for unit in body["units"]:
        if unit["name"] == name:
            found: Row = unit
            return found
    raise NotFound(_("单位"))


def counted_units(body: Body) -> list[Row]:
    """The units that the draft names now, those known before first, with how often they are named."""
    known = {unit["name"]: unit for unit in body["units"]}
    measures, indicators, duties = (Counter(_named(body, part)) for part in WITH_UNITS)
    named = measures + indicators + duties
    names = [*(name for name in known if name in named), *(name for name in named if name not in known)]
    return [
        {
            "name": name,
            "aliases": known[name]["aliases"] if name in known else [],
            "measures": measures[name],
            "indicators": indicators[name],
            "has_duty": name in duties,
        }
        for name in names
    ]


def _named(body: Body, part: Part) -> Iterator[str]:
    return (unit for row in rows_of(body, part) for unit in row["units"])


def _replaced(body: Body, rename: Callable[[str], str | None]) -> dict[str, Any]:
    for part in WITH_UNITS:
        body = with_rows(body, part, [_row(row, rename) for row in rows_of(body, part)])
    if "recurring" in body:
        body = {**body, "recurring": [_row(row, rename) for row in body["recurring"]]}
    return dict(body)


def _row(row: Row, rename: Callable[[str], str | None]) -> Row:
    lists = {field: row[field] for field in UNIT_FIELDS if field in row}
    renamed = {field: [rename(name) for name in names] for field, names in lists.items()}
    return {
        **row,
        **{field: list(dict.fromkeys(name for name in names if name)) for field, names in renamed.items()},
    }
