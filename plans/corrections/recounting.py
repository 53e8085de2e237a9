"""What follows from corrections in the rest of the draft: units counted, gaps found anew."""

from dataclasses import asdict
from typing import Any

from plans.corrections.parts import Body, Row
from plans.corrections.roster import counted_units
from plans.reading.draft import Duty as DraftDuty
from plans.reading.draft import (
    Gap,
    GapKind,
    Goal,
    Group,
    Indicator,
    Measure,
    Milestone,
    Phase,
    PlanDraft,
    Step,
    Unit,
)
from plans.reading.gaps import find_gaps

# Only the document itself can tell these; they stay until somebody has looked.
FROM_DOCUMENT = (
    GapKind.UNIT_UNCLEAR,
    GapKind.TABLE_UNREAD,
    GapKind.NUMBER_MISSING,
    GapKind.MEMBER_WITHOUT_DUTY,
)


def recounted(body: Body) -> dict[str, Any]:
    """The draft with its units and gaps as they follow from its rows."""
    body = {**body, "units": counted_units(body)}
    named = {unit["name"] for unit in body["units"]}
    kept = [gap for gap in body["gaps"] if is_from_document(gap) and not _is_settled(gap, named)]
    found = find_gaps(_draft(body), members=(), unclear=(), unread_tables=())
    new = [_plain(gap) for gap in found if gap.kind not in FROM_DOCUMENT]
    return {**body, "gaps": [*new, *kept]}


def is_from_document(gap: Row) -> bool:
    """Whether the gap cannot be found again from the rows."""
    return gap["kind"] in FROM_DOCUMENT


def _is_settled(gap: Row, named: set[str]) -> bool:
    return gap["kind"] == GapKind.MEMBER_WITHOUT_DUTY and gap["where"] in named


def _plain(gap: Gap) -> Row:
    return {**asdict(gap), "kind": gap.kind.value}


def _draft(body: Body) -> PlanDraft:
    return PlanDraft(
        title=body["title"],
        document_no=body["document_no"],
        horizon=body["horizon"],
        overall_goal=body.get("overall_goal"),
        goals=tuple(Goal(text, 0) for text in body["goals"]),
        groups=tuple(_group(group) for group in body["groups"]),
        phases=tuple(_phase(phase) for phase in body["phases"]),
        milestones=tuple(
            Milestone(row["due"], row["text"], row.get("paragraph"), row.get("phase", ""))
            for row in body["milestones"]
        ),
        indicators=tuple(_indicator(row) for row in body["indicators"]),
        duties=tuple(
            DraftDuty(tuple(row["units"]), row["text"], row.get("paragraph")) for row in body["duties"]
        ),
        units=tuple(Unit(**{**unit, "aliases": tuple(unit["aliases"])}) for unit in body["units"]),
        gaps=(),
    )


def _group(group: Row) -> Group:
    measures = (
        Measure(
            row["no"],
            row["title"],
            row["text"],
            tuple(row["units"]),
            row["paragraph"],
            due=row.get("due"),
            table=row.get("table"),
            row=row.get("row"),
        )
        for row in group["measures"]
    )
    return Group(group["title"], tuple(measures), group.get("paragraph"))


def _phase(row: Row) -> Phase:
    steps = tuple(Step(text, None) for text in row["steps"])
    return Phase(row["title"], row["start"], row["end"], steps, row.get("paragraph"))


def _indicator(row: Row) -> Indicator:
    return Indicator(
        code=row["code"],
        group=row["group"],
        text=row["text"],
        units=tuple(row["units"]),
        paragraph=row.get("paragraph"),
        table=row.get("table"),
        row=row.get("row"),
        indicator_code=row.get("indicator_code"),
    )
