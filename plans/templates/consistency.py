"""What must agree inside one template: numbers, units, codes and recurrences."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from dateutil.rrule import rrulestr

from plans.templates.errors import BadTemplate

Table = dict[str, Any]


def check_consistency(file: str, table: Table) -> None:
    """Refuse a template whose parts do not agree; its form is right already. Raises BadTemplate."""
    _check_numbers(file, table)
    _check_targets(file, table)
    _check_units(file, table)
    _refuse_doubles(f"{file} › indicators", [row["code"] for row in table["indicators"]])
    for row in table["recurring"]:
        _check_rule(f"{file} › recurring › {row['title']}", row["rule"])


def measures_of(table: Table) -> list[Table]:
    """All measures of all groups, in order."""
    return [measure for group in table["groups"] for measure in group["measures"]]


def _check_numbers(file: str, table: Table) -> None:
    numbers = [measure["no"] for measure in measures_of(table)]
    if numbers != list(range(1, len(numbers) + 1)):
        raise BadTemplate(f"{file} › groups", "措施序号应从1起连续编排")
    for key in ("targets", "recurring"):
        for place, row in enumerate(table[key], start=1):
            if row["measure"] not in numbers:
                raise BadTemplate(f"{file} › {key} › 第{place}项", f"没有第{row['measure']}项措施")


def _check_targets(file: str, table: Table) -> None:
    texts = {measure["no"]: measure["text"] for measure in measures_of(table)}
    for target in table["targets"]:
        if target["text"] not in texts[target["measure"]]:
            place = f"{file} › targets › {target['text']}"
            raise BadTemplate(place, f"第{target['measure']}项措施中没有这句话")


def _check_units(file: str, table: Table) -> None:
    known = [unit["name"] for unit in table["units"]]
    spellings = [*known, *(alias for unit in table["units"] for alias in unit["aliases"])]
    _refuse_doubles(f"{file} › units", spellings)
    used: set[str] = set()
    for place, units in _unit_lists(table):
        _refuse_doubles(f"{file} › {place}", units)
        if strange := [unit for unit in units if unit not in known]:
            raise BadTemplate(f"{file} › {place}", f"units 中没有登记 {'、'.join(strange)}")
        used.update(units)
    if idle := [unit for unit in known if unit not in used]:
        raise BadTemplate(f"{file} › units", f"没有用到 {'、'.join(idle)}")


def _unit_lists(table: Table) -> Iterator[tuple[str, list[str]]]:
    for measure in measures_of(table):
        yield f"措施{measure['no']}", measure["units"]
    for indicator in table["indicators"]:
        yield f"指标{indicator['code']}", indicator["units"]
    for key in ("duties", "recurring"):
        for place, row in enumerate(table[key], start=1):
            yield f"{key} › 第{place}项", row["units"]


def _refuse_doubles(place: str, names: Sequence[str]) -> None:
    if doubles := [name for name, times in Counter(names).items() if times > 1]:
        raise BadTemplate(place, f"重复的 {'、'.join(doubles)}")


def _check_rule(place: str, rule: str) -> None:
    try:
        # Without a start the recurrence would begin at the clock's now.
        rrulestr(rule, dtstart=datetime(2000, 1, 1, tzinfo=UTC))
    except ValueError as problem:
        raise BadTemplate(place, f"无法识别的周期 {rule}") from problem
