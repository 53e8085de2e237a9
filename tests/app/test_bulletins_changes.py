"""Which results a bulletin compares, and how it tells what turned."""

from datetime import date, datetime, timedelta

import pytest

from app.assessments.runs import assess_by, assess_year
from app.bulletins.changes import changes_since
from app.bulletins.facts import Facts
from app.bulletins.wording import draft_text
from app.models.assessments import VersionMove
from app.returns.store import save_measures
from app.versions.commands import move_version
from plans.calendar import ZONE
from scoring.measures import Measures
from tests.factories import Factory
from tests.scoring.make import school, schools_frame

FIRST = date(2026, 10, 1)
BEFORE, DURING = datetime(2026, 9, 30, 23, 59, tzinfo=ZONE), datetime(2026, 10, 1, tzinfo=ZONE)
POOR, GOOD = {"backbone_teachers_primary": 0}, {"backbone_teachers_primary": 4}


def judged(make: Factory, county: int, at: datetime, **figures: float) -> None:
    """Judge the year and freeze the result, as a draft would be replaced by the next one."""
    office = make.member(county).actor
    with make.session(county) as session:
        measures = Measures(schools_frame(school("S1", **figures)))
        save_measures(session, office, year=2025, measures=measures, source="示例", at=at)
        version = assess_year(session, office, year=2025, at=at)
        move_version(session, office, assessment_id=version.id, move=VersionMove.FREEZE, note="", at=at)


def told(make: Factory, county: int) -> str:
    last = FIRST + timedelta(days=60)
    with make.session(county) as session:
        facts = Facts(FIRST, last, last, [], {}, [], changes_since(session, FIRST), 0)
        return draft_text(facts).splitlines()[-1]


@pytest.fixture
def county(make: Factory) -> int:
    return make.county()


def test_item_that_turned_is_told_with_both_verdicts(make: Factory, county: int) -> None:
    judged(make, county, BEFORE, **POOR)
    judged(make, county, DURING, **GOOD)

    words = told(make, county)

    assert words.startswith("依据2025年度评估（2026年10月1日），未达标项目")
    assert "与2025年度评估（2026年9月30日）相比：" in words
    assert "由未达标变为达标" in words
    assert words.count("R2 ") == 1


def test_results_that_agree_are_told_as_unchanged(make: Factory, county: int) -> None:
    judged(make, county, BEFORE, **GOOD)
    judged(make, county, DURING, backbone_teachers_primary=5)

    assert told(make, county).endswith("相比，各项目结论没有变化。")


def test_result_before_the_days_alone_is_told_as_no_news(make: Factory, county: int) -> None:
    judged(make, county, BEFORE, **POOR)

    assert told(make, county).endswith("本期没有新的评估结果。")


def test_another_standard_is_not_mixed_in(make: Factory, county: int) -> None:
    judged(make, county, BEFORE, **POOR)
    judged(make, county, DURING, **GOOD)
    before = told(make, county)
    with make.session(county) as session:
        later = DURING + timedelta(days=1)
        assess_by(session, make.member(county).actor, standard="basic-2012", year=2025, at=later)

    assert told(make, county) == before


def test_results_of_another_county_are_not_seen(make: Factory, county: int) -> None:
    judged(make, make.county(), DURING, **POOR)

    assert told(make, county) == "目前还没有评估结果。"
