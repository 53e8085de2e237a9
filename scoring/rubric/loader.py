"""Rubric files → ``Rubric``: strict reading, arithmetic of the points, and the lock."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scoring.elements import ELEMENTS, RULEBOOKS, STAGE_LABELS, STAGES
from scoring.errors import BadRulebook, NoStandardInForce
from scoring.loader import LOCK, RUBRICS, published
from scoring.rubric.model import Check, Group, Item, Part, Rubric, Yearly
from scoring.rulebook_values import count, day, number, place_of, refuse_doubles, yes
from scoring.strict_yaml import check_keys, read_yaml

KINDS = ("ratio", "rise", "faster")
_TOP = ("rubric", "title", "effective_from", "source", "full", "open", "areas", "groups", "items")
_CHECK = ("label", "kind", "unit", "decimals", "adds")
_ELEMENTS = ("adds", "per", "per_subtracts", "than")
_SENSES = ("at_least", "at_most")
_OPTIONAL = (*_ELEMENTS[1:], *_SENSES, "stages", "scale", "yearly", "warn_above", "counts")


def load_rubric(rubric_id: str) -> Rubric:
    """The newest version of a rubric.

    Raises NoStandardInForce for an unknown rubric, and BadRulebook for a file that breaks the form, whose
    points don't add up, or that differs from what was published.

    >>> len(load_rubric("xinjiang-2014-1000").items)
    37
    """
    if rubric_id not in RUBRICS:
        raise NoStandardInForce(f"没有评分标准 {rubric_id}；可用的有：{'、'.join(RUBRICS)}。")
    files = (file for file in (RULEBOOKS / rubric_id).glob("*.yaml") if file.name != "cases.yaml")
    return _published(max(files))


@cache
def _published(file: Path) -> Rubric:
    rubric = read_rubric(file)
    path = file.relative_to(RULEBOOKS).as_posix()
    if published().get(path) != rubric.sha256:
        raise BadRulebook(file.name, "", f"与已发布的版本不一致（{LOCK.name} 中 {path}）；更正须另立新文件")
    return rubric


def read_rubric(file: Path) -> Rubric:
    """One rubric file, checked whole. Raises BadRulebook naming file and item."""
    table, name = read_yaml(file), file.name
    check_keys(name, "", table, needed=_TOP)
    groups = (*_groups(name, table["areas"], []), *_groups(name, table["groups"], ["area"]))
    items = tuple(_item(name, row) for row in table["items"])
    refuse_doubles(name, [*(group.code for group in groups), *(item.code for item in items)])
    for row in table["open"]:
        check_keys(name, "open", row, needed=["code", "text"])
    rubric = Rubric(
        id=table["rubric"],
        version=table["effective_from"],
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        title=table["title"],
        effective_from=day(name, "effective_from", table["effective_from"]),
        source=table["source"],
        full=count(name, "full", table["full"]),
        groups=tuple(_in_order(groups)),
        items=items,
        open={row["code"]: row["text"] for row in table["open"]},
    )
    _refuse_wrong_sums(name, rubric)
    return rubric


def _groups(file: str, rows: list[Any], more: list[str]) -> Iterator[Group]:
    for row in rows:
        check_keys(
            file, place_of(row), row, needed=["code", "label", "full", *more], allowed=["stated_items"]
        )
        yield Group(row["code"], row["label"], row["full"], row.get("area", ""), row.get("stated_items"))


def _in_order(groups: tuple[Group, ...]) -> Iterator[Group]:
    for area in groups:
        if not area.area:
            yield area
            yield from (group for group in groups if group.area == area.code)


def _item(file: str, row: Mapping[str, Any]) -> Item:
    place = place_of(row)
    needed = ("code", "group", "label", "full", "starred", "clause")
    check_keys(file, place, row, needed=needed, allowed=["parts", "attested"])
    parts = tuple(_part(file, place, part) for part in row.get("parts", ()))
    return Item(
        **{key: row[key] for key in ("code", "group", "label", "clause")},
        full=count(file, place, row["full"]),
        starred=yes(file, place, row["starred"]),
        parts=parts,
        is_attested=yes(file, place, row["attested"]) if "attested" in row else not parts,
    )


def _part(file: str, place: str, row: Mapping[str, Any]) -> Part:
    check_keys(file, place, row, needed=["label", "checks"], allowed=["full", "readings"])
    checks = tuple(check for given in row["checks"] for check in _checks(file, place, given))
    readings = yes(file, place, row.get("readings", "no"))
    return Part(row["label"], row.get("full"), checks, readings)


def _checks(file: str, place: str, row: Mapping[str, Any]) -> Iterator[Check]:
    """The check, or one for each stage: elements take the suffix of the stage, limits are by stage."""
    check_keys(file, place, row, needed=_CHECK, allowed=_OPTIONAL)
    staged = yes(file, place, row.get("stages", "no"))
    for stage in STAGES if staged else ("",):
        suffix, name = (f"_{stage}", STAGE_LABELS[stage]) if stage else ("", "")
        given = {key: [f"{code}{suffix}" for code in row.get(key, ())] for key in _ELEMENTS}
        limits = {sense: row[sense] for sense in _SENSES if sense in row}
        if stage:
            limits = {sense: _of_stage(file, place, limits[sense], stage) for sense in limits}
        yield _check(file, place, {**row, **given, **limits, "label": f"{name}{row['label']}"})


def _of_stage(file: str, place: str, table: Mapping[str, Any], stage: str) -> Any:
    check_keys(file, place, table, needed=STAGES)
    return table[stage]


def _check(file: str, place: str, row: Mapping[str, Any]) -> Check:
    for code in (code for key in _ELEMENTS for code in row[key]):
        if code not in ELEMENTS or ELEMENTS[code].level != "county" or not ELEMENTS[code].is_number:
            raise BadRulebook(file, place, f"未知的年度数据项 {code}")
    if row["kind"] not in KINDS or (row["kind"] == "faster") != bool(row["than"]):
        raise BadRulebook(file, place, f"未知或不完整的算法 {row['kind']}")
    senses = [sense for sense in _SENSES if sense in row]
    if len(senses) > 1:
        raise BadRulebook(file, place, "at_least 与 at_most 只能有一个")
    given: dict[str, Any] = {key: row[key] for key in ("label", "kind", "unit", "decimals")}
    given |= {key: tuple(row[key]) for key in _ELEMENTS}
    return Check(
        **given,
        scale=count(file, place, row.get("scale", 1)),
        sense=senses[0] if senses else "",
        limit=number(file, place, row[senses[0]]) if senses else None,
        yearly=_yearly(file, place, row["yearly"]) if "yearly" in row else None,
        warn_above=number(file, place, row["warn_above"]) if "warn_above" in row else None,
        counts=yes(file, place, row.get("counts", "yes")),
    )


def _yearly(file: str, place: str, table: Mapping[str, Any]) -> Yearly:
    check_keys(file, place, table, needed=["from", "step", "most"])
    step, most = (number(file, place, table[key]) for key in ("step", "most"))
    return Yearly(count(file, place, table["from"]), step, most)


def _refuse_wrong_sums(file: str, rubric: Rubric) -> None:
    known = {group.code for group in rubric.groups}
    strays = [one.code for one in rubric.items if one.group not in known]
    if strays:
        raise BadRulebook(file, "、".join(strays), "不属于任何一组")
    sums = [(rubric.id, rubric.full, sum(group.full for group in rubric.groups if not group.area))]
    sums += [
        (one.code, one.full, sum(item.full for item in rubric.items_of(one.code))) for one in rubric.groups
    ]
    sums += [
        (item.code, item.full, sum(part.full or 0 for part in item.parts))
        for item in rubric.items
        if any(part.full for part in item.parts)
    ]
    for code, stated, summed in sums:
        if stated != summed:
            raise BadRulebook(file, code, f"满分 {stated} 与所属各项之和 {summed} 不符")
