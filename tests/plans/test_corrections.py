"""Corrections of a draft: what they change, what follows, who may, and what stands in their way."""

from typing import Any

import pytest

from plans.acceptance import accept_draft
from plans.actors import Actor, Role
from plans.corrections.commands import (
    settle_gap,
)
from plans.corrections.errors import BadCorrection, PartLocked
from plans.corrections.parts import Part, find_row
from plans.errors import ActNotAllowed, PlanAlreadyAccepted
from tests.conftest import NOW
from tests.plans.desk import Desk
from tests.plans.drafts import draft


def test_corrected_measure_is_kept_with_who_and_what_was_before(desk: Desk) -> None:
    desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍", "lead": ["县住建局"]})

    row, [log] = desk.row(Part.MEASURES, "measures-1"), desk.kept.corrections
    assert (row["title"], row["lead"], row["units"]) == (
        "改造校舍",
        ["县住建局"],
        ["县住建局", "县教育局"],
    )
    assert (log.no, log.act, log.part, log.row_key) == (1, "edit", "measures", "measures-1")
    assert (log.actor_name, log.at) == (desk.office.name, NOW)
    assert (log.before["title"], log.after["title"]) == ("改善校舍", "改造校舍")
    assert desk.kept.original["groups"][0]["measures"][0]["title"] == "改善校舍"


def test_changed_words_of_a_measure_promise_anew(desk: Desk) -> None:
    desk.correct(Part.MEASURES, "measures-1", {"text": "加固校舍"})
    added = desk.add(
        Part.MEASURES, "measures-3", {"group": "公平", "title": "控辍", "text": "", "lead": [], "support": []}
    )
    desk.correct(Part.MEASURES, "measures-3", {"text": "每学期核对，2028年底巩固率达到96%以上。"})

    row = find_row(added.body, Part.MEASURES, "measures-3")
    assert (row["due"], row["recurrence"]) == ("2028-12-31", ["每学期"])
    assert [(one["indicator_code"], one["relation"], one["value"]) for one in row["targets"]] == [
        ("Q1", ">=", 96.0)
    ]
    # A row that was read without promises (of a template, which lists them beside) gets none of its own.
    assert "targets" not in desk.row(Part.MEASURES, "measures-1")


def test_gaps_and_units_are_counted_anew(desk: Desk) -> None:
    desk.correct(Part.MEASURES, "measures-1", {"lead": [], "support": []})

    assert "measure_without_units" in desk.gaps
    assert desk.units == [("县教育局", 1, 1, True), ("县人社局", 1, 1, False)]

    desk.correct(Part.MEASURES, "measures-1", {"lead": ["教育局"]})

    assert "measure_without_units" not in desk.gaps
    assert desk.row(Part.MEASURES, "measures-1")["lead"] == ["县教育局"]


def test_gap_that_only_the_document_can_tell_stays_until_settled(desk: Desk) -> None:
    gap = {"kind": "unit_unclear", "where": "第9段", "message": "“按时完成”不能确认为责任单位，请核对。"}
    desk.kept.body = draft(gaps=[gap])

    desk.correct(Part.HEAD, "head-1", {"horizon": 2032})
    assert "unit_unclear" in desk.gaps

    settle_gap(
        desk.session,
        desk.office,
        draft_id=desk.kept.id,
        where=gap["where"],
        message=gap["message"],
        at=NOW,
    )
    assert "unit_unclear" not in desk.gaps


def test_head_is_corrected(desk: Desk) -> None:
    desk.correct(Part.HEAD, "head-1", {"title": "乙方案", "document_no": "", "horizon": 2032})

    body = desk.kept.body
    assert (body["title"], body["document_no"], body["horizon"]) == ("乙方案", None, 2032)
    assert {"no_document_no", "horizon_differs"} <= set(desk.gaps)


@pytest.mark.parametrize(
    ("part", "key", "values", "field"),
    [
        (Part.HEAD, "head-1", {"title": " "}, "title"),
        (Part.HEAD, "head-1", {"horizon": 2051}, "horizon"),
        (Part.HEAD, "head-1", {"horizon": 2016}, "horizon"),
        (Part.MEASURES, "measures-1", {"title": ""}, "title"),
        (Part.PHASES, "phases-1", {"start": "2027-13"}, "start"),
        (Part.PHASES, "phases-1", {"start": "2027年"}, "start"),
        (Part.PHASES, "phases-1", {"end": "2027-02-30"}, "end"),
        (Part.PHASES, "phases-2", {"end": "2027-08"}, "end"),
        (Part.MILESTONES, "milestones-1", {"due": ""}, "due"),
        (Part.DUTIES, "duties-1", {"units": []}, "units"),
    ],
)
def test_value_that_cannot_be_taken_names_its_field(
    desk: Desk, part: Part, key: str, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadCorrection) as refusal:
        desk.correct(part, key, values)

    assert refusal.value.field == field
    assert desk.kept.corrections == []


def test_phase_may_start_and_end_in_one_month(desk: Desk) -> None:
    desk.correct(Part.PHASES, "phases-2", {"start": "2029-09", "end": "2029-09"})

    assert desk.row(Part.PHASES, "phases-2")["start"] == "2029-09"


def test_renamed_phase_takes_its_milestones_along(desk: Desk) -> None:
    desk.correct(Part.MILESTONES, "milestones-1", {"phase": "验收阶段"})
    desk.correct(Part.PHASES, "phases-2", {"title": "迎检阶段"})

    assert desk.row(Part.MILESTONES, "milestones-1")["phase"] == "迎检阶段"


def test_indicator_gets_its_code_and_loses_the_gap(desk: Desk) -> None:
    desk.correct(Part.INDICATORS, "indicators-1", {"indicator_code": ""})
    assert "indicator_unknown" in desk.gaps

    desk.correct(Part.INDICATORS, "indicators-1", {"indicator_code": "R1", "units": ["县教育局"]})
    assert "indicator_unknown" not in desk.gaps
    assert desk.row(Part.INDICATORS, "indicators-1")["units"] == ["县教育局"]


def test_measure_moves_to_another_group(desk: Desk) -> None:
    desk.correct(Part.MEASURES, "measures-1", {"group": "教师队伍"})

    assert [
        (group["title"], [m["title"] for m in group["measures"]]) for group in desk.kept.body["groups"]
    ] == [("教师队伍", ["改善校舍", "配齐教师"])]


def test_locked_part_takes_units_but_no_words_and_no_rows(desk: Desk) -> None:
    desk.kept.locked_parts, desk.kept.locked_by = ["measures"], "地区"

    desk.correct(Part.MEASURES, "measures-1", {"lead": ["县住建局"]})
    with pytest.raises(PartLocked, match="“措施”由地区统一下发并锁定"):
        desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"})
    with pytest.raises(PartLocked):
        desk.delete(Part.MEASURES, "measures-1")
    with pytest.raises(PartLocked):
        desk.add(
            Part.MEASURES, "measures-3", {"group": "甲", "title": "乙", "text": "", "lead": [], "support": []}
        )
    desk.correct(Part.PHASES, "phases-1", {"start": "2026-03"})

    assert [(log.act, log.part) for log in desk.kept.corrections] == [
        ("edit", "measures"),
        ("edit", "phases"),
    ]


@pytest.mark.parametrize("role", [Role.UNIT, Role.SUPERVISOR, Role.SCHOOL, Role.OVERSEER])
def test_only_assigners_correct(desk: Desk, role: Role) -> None:
    desk.office = Actor(1, "外人", desk.office.county_id, role)

    with pytest.raises(ActNotAllowed):
        desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"})


def test_accepted_draft_is_corrected_no_more(desk: Desk) -> None:
    accept_draft(
        desk.session,
        desk.office,
        draft=desk.kept.body,
        source_sha256=desk.kept.source_sha256,
        source_name="方案.docx",
        at=NOW,
    )

    with pytest.raises(PlanAlreadyAccepted):
        desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"})
