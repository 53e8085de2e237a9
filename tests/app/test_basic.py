"""Basic balance beside the county's own standard: the two never mix, and no verdict is made up."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.assessments.queries import indicator_lines, latest, trend
from app.assessments.runs import assess_by, assess_year
from app.basic.queries import STANDARD, basic_lines, composite_lines
from app.models import Assessment
from app.versions.queries import version_lines
from plans.actors import Role
from plans.errors import ActNotAllowed
from tests.app.county_data import measures, report, school
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

BASIC = {"computers": 100.0, "books": 30_000.0, "teachers_primary": 60.0, "mid_title_teachers_primary": 30.0}
PRIVATE = {"owner_code": "10", "school_name": "示例民办小学", "computers": 900.0}


@pytest.fixture
def office(make: Factory) -> Member:
    return make.member(make.county())


@pytest.fixture
def judged(make: Factory, office: Member) -> Member:
    """A county of two alike schools, one that differs in computers, and a private one."""
    both = [school(n, **BASIC) for n in (1, 2)]
    data = measures(*both, school(3, **BASIC | {"computers": 200.0}), school(4, **BASIC | PRIVATE))
    report(make, office, data)
    by_basic(make, office)
    return office


def by_basic(make: Factory, member: Member, year: int = 2026) -> None:
    with make.session(member.actor.county_id) as session:
        assess_by(session, member.actor, standard=STANDARD, year=year, at=make.now)


def test_latest_keeps_the_standards_apart(make: Factory, judged: Member) -> None:
    with make.session(judged.actor.county_id) as session:
        found = [latest(session, 2026).standard, latest(session, 2026, STANDARD).standard]

        assert found == ["quality-2017", "basic-2012"]


def test_trend_has_the_county_standard_only(make: Factory, judged: Member) -> None:
    with make.session(judged.actor.county_id) as session:
        assert [point.year for point in trend(session, "R1", "primary")] == [2026]
        assert trend(session, "E1", "primary") == []


def test_composite_is_the_mean_of_eight(make: Factory, judged: Member) -> None:
    with make.session(judged.actor.county_id) as session:
        found = latest(session, 2026, STANDARD)
        lines = basic_lines(session, found)
        _clause, (primary,) = composite_lines(session, found, lines)

        # 100, 100 and 200 computers for 1000 pupils each: the only CV, √2 ÷ 4.
        assert [round(line.stages["primary"].cv, 9) for line in lines] == [0, 0, 0, 0.353553391, 0, 0, 0, 0]
        assert (round(primary.value, 9), primary.limit, primary.verdict) == (0.044194174, 0.65, "met")


def test_composite_is_missing_where_a_school_lacks_books(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, **BASIC), school(2, **BASIC | {"books": float("nan")})))
    by_basic(make, office)

    with make.session(office.actor.county_id) as session:
        found = latest(session, 2026, STANDARD)
        _clause, (primary,) = composite_lines(session, found, basic_lines(session, found))

        assert (primary.value, primary.total, primary.verdict) == (None, None, "no_data")


def test_unjudged_verdicts_are_kept_as_none(make: Factory, judged: Member) -> None:
    with make.session(judged.actor.county_id) as session:
        found = latest(session, 2026, STANDARD)

        assert found.summary["schools_passing"] is None
        assert {row.verdict for row in found.sections} == {None}
        assert {(row.cv_verdict, row.schools_met) for row in found.indicators} == {(None, None)}
        assert indicator_lines(session, found) == []


def test_new_data_renew_both_standards(make: Factory, judged: Member) -> None:
    report(make, judged, measures(*(school(n, **BASIC) for n in (1, 2, 3))))

    with make.session(judged.actor.county_id) as session:
        assert latest(session, 2026, STANDARD).summary["composite_cv"]["primary"] == 0
        assert len(session.scalars(sa.select(Assessment)).all()) == 2


def test_county_never_judged_by_basic_balance_stays_so(make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, **BASIC)))

    with make.session(office.actor.county_id) as session:
        assess_year(session, office.actor, year=2026, at=make.now)

        assert latest(session, 2026, STANDARD) is None


def test_versions_of_two_standards_are_no_later_versions_of_each_other(make: Factory, judged: Member) -> None:
    with make.session(judged.actor.county_id) as session:
        assert [line.has_later for line in version_lines(session)] == [False, False]


def test_unit_may_not_judge_by_basic_balance(make: Factory, judged: Member) -> None:
    unit = make.member(judged.actor.county_id, Role.UNIT, make.unit(judged.actor.county_id))

    with pytest.raises(ActNotAllowed):
        by_basic(make, unit)


def test_page_shows_composite_working_and_who_is_out(client: PageClient, judged: Member) -> None:
    client.sign_in(judged)

    page = client.get_page("/basic")

    assert page.h1.text == "综合差异系数：小学 0.044，不超过限值 0.65。"
    terms = "0.0000 + 0.0000 + 0.0000 + 0.3536 + 0.0000 + 0.0000 + 0.0000 + 0.0000"
    assert page.select_one(".working-line").text == f"({terms}) ÷ 8 = 0.0442"
    assert "举办者为民办，不属县级举办" in page.text
    assert [cell.text.strip() for cell in page.select("td.cell-status")] == ["不适用"] * 8


def test_page_of_an_indicator_shows_the_table_to_check_by_hand(client: PageClient, judged: Member) -> None:
    client.sign_in(judged)

    page = client.get_page("/basic/E4/primary")

    names = [cell.text for cell in page.select("tbody th.cell-main a")]
    assert names == ["示例第1小学", "示例第2小学", "示例第3小学"]


def test_office_starts_basic_balance_by_a_button(client: PageClient, make: Factory, office: Member) -> None:
    report(make, office, measures(school(1, **BASIC), school(2, **BASIC)))
    client.sign_in(office)
    before = client.get_page("/basic")

    client.post_page("/basic", {"year": "2025"}, status=404)
    after = client.post_page("/basic", {"year": "2026"})

    assert before.select_one("h2").text == "2026 年度还没有按基本均衡标准评估"
    assert after.h1.text.startswith("综合差异系数：小学 0.000")


def test_pages_of_versions_stand_a_version_without_verdicts(
    client: PageClient, make: Factory, judged: Member
) -> None:
    with make.session(judged.actor.county_id) as session:
        version_id = latest(session, 2026, STANDARD).id
    client.sign_in(judged)

    client.get_page("/versions")
    client.get_page(f"/versions/{version_id}")


def test_other_county_sees_no_basic_balance(client: PageClient, make: Factory, judged: Member) -> None:
    stranger = make.member(make.county())
    report(make, stranger, measures(school(9)))
    client.sign_in(stranger)

    page = client.get_page("/basic")

    assert "还没有按基本均衡标准评估" in page.text
    assert "示例第3小学" not in page.text


@pytest.mark.parametrize("schools", [1, 3])
def test_page_takes_a_fixed_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, schools: int
) -> None:
    report(make, office, measures(*(school(n, **BASIC) for n in range(1, schools + 1))))
    by_basic(make, office)
    client.sign_in(office)

    with count_queries(app) as sent:
        client.get_page("/basic")

    assert len(sent) == 11
