"""Loading the demo's school data into a county."""

import pytest
import sqlalchemy as sa

from app.demo.jia import JIA
from app.demo.load import load_school_data
from app.demo.schools import measures_in
from app.demo.yi import YI
from app.models import Assessment, AssessmentSection, School, SchoolReturn
from app.returns.store import load_measures
from plans.actors import Role
from plans.errors import ActNotAllowed
from scoring.engine import assess
from scoring.loader import load_standard


def test_loading_saves_and_assesses_every_year(make):
    county_id = make.county()
    office = make.member(county_id).actor

    with make.session(county_id) as session:
        load_school_data(session, office, YI, make.now)

    with make.session(county_id) as session:
        years = session.scalars(sa.select(Assessment.year).order_by(Assessment.year)).all()
        n_returns = session.scalar(sa.select(sa.func.count()).select_from(SchoolReturn))
    assert years == [2024, 2025]
    assert n_returns == 28


def test_loaded_returns_give_the_same_verdict_as_the_frames(make):
    county_id = make.county()
    office = make.member(county_id).actor
    standard = load_standard("quality-2017")

    with make.session(county_id) as session:
        load_school_data(session, office, JIA, make.now)
        stored = assess(load_measures(session, 2025), standard).to_json()
        newest = session.scalars(sa.select(Assessment).where(Assessment.year == 2025)).one()
        kept = newest.summary["composite_cv"]
        n_sections = session.scalar(
            sa.select(sa.func.count())
            .select_from(AssessmentSection)
            .where(AssessmentSection.assessment_id == newest.id)
        )

    computed = assess(measures_in(2025, JIA), standard).to_json()
    assert stored == computed
    assert kept == computed["county"]["composite_cv"]
    assert n_sections == 30


def test_each_demo_county_holds_its_own_schools_only(make):
    first, second = make.county(), make.county()
    actors = {county_id: make.member(county_id).actor for county_id in (first, second)}

    for county_id, demo in ((first, JIA), (second, YI)):
        with make.session(county_id) as session:
            load_school_data(session, actors[county_id], demo, make.now)

    with make.session(second) as session:
        names = session.scalars(sa.select(School.name)).all()
    assert len(names) == 14
    assert {name[:2] for name in names} == {"乙县"}


def test_a_unit_may_not_load_school_data(make):
    county_id = make.county()
    unit = make.member(county_id, Role.UNIT, make.unit(county_id)).actor

    with make.session(county_id) as session, pytest.raises(ActNotAllowed):
        load_school_data(session, unit, YI, make.now)
