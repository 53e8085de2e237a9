"""What a later version of a year changed against an earlier one: values, rules, verdicts. Pure comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.assessments.workings import short_name
from app.models import Assessment, AssessmentSection
from app.punctuation import listed
from app.returns.differences import ROOMS
from app.returns.values import YearValues
from app.returns.words import county_name, element_label, words_of
from scoring.elements import STAGE_LABELS
from scoring.exact import printed
from scoring.standard import Standard


@dataclass(frozen=True)
class ValueChange:
    """One value of one return; None = missing."""

    school_code: str | None  # None = the county's own return
    where: str
    element: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Flip:
    """One verdict that turned, with the figures behind it where there are any."""

    where: str
    what: str
    then: str  # verdict in the earlier version
    now: str
    figure_then: str = ""
    figure_now: str = ""


@dataclass(frozen=True)
class Difference:
    """From an earlier version to a later one of the same year."""

    values: list[ValueChange]
    new_schools: list[str]  # names
    gone_schools: list[str]
    rules: list[str]  # sentences
    flips: list[Flip]

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.new_schools or self.gone_schools or self.rules or self.flips)


def difference(earlier: Assessment, later: Assessment, standard: Standard) -> Difference:
    """Compare two versions; ``standard``, that of the later one, gives the names."""
    before, after = YearValues.from_json(earlier.data), YearValues.from_json(later.data)
    return Difference(
        values=list(_value_changes(before, after)),
        new_schools=_names(after, set(after.schools) - set(before.schools)),
        gone_schools=_names(before, set(before.schools) - set(after.schools)),
        rules=_rule_changes(earlier, later),
        flips=list(_flips(earlier, later, standard)),
    )


def _value_changes(before: YearValues, after: YearValues) -> Iterator[ValueChange]:
    for code in sorted(set(before.schools) & set(after.schools)):
        name = str(after.schools[code].get("school_name", code))
        yield from _of_one(code, name, _school(before, code), _school(after, code))
    yield from _of_one(None, county_name(), before.county, after.county)


def _school(values: YearValues, code: str) -> dict[str, Any]:
    return {**values.schools[code], ROOMS: values.rooms.get(code)}


def _of_one(
    code: str | None, name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[ValueChange]:
    for element in dict.fromkeys([*before, *after]):
        if before.get(element) != after.get(element):
            then, now = (words_of(values.get(element)) for values in (before, after))
            yield ValueChange(code, name, element_label(element), then, now)


def _names(values: YearValues, codes: set[str]) -> list[str]:
    return [str(values.schools[code].get("school_name", code)) for code in sorted(codes)]


def _rule_changes(earlier: Assessment, later: Assessment) -> list[str]:
    rules = []
    if (earlier.standard, earlier.standard_sha256) != (later.standard, later.standard_sha256):
        versions = [f"{one.standard} {one.standard_version}" for one in (earlier, later)]
        rules.append(_("评估标准由 %(then)s 改为 %(now)s。", then=versions[0], now=versions[1]))
    if earlier.relaxations != later.relaxations:
        codes = [listed(map(str, one.relaxations)) or _("无") for one in (earlier, later)]
        rules.append(_("启用的放宽条款由%(then)s改为%(now)s。", then=codes[0], now=codes[1]))
    return rules + _statement_changes(earlier.inputs, later.inputs)


def _statement_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    if before == after:
        return []
    stated = [
        {(one["item"], one.get("part", "")): one for one in side.get("attestations", [])}
        for side in (before, after)
    ]
    items = sorted({key[0] for key in {*stated[0], *stated[1]} if stated[0].get(key) != stated[1].get(key)})
    words = [_("%(codes)s 的佐证结论有改动。", codes=listed(items))] if items else []
    others = {key for key in {*before, *after} - {"attestations"} if before.get(key) != after.get(key)}
    return [*words, _("本县标准、选项或监测结果有改动。")] if others else words


def _flips(earlier: Assessment, later: Assessment, standard: Standard) -> Iterator[Flip]:
    labels = _labels(standard)
    if earlier.verdict != later.verdict:
        yield Flip(_("全县"), _("总结论"), earlier.verdict, later.verdict)
    yield from _item_flips(earlier, later, labels)
    yield from _spread_flips(earlier, later, labels)
    yield from _section_flips(earlier, later, labels)


def _labels(standard: Standard) -> dict[str, str]:
    named = [(one.code, short_name(one.label)) for one in standard.indicators]
    named += [(one.code, one.label) for one in standard.items]
    return {code: f"{code} {label}" for code, label in named}


def _item_flips(earlier: Assessment, later: Assessment, labels: Mapping[str, str]) -> Iterator[Flip]:
    now = {row.code: row.verdict for row in later.items}
    rank = {code: number for number, code in enumerate(labels)}
    for row in sorted(earlier.items, key=lambda item: rank.get(item.code, len(rank))):
        if now.get(row.code, row.verdict) != row.verdict:
            yield Flip(_("全县"), labels.get(row.code, row.code), row.verdict, now[row.code])


def _spread_flips(earlier: Assessment, later: Assessment, labels: Mapping[str, str]) -> Iterator[Flip]:
    now = {(row.code, row.stage): row for row in later.indicators}
    for row in sorted(earlier.indicators, key=lambda one: (one.code, one.stage)):
        other = now.get((row.code, row.stage))
        if other and row.cv_verdict and other.cv_verdict and other.cv_verdict != row.cv_verdict:
            what = _("%(name)s差异系数", name=labels.get(row.code, row.code))
            where = _("全县%(stage)s", stage=STAGE_LABELS[row.stage])
            yield Flip(
                where, what, row.cv_verdict, other.cv_verdict, _figure(row.cv, 3), _figure(other.cv, 3)
            )


def _section_flips(earlier: Assessment, later: Assessment, labels: Mapping[str, str]) -> Iterator[Flip]:
    now = {(row.school_code, row.stage): row for row in later.sections}
    for row in sorted(earlier.sections, key=lambda one: (one.school_code, one.stage)):
        if (row.school_code, row.stage) in now:
            yield from _flips_of_section(row, now[row.school_code, row.stage], labels)


def _flips_of_section(
    row: AssessmentSection, other: AssessmentSection, labels: Mapping[str, str]
) -> Iterator[Flip]:
    where = f"{other.school_name or other.school_code}{STAGE_LABELS[row.stage]}"
    if row.verdict and other.verdict and row.verdict != other.verdict:
        yield Flip(where, _("学校判定"), row.verdict, other.verdict)
    for code in row.values:
        then, now = (_mark(one, code) for one in (row, other))
        if then != now:
            figures = [_figure(one.values.get(code), 2) for one in (row, other)]
            yield Flip(where, labels.get(code, code), then, now, *figures)


def _mark(row: AssessmentSection, code: str) -> str:
    if row.values.get(code) is None:
        return "no_data"
    return "not_met" if code in row.missed else "met"


def _figure(value: float | None, places: int) -> str:
    return "" if value is None else printed(value, places)
