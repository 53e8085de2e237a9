"""Items as pages list them: verdict, figure, requirement, reason, clause. One query for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.queries import standard_of
from app.assessments.requirements import (
    ROOMS,
    at_least_words,
    figure_words,
    requirement_of,
    shortage,
    worst_of,
)
from app.models import Assessment, AssessmentItem
from scoring.items import Item, Part
from scoring.standard import Standard
from scoring.words import _ as marked

# Groups as rulebooks write them.
RESOURCES, GOVERNMENT, QUALITY, RECOGNITION, VETOES = (
    "资源配置",
    "政府保障",
    "教育质量",
    "社会认可度",
    "否决事项",
)


@dataclass(frozen=True)
class PartLine:
    """One requirement of an item. figure and requirement in words; "" = none."""

    key: str
    label: str
    mode: str  # computed, limit, attested, external or veto
    verdict: str
    reason: str
    figure: str
    requirement: str


@dataclass(frozen=True)
class ItemLine:
    """The county's verdict on one item."""

    code: str
    label: str
    group: str
    verdict: str
    value: float | None  # what decides: of the worst school if schools fail, else of the county
    limit: float | None
    figure: str
    requirement: str
    reason: str
    clause: str
    failing: list[dict[str, Any]]  # as scoring.rollup tells them
    warnings: list[str]
    relaxed: list[str]
    settings: dict[str, str]
    parts: list[PartLine]

    @property
    def is_veto(self) -> bool:
        return self.group == VETOES

    @property
    def n_failing(self) -> int:
        """Schools that fail, each once."""
        return len({one["school_code"] for one in self.failing})


def item_lines(session: Session, assessment: Assessment) -> list[ItemLine]:
    """All items in the order of the standard, vetoes last. One query."""
    standard = standard_of(assessment)
    of_assessment = AssessmentItem.assessment_id == assessment.id
    rows = {row.code: row for row in session.scalars(sa.select(AssessmentItem).where(of_assessment))}
    return [_item_line(rows[code], known) for code, known in _names(standard).items() if code in rows]


@dataclass(frozen=True)
class _Known:
    """What the standard says of an item."""

    label: str
    group: str
    parts: Mapping[str, Part]


def item_names(standard: Standard) -> list[tuple[str, str, str]]:
    """Code, label and group of everything that has a page of its own, in the order of the standard."""
    return [(code, known.label, known.group) for code, known in _names(standard).items()]


def _names(standard: Standard) -> dict[str, _Known]:
    heads = {one.code: _Known(one.label, one.group, {}) for one in standard.indicators}
    if whole := standard.composite:
        heads[whole.code] = _Known(whole.label, whole.group, {})
    return heads | {item.code: _of_item(item) for item in standard.items}


def _of_item(item: Item) -> _Known:
    return _Known(item.label, item.group, {part.key: part for part in item.parts})


def _item_line(row: AssessmentItem, known: _Known) -> ItemLine:
    parts = [_part_line(part, known.parts.get(part["key"])) for part in row.parts]
    value, limit, figure, requirement = _deciding(row, known, parts)
    return ItemLine(
        code=row.code,
        label=known.label,
        group=known.group,
        verdict=row.verdict,
        value=value,
        limit=limit,
        figure=figure,
        requirement=requirement,
        reason=row.reason,
        clause=marked(row.clause),
        failing=row.failing,
        warnings=row.warnings,
        relaxed=row.relaxed,
        settings=row.settings,
        parts=parts,
    )


def _part_line(row: Mapping[str, Any], part: Part | None) -> PartLine:
    return PartLine(
        key=row["key"],
        label=marked(row["label"]),
        mode=row["mode"],
        verdict=row["verdict"],
        reason=row["reason"],
        figure=figure_words(row["value"], row["unit"], part),
        requirement=requirement_of(part) if part else "",
    )


def _deciding(
    row: AssessmentItem, known: _Known, parts: list[PartLine]
) -> tuple[float | None, float | None, str, str]:
    """Value, limit, figure and requirement of what decides: the worst school, else a part of the verdict."""
    rooms = next((part for part in known.parts.values() if part.formula == ROOMS), None)
    if rooms and (lack := shortage(row.failing)):
        return lack[0], lack[1], _("缺 %(n)s 间", n=f"{lack[1] - lack[0]:.0f}"), requirement_of(rooms)
    worst = worst_of(row.failing)
    if worst is not None:
        part = next((one for one in known.parts.values() if one.label == worst["part"]), None)
        words = figure_words(worst["figure"], worst["unit"], part)
        asked = (
            requirement_of(part, worst["limit"]) if part else at_least_words(worst["limit"], worst["unit"])
        )
        return worst["figure"], worst["limit"], words, asked
    order = sorted(
        range(len(parts)), key=lambda one: (parts[one].verdict != row.verdict, not parts[one].figure)
    )
    if not order:
        return row.value, None, "", ""
    told, line = row.parts[order[0]], parts[order[0]]
    return told["value"], told["limit"], line.figure, line.requirement
