"""Rulebook files → ``Standard``: strict reading, dates, and the lock on what has been published."""

import hashlib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from scoring.elements import ELEMENTS, RULEBOOKS, SCHOOL_KINDS, STAGE_LABELS, STAGES
from scoring.errors import BadRulebook, NoStandardInForce
from scoring.formulas import FORMULAS
from scoring.item_loader import read_items, read_settings
from scoring.relaxation_loader import read_relaxations, refuse_unknown_element
from scoring.rulebook_values import count, day, number, place_of, refuse_doubles
from scoring.standard import (
    NO_SCHOOL_RULE,
    Composite,
    Inclusion,
    Indicator,
    SchoolRule,
    Split,
    Standard,
)
from scoring.strict_yaml import check_keys, read_yaml

LOCK = RULEBOOKS / "published.lock"
RUBRICS = ("xinjiang-2014-1000",)  # scored in points, read by scoring.rubric
STANDARDS = tuple(
    sorted(folder.name for folder in RULEBOOKS.iterdir() if folder.is_dir() and folder.name not in RUBRICS)
)
_TOP = ("standard", "title", "effective_from", "source", "inclusion", "split", "indicators")
_JUDGED = ("school_rule", "composite")  # what is judged: single schools, or the mean of the CVs
_INDICATOR = (
    "code",
    "label",
    "group",
    "unit",
    "formula",
    "adds",
    "scale",
    "clause",
)
_LIMITS = ("at_least", "cv_at_most")


def load_standard(standard_id: str, on: date | None = None) -> Standard:
    """The version of a standard in force on a day, or the newest.

    Raises NoStandardInForce for an unknown standard or a day before its first version, and
    BadRulebook for a file that breaks the form or differs from what was published.

    >>> load_standard("quality-2017").codes
    ('R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7')
    """
    if standard_id not in STANDARDS:
        raise NoStandardInForce(f"没有标准 {standard_id}；可用的有：{'、'.join(STANDARDS)}。")
    files = [file for file in _versions(standard_id) if on is None or file.stem <= on.isoformat()]
    if not files:
        first = _versions(standard_id)[0].stem
        raise NoStandardInForce(f"标准 {standard_id} 在 {on} 尚无版本，最早的自 {first} 起施行。")
    return _published(files[-1])


def published() -> dict[str, str]:
    """Locked rulebooks: path below ``rulebooks`` → sha256."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split() for line in lines if line)}


def read_rulebook(file: Path) -> Standard:
    """One rulebook file, checked whole. Raises BadRulebook naming file and indicator."""
    table = read_yaml(file)
    name = file.name
    judged = [key for key in _JUDGED if key in table]
    if len(judged) != 1:
        raise BadRulebook(name, "", f"须有且只有 {'、'.join(_JUDGED)} 中的一项")
    check_keys(name, "", table, needed=(*_TOP, *judged), allowed=["settings", "items", "relaxations"])
    limits = _LIMITS if "school_rule" in table else ()
    indicators = tuple(_indicator(name, row, limits) for row in table["indicators"])
    settings = read_settings(name, table.get("settings", []))
    items = read_items(name, table.get("items", []), settings)
    refuse_doubles(name, [*(one.code for one in indicators), *(one.code for one in items)])
    return Standard(
        id=table["standard"],
        version=table["effective_from"],
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        title=table["title"],
        effective_from=day(name, "effective_from", table["effective_from"]),
        source=table["source"],
        inclusion=_inclusion(name, table["inclusion"]),
        split=_split(name, table["split"]),
        school_rule=_school_rule(name, table["school_rule"]) if "school_rule" in table else NO_SCHOOL_RULE,
        indicators=indicators,
        relaxations=read_relaxations(name, table.get("relaxations", []), indicators, items),
        composite=_composite(name, table["composite"]) if "composite" in table else None,
        items=items,
        settings=settings,
    )


def _versions(standard_id: str) -> list[Path]:
    return sorted(file for file in (RULEBOOKS / standard_id).glob("*.yaml") if file.name != "cases.yaml")


@cache
def _published(file: Path) -> Standard:
    standard = read_rulebook(file)
    path = file.relative_to(RULEBOOKS).as_posix()
    if published().get(path) != standard.sha256:
        raise BadRulebook(file.name, "", f"与已发布的版本不一致（{LOCK.name} 中 {path}）；更正须另立新文件")
    return standard


def _indicator(file: str, row: Mapping[str, Any], limits: tuple[str, ...]) -> Indicator:
    place = place_of(row)
    check_keys(file, place, row, needed=(*_INDICATOR, *limits), allowed=["subtracts"])
    if row["formula"] not in FORMULAS:
        raise BadRulebook(file, place, f"未知的公式 {row['formula']}")
    adds, subtracts = tuple(row["adds"]), tuple(row.get("subtracts", ()))
    for element in (*adds, *subtracts):
        refuse_unknown_element(file, place, element, per_stage=FORMULAS[row["formula"]].per_stage)
    return Indicator(
        **{key: row[key] for key in ("code", "label", "group", "unit", "formula", "clause")},
        adds=adds,
        subtracts=subtracts,
        scale=count(file, place, row["scale"]),
        at_least=_by_stage(file, place, row["at_least"]) if "at_least" in limits else {},
        cv_at_most=_by_stage(file, place, row["cv_at_most"]) if "cv_at_most" in limits else {},
    )


def _by_stage(file: str, place: str, table: Any) -> dict[str, Decimal]:
    check_keys(file, place, table, needed=STAGES)
    return {stage: number(file, place, table[stage]) for stage in STAGES}


def _inclusion(file: str, table: Mapping[str, Any]) -> Inclusion:
    # Where teaching points are in, the line that they must reach has to be stated.
    points = ["points_from_students"] if "教学点" in table.get("kinds", ()) else []
    check_keys(file, "inclusion", table, needed=["kinds", *points, "clause"], allowed=["owners"])
    unknown = [kind for kind in table["kinds"] if kind not in SCHOOL_KINDS]
    if unknown:
        raise BadRulebook(file, "inclusion", f"未知的办学类型 {'、'.join(unknown)}")
    owners = tuple(table.get("owners", ()))
    strangers = [owner for owner in owners if owner not in ELEMENTS["owner_code"].choices.values()]
    if strangers:
        raise BadRulebook(file, "inclusion", f"未知的举办者类型 {'、'.join(map(str, strangers))}")
    smallest = count(file, "inclusion", table["points_from_students"]) if points else None
    return Inclusion(tuple(table["kinds"]), smallest, table["clause"], owners)


def _split(file: str, table: Mapping[str, Any]) -> Split:
    check_keys(file, "split", table, needed=["weights", "clause"])
    check_keys(file, "split", table["weights"], needed=STAGE_LABELS)
    return Split({stage: count(file, "split", n) for stage, n in table["weights"].items()}, table["clause"])


def _school_rule(file: str, table: Mapping[str, Any]) -> SchoolRule:
    check_keys(file, "school_rule", table, needed=["met_at_least", "floor_percent", "clause"])
    numbers = {key: count(file, "school_rule", table[key]) for key in ("met_at_least", "floor_percent")}
    return SchoolRule(**numbers, clause=table["clause"])


def _composite(file: str, table: Mapping[str, Any]) -> Composite:
    check_keys(file, "composite", table, needed=["code", "label", "group", "at_most", "clause"])
    limits = _by_stage(file, "composite", table["at_most"])
    return Composite(**{key: table[key] for key in ("code", "label", "group", "clause")}, at_most=limits)
