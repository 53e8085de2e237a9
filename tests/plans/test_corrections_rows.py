"""Rows of a draft corrected twice, added, deleted, restored; units renamed, merged, removed."""

import pytest

from plans.corrections.commands import (
    fingerprint,
    merge_unit,
    next_key,
    remove_unit,
    rename_unit,
)
from plans.corrections.errors import BadCorrection, RowChanged
from plans.corrections.parts import Part, find_row, keyed, rows_of
from plans.errors import NotFound
from tests.conftest import NOW
from tests.plans.desk import Desk


def test_same_correction_again_changes_nothing(desk: Desk) -> None:
    seen = fingerprint(find_row(keyed(desk.kept.body), Part.MEASURES, "measures-1"))
    desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"}, seen)
    desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"}, seen)

    assert len(desk.kept.corrections) == 1


def test_correction_of_a_row_that_somebody_changed_is_refused(desk: Desk) -> None:
    seen = fingerprint(find_row(keyed(desk.kept.body), Part.MEASURES, "measures-1"))
    desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"}, seen)

    with pytest.raises(RowChanged, match=desk.office.name):
        desk.correct(Part.MEASURES, "measures-1", {"title": "新建校舍"}, seen)

    desk.correct(Part.MEASURES, "measures-2", {"title": "配强教师"})  # another row is not in the way
    assert desk.row(Part.MEASURES, "measures-1")["title"] == "改造校舍"


def test_correction_of_a_state_that_never_was_is_refused(desk: Desk) -> None:
    with pytest.raises(RowChanged, match=desk.kept.read_by):
        desk.correct(Part.MEASURES, "measures-1", {"title": "改造校舍"}, "made up")

    assert desk.kept.corrections == []


def test_added_row_is_added_once(desk: Desk) -> None:
    values = {"units": ["县财政局"], "text": "安排经费"}

    for _click in range(2):
        desk.add(Part.DUTIES, "duties-2", values)

    assert [row["text"] for row in rows_of(desk.kept.body, Part.DUTIES)] == ["统筹创建工作", "安排经费"]
    assert ("县财政局", 0, 0, True) in desk.units


def test_second_person_adding_under_the_same_key_gets_the_next(desk: Desk) -> None:
    desk.add(Part.GOALS, "goals-2", {"text": "师资更强"})
    desk.add(Part.GOALS, "goals-2", {"text": "质量更高"})

    assert desk.kept.body["goals"] == ["学校布局更合理", "师资更强", "质量更高"]


def test_key_of_a_deleted_row_is_not_given_again(desk: Desk) -> None:
    desk.add(Part.GOALS, "goals-2", {"text": "师资更强"})
    desk.delete(Part.GOALS, "goals-2")

    assert next_key(desk.kept, Part.GOALS) == "goals-3"


def test_deleted_row_comes_back_in_its_place(desk: Desk) -> None:
    desk.delete(Part.MEASURES, "measures-1")
    assert [row["key"] for row in rows_of(desk.kept.body, Part.MEASURES)] == ["measures-2"]

    desk.restore(Part.MEASURES, "measures-1")

    assert [row["title"] for row in rows_of(desk.kept.body, Part.MEASURES)] == ["改善校舍", "配齐教师"]
    assert [log.act for log in desk.kept.corrections] == ["delete", "restore"]


def test_deleting_twice_changes_nothing(desk: Desk) -> None:
    desk.delete(Part.MEASURES, "measures-1")
    desk.delete(Part.MEASURES, "measures-1")

    assert len(desk.kept.corrections) == 1


def test_restored_row_is_as_it_was_read(desk: Desk) -> None:
    desk.correct(Part.PHASES, "phases-1", {"start": "2026-03"})
    desk.restore(Part.PHASES, "phases-1")

    assert desk.row(Part.PHASES, "phases-1") == find_row(desk.kept.original, Part.PHASES, "phases-1")


def test_unit_is_renamed_everywhere_and_its_old_name_stays_an_alias(desk: Desk) -> None:
    rename_unit(
        desk.session,
        desk.office,
        draft_id=desk.kept.id,
        name="县教育局",
        new_name="县教体局",
        aliases=["教育局"],
        at=NOW,
    )

    unit = desk.kept.body["units"][0]
    assert (unit["name"], unit["aliases"]) == ("县教体局", ["教育局", "县教育局"])
    assert desk.row(Part.MEASURES, "measures-1")["units"] == ["县教体局", "县住建局"]
    assert desk.row(Part.DUTIES, "duties-1")["units"] == ["县教体局"]


def test_name_of_another_unit_is_refused(desk: Desk) -> None:
    with pytest.raises(BadCorrection, match="县住建局"):
        rename_unit(
            desk.session,
            desk.office,
            draft_id=desk.kept.id,
            name="县教育局",
            new_name="县住建局",
            aliases=[],
            at=NOW,
        )


def test_merged_unit_is_an_alias_and_named_once(desk: Desk) -> None:
    merge_unit(desk.session, desk.office, draft_id=desk.kept.id, name="县住建局", into="县教育局", at=NOW)

    assert desk.row(Part.MEASURES, "measures-1")["units"] == ["县教育局"]
    assert desk.kept.body["units"][0]["aliases"] == ["教育局", "县住建局"]


def test_removed_unit_is_named_nowhere(desk: Desk) -> None:
    remove_unit(desk.session, desk.office, draft_id=desk.kept.id, name="县教育局", at=NOW)

    assert desk.units == [("县住建局", 1, 0, False), ("县人社局", 1, 1, False)]
    assert desk.row(Part.INDICATORS, "indicators-1")["units"] == ["县人社局"]


def test_unit_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        remove_unit(desk.session, desk.office, draft_id=desk.kept.id, name="县统计局", at=NOW)
