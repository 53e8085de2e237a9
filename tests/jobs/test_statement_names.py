"""What reminders call the statements that run out."""

from datetime import date

from app.jobs.families import attestations
from app.jobs.statement_names import statement_names
from app.models import Attestation
from plans.base import new_id
from plans.reminders.families import Terms
from tests.factories import Factory


def test_statements_on_parts_of_one_item_are_told_apart(make: Factory) -> None:
    stated = [("G2", "funds"), ("G2", "staffing"), ("G1", ""), ("X9", "")]
    with make.session(make.county()) as session:
        session.add_all(
            Attestation(id=new_id(), year=2025, item=item, part=part, signed_at=make.now)
            for item, part in stated
        )
        session.flush()

        titles = {row.title for row in session.execute(attestations(Terms(date(2026, 11, 22), {})))}

    assert titles == {
        "G2 城乡学校标准四统一：生均公用经费基准定额统一",
        "G2 城乡学校标准四统一：教师编制标准统一",
        "G1 学校规划布局合理",
        "X9",
    }


def test_names_fit_the_title_of_a_reminder() -> None:
    assert max(map(len, statement_names().values())) <= 200
