"""The form of a new county and the template that it begins with."""

import sqlalchemy as sa

from plans.base import County
from tests.factories import Factory
from tests.pages import PageClient


def test_template_that_ends_before_the_target_year_is_taken_only_when_seen(
    admin: PageClient, make: Factory
) -> None:
    early = {
        "code": "990111",
        "name": "丙县（示例）",
        "standard": "quality-2017",
        "horizon_year": "2030",
        "template": "to-2029",
        "person": "王主任",
    }

    page = admin.post_page("/platform/counties/new", early, status=422)
    with make.session() as session:
        assert session.scalars(sa.select(County)).all() == []
    admin.post_page("/platform/counties/new", {**early, "despite": "y"})
    admin.post_page("/platform/counties/new", {**early, "code": "990112", "horizon_year": "2029"})

    assert "模板到2029年为止，早于全县目标年2030年，2030年没有安排" in page.select_one("#template-error").text
    with make.session() as session:
        assert session.scalars(sa.select(County.horizon_year).order_by(County.code)).all() == [2030, 2029]
