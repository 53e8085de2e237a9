"""What those above read follows the county's frozen versions: at once when one moves, else at night."""

import logging
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.jobs.counties import Outcome, for_each_county
from app.jobs.nightly import nightly
from app.models import Assessment, CountyStanding
from app.models.assessments import AssessmentState, VersionMove
from app.versions.commands import move_version
from plans.base import County
from tests.app.county_data import measures, report, school
from tests.app.oversight_scene import Above, above_scene
from tests.conftest import NOW
from tests.databases import owner_connection
from tests.factories import Factory

FIGURES = [one.key for one in sa.inspect(CountyStanding).column_attrs if one.key != "version"]


@pytest.fixture
def scene(app: Flask, make: Factory) -> Above:
    """甲县 with drafts of three years, each with more schools that pass than the one before."""
    scene = above_scene(app, make)
    for year, n_short in ((2024, 3), (2025, 2), (2026, 1)):
        given = [school(n, multimedia_rooms=1.0 if n <= n_short else 24.0) for n in range(1, 5)]
        report(make, scene.office, measures(*given), year)
    return scene


def freeze(scene: Above, year: int, move: VersionMove = VersionMove.FREEZE) -> None:
    with scene.make.session(scene.county) as session:
        of_year = sa.select(Assessment.id).where(Assessment.year == year).order_by(Assessment.id.desc())
        key = session.scalars(of_year).first()
        move_version(session, scene.office.actor, assessment_id=key, move=move, note="", at=NOW)


def told(make: Factory) -> dict[int, dict[str, Any]]:
    """Each year's standing as it lies in the database."""
    with make.session() as session:
        rows = session.scalars(sa.select(CountyStanding))
        return {row.year: {name: getattr(row, name) for name in FIGURES} for row in rows}


def night(app: Flask) -> list[Outcome]:
    with app.app_context():
        return for_each_county(nightly, at=NOW)


def test_year_frozen_later_changes_the_forecast_of_the_years_after_it(scene: Above, make: Factory) -> None:
    freeze(scene, 2026)
    before = told(make)
    freeze(scene, 2024)
    freeze(scene, 2025)

    assert before[2026]["forecast"] == {"state": "unknown", "year": None, "words": "不足 3 年数据"}
    after = told(make)
    assert set(after) == {2024, 2025, 2026}
    assert (after[2026]["forecast"]["state"], after[2026]["forecast"]["year"]) == ("on_time", 2027)
    assert after[2024]["forecast"]["state"] == "unknown"


def test_draft_is_told_in_nothing(scene: Above, make: Factory) -> None:
    for year in (2024, 2025, 2026):
        freeze(scene, year)
    before = told(make)

    for year in (2025, 2026):
        report(make, scene.office, measures(*[school(n, multimedia_rooms=1.0) for n in range(1, 5)]), year)

    assert told(make) == before
    assert [one.words for one in night(scene.app)] == ["没有要交办的周期任务。"]
    assert told(make) == before


def test_version_that_moved_last_is_told_and_the_one_before_it_no_more(scene: Above, make: Factory) -> None:
    freeze(scene, 2026)
    first = told(make)[2026]["assessment_id"]
    report(make, scene.office, measures(school(1), school(2)), 2026)
    freeze(scene, 2026)

    assert told(make)[2026]["assessment_id"] > first
    with make.session(scene.county) as session:
        move = VersionMove.SUBMIT
        move_version(session, scene.office.actor, assessment_id=first, move=move, note="", at=NOW)
    assert (told(make)[2026]["assessment_id"], told(make)[2026]["state"]) == (
        first,
        AssessmentState.SUBMITTED,
    )


def test_night_mends_what_is_missing_or_out_of_date_once(scene: Above, make: Factory) -> None:
    for year in (2024, 2025, 2026):
        freeze(scene, year)
    right = told(make)
    with owner_connection(scene.app) as connection:
        connection.execute(sa.text("delete from county_standing where year = 2024"))
        connection.execute(sa.text("update county_standing set verdict = 'met' where year = 2025"))

    outcomes = [night(scene.app) for _run in range(2)]

    assert [[one.words for one in run] for run in outcomes] == [
        ["没有要交办的周期任务。更新上级所见情况 2 项。"],
        ["没有要交办的周期任务。"],
    ]
    mended = told(make)
    assert mended[2024].pop("id") != right[2024].pop("id")
    assert mended == right


def test_night_sees_that_the_target_year_was_moved(scene: Above, make: Factory) -> None:
    for year in (2024, 2025, 2026):
        freeze(scene, year)
    with make.session() as session:
        session.get_one(County, scene.county).horizon_year = 2026

    night(scene.app)

    assert told(make)[2026]["forecast"]["state"] == "late"


def test_county_whose_versions_cannot_be_read_does_not_stop_the_next(
    scene: Above, make: Factory, caplog: pytest.LogCaptureFixture
) -> None:
    freeze(scene, 2026)
    broken = make.county("零县（示例）", code="990100")
    report(make, make.member(broken), measures(school(7)), 2026)
    with make.session(broken) as session:
        key = session.scalars(sa.select(Assessment.id)).one()
    with owner_connection(scene.app) as connection:
        connection.execute(sa.text("delete from county_standing"))
        frozen = sa.text("update assessment set state = 'frozen', summary = '[]' where id = :key")
        connection.execute(frozen, {"key": key})

    with caplog.at_level(logging.ERROR):
        outcomes = night(scene.app)

    assert [(one.county, one.has_failed) for one in outcomes] == [
        ("零县（示例）", True),
        ("甲县（示例）", False),
    ]
    assert [one["county_code"] for one in told(make).values()] == ["990101"]
