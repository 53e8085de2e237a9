"""Returns between frames and rows: what is kept, changed, cleared, left alone and logged."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from app.models import CountyReturn, ReturnChange, School, SchoolReturn
from app.models.returns import ReturnState
from app.returns.differences import Change
from app.returns.store import compare, load_measures, load_values, save_measures
from app.returns.values import values_of
from plans.actors import Role
from plans.errors import ActNotAllowed
from scoring.measures import Measures
from tests.app.county_data import measures, school
from tests.factories import Factory, Member


def save(make: Factory, member: Member, given: Measures, year: int = 2026, days: int = 0):
    with make.session(member.actor.county_id) as session:
        at = make.now + timedelta(days=days)
        return save_measures(session, member.actor, year=year, measures=given, source="甲.xlsx", at=at)


def log(make: Factory, member: Member) -> list[tuple]:
    with make.session(member.actor.county_id) as session:
        rows = session.scalars(sa.select(ReturnChange).order_by(ReturnChange.at, ReturnChange.element))
        return [(row.school_code, row.element, row.before, row.after, row.by, row.source) for row in rows]


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


def test_measures_come_back_as_they_were_saved(make: Factory, office: Member) -> None:
    given = measures(school(1), school(2), county={"special_students": 30.0}, music=96.0)

    save(make, office, given)

    with make.session(office.actor.county_id) as session:
        loaded = load_measures(session, 2026)
    assert values_of(loaded) == values_of(given)


def test_missing_figure_stays_missing_and_never_turns_zero(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1, multimedia_rooms=np.nan, backbone_teachers_primary=0.0)))

    with make.session(office.actor.county_id) as session:
        loaded = load_measures(session, 2026).schools.iloc[0]
        kept = session.scalars(sa.select(SchoolReturn)).one().values
    assert "multimedia_rooms" not in kept
    assert pd.isna(loaded["multimedia_rooms"])
    assert loaded["backbone_teachers_primary"] == 0.0


def test_year_without_returns_loads_as_frames_without_rows(make: Factory, office: Member) -> None:
    with make.session(office.actor.county_id) as session:
        loaded = load_measures(session, 2026)

    assert (len(loaded.schools), loaded.county, len(loaded.rooms)) == (0, {}, 0)


def test_same_workbook_twice_changes_nothing(make: Factory, office: Member) -> None:
    given = measures(school(1), school(2), county={"special_students": 30.0}, music=96.0, art=90.0)
    save(make, office, given)
    before = log(make, office)

    done = save(make, office, given, days=1)

    assert (done.changes, done.new, done.left_out, done.locked) == ((), (), (), ())
    assert log(make, office) == before


def test_changed_figure_is_logged_with_before_and_after(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1)))

    save(make, office, measures(school(1, multimedia_rooms=25.5)), days=1)

    by = office.actor.name
    assert log(make, office)[-1] == ("9900000001", "multimedia_rooms", "24", "25.5", by, "甲.xlsx")


def test_emptied_cell_clears_the_figure_but_a_column_that_is_not_there_does_not(
    make: Factory, office: Member
) -> None:
    save(make, office, measures(school(1)))
    asked = school(1, multimedia_rooms=np.nan)
    del asked["equipment_value_wan"]

    done = save(make, office, measures(asked))

    assert done.changes == (Change("9900000001", "multimedia_rooms", 24, None),)
    with make.session(office.actor.county_id) as session:
        assert load_values(session, 2026).schools["9900000001"]["equipment_value_wan"] == 210


def test_workbook_without_county_sheet_and_rooms_leaves_them_alone(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1), county={"special_students": 30.0}, music=96.0))

    done = save(make, office, measures(school(1)))

    assert done.changes == ()
    with make.session(office.actor.county_id) as session:
        held = load_values(session, 2026)
    assert held.county == {"special_students": 30}
    assert held.rooms == {"9900000001": [{"kind": "music", "area_m2": 96}]}


def test_school_left_out_is_named_and_keeps_its_return(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1), school(2)))

    done = save(make, office, measures(school(1)))

    assert done.left_out == ("示例第2小学",)
    with make.session(office.actor.county_id) as session:
        assert set(load_values(session, 2026).schools) == {"9900000001", "9900000002"}


def test_checked_return_is_not_overwritten_and_is_named(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1), school(2), county={"special_students": 30.0}))
    with make.session(office.actor.county_id) as session:
        session.scalars(
            sa.select(SchoolReturn).join(SchoolReturn.school).order_by(School.code)
        ).first().state = ReturnState.CHECKED
        session.scalars(sa.select(CountyReturn)).one().state = ReturnState.CHECKED

    done = save(
        make,
        office,
        measures(
            school(1, students_primary=999.0),
            school(2, students_primary=888.0),
            county={"special_students": 31.0},
        ),
    )

    assert done.locked == ("示例第1小学", "县级数据")
    assert done.changes == (Change("9900000002", "students_primary", 1000, 888),)
    with make.session(office.actor.county_id) as session:
        held = load_values(session, 2026)
    assert held.schools["9900000001"]["students_primary"] == 1000
    assert held.county == {"special_students": 30}


def test_returned_return_is_reported_again_by_a_change(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1)))
    with make.session(office.actor.county_id) as session:
        session.scalars(sa.select(SchoolReturn)).one().state = ReturnState.RETURNED

    save(make, office, measures(school(1, students_primary=999.0)))

    with make.session(office.actor.county_id) as session:
        assert session.scalars(sa.select(SchoolReturn)).one().state is ReturnState.SUBMITTED


def test_older_year_does_not_rename_a_school(make: Factory, office: Member) -> None:
    save(make, office, measures(school(1, school_name="新名小学")), year=2026)

    save(make, office, measures(school(1, school_name="旧名小学")), year=2025)

    with make.session(office.actor.county_id) as session:
        assert session.scalars(sa.select(School.name)).all() == ["新名小学"]
        assert load_values(session, 2025).schools["9900000001"]["school_name"] == "旧名小学"


def test_compare_saves_nothing(make: Factory, office: Member) -> None:
    with make.session(office.actor.county_id) as session:
        found = compare(session, year=2026, measures=measures(school(1)))

    assert found.new == ("9900000001",)
    assert found.needs_a_look is False
    with make.session(office.actor.county_id) as session:
        assert session.scalars(sa.select(School)).all() == []


@pytest.mark.parametrize("role", [Role.UNIT, Role.SCHOOL, Role.SUPERVISOR, Role.OVERSEER])
def test_only_office_and_leader_save(make: Factory, role: Role) -> None:
    member = make.member(make.county(), role)

    with pytest.raises(ActNotAllowed):
        save(make, member, measures(school(1)))


def test_returns_of_another_county_are_neither_read_nor_touched(make: Factory, office: Member) -> None:
    other = make.member(make.county())
    save(make, other, measures(school(1, students_primary=777.0), county={"special_students": 5.0}))

    done = save(make, office, measures(school(2)))

    assert done.left_out == ()
    with make.session(office.actor.county_id) as session:
        assert set(load_values(session, 2026).schools) == {"9900000002"}
        assert load_values(session, 2026).county == {}
    with make.session(other.actor.county_id) as session:
        assert load_values(session, 2026).schools["9900000001"]["students_primary"] == 777


def test_hash_of_data_ignores_order_and_number_form(make: Factory) -> None:
    one = values_of(measures(school(1), school(2)))
    two = values_of(measures(school(2, multimedia_rooms=24), school(1)))

    assert one.sha256 == two.sha256
    assert one.sha256 != values_of(measures(school(1), school(2, multimedia_rooms=24.1))).sha256
