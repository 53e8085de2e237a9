"""Points by the rubric: who gives them, what is kept apart, what is computed and shown."""

import pytest

from app.returns.uploads import examine
from app.rubric.errors import PointsOutOfRange, SamePersonScores, StaleScore
from app.rubric.pages import rubric_page
from app.rubric.workbook import table_of
from plans.actors import Actor, Role
from plans.errors import ActNotAllowed, NotFound
from tests.app.county_data import measures, school, workbook
from tests.app.rubric_data import YEAR, give, points_of, reporting_office, story
from tests.factories import Factory, Member
from tests.pages import PageClient


@pytest.fixture
def office(make: Factory) -> Member:
    return reporting_office(make)


@pytest.fixture
def supervisor(make: Factory, office: Member) -> Member:
    return make.member(office.actor.county_id, Role.SUPERVISOR)


def test_scores_of_office_and_supervisor_stay_apart(
    make: Factory, office: Member, supervisor: Member
) -> None:
    give(make, office.actor, 20)
    give(make, supervisor.actor, 17.5, kind="reviewer")

    assert points_of(make, office.actor) == {"self": 20, "reviewer": 17.5}


@pytest.mark.parametrize(
    ("role", "kind"),
    [(role, kind) for role in Role for kind in ("self", "reviewer")
     if (role, kind) not in ((Role.OFFICE, "self"), (Role.SUPERVISOR, "reviewer"))],
)  # fmt: skip
def test_nobody_else_gives_points(make: Factory, office: Member, role: Role, kind: str) -> None:
    unit_id = make.unit(office.actor.county_id) if role is Role.UNIT else None
    member = make.member(office.actor.county_id, role, unit_id)

    with pytest.raises(ActNotAllowed):
        give(make, member.actor, 10, kind=kind)


def test_one_person_never_gives_both_scores_of_an_item(make: Factory, office: Member) -> None:
    same = Actor(office.actor.user_id, office.actor.name, office.actor.county_id, Role.SUPERVISOR)
    give(make, office.actor, 20)

    with pytest.raises(SamePersonScores):
        give(make, same, 20, kind="reviewer")
    give(make, same, 10, item="C2", kind="reviewer")
    with pytest.raises(SamePersonScores):
        give(make, office.actor, 10, item="C2")

    assert points_of(make, office.actor) == {"self": 20}


@pytest.mark.parametrize("points", [-0.5, 20.01, 1000])
def test_points_outside_of_the_item_are_refused(make: Factory, office: Member, points: float) -> None:
    with pytest.raises(PointsOutOfRange):
        give(make, office.actor, points)


@pytest.mark.parametrize("points", [0, 20])
def test_points_at_the_ends_are_taken(make: Factory, office: Member, points: float) -> None:
    give(make, office.actor, points)

    assert points_of(make, office.actor) == {"self": points}


def test_unknown_item_is_not_found(make: Factory, office: Member) -> None:
    with pytest.raises(NotFound):
        give(make, office.actor, 1, item="C99")


def test_points_over_somebody_elses_are_refused(make: Factory, office: Member) -> None:
    other = make.member(office.actor.county_id)
    give(make, office.actor, 20)

    with pytest.raises(StaleScore, match=f"{office.actor.name}已于.*改为 20"):
        give(make, other.actor, 15)

    assert points_of(make, office.actor) == {"self": 20}


def test_each_change_is_recorded_and_a_repeat_is_none(make: Factory, office: Member) -> None:
    name = office.actor.name
    give(make, office.actor, 20)
    give(make, office.actor, 20)
    give(make, office.actor, 18.5, seen=1)
    give(make, office.actor, None, seen=2)

    assert story(make, office.actor) == [(None, 20, name), (20, 18.5, name), (18.5, None, name)]


def test_hints_come_from_the_years_and_never_from_scores(make: Factory, office: Member) -> None:
    give(make, office.actor, 40, item="C6")

    with make.session(office.actor.county_id) as session:
        page = rubric_page(session, office.actor, YEAR)

        appropriation = page.row("C6").hints[0]
        assert (appropriation.printed, appropriation.verdict) == ("-13.07", "met")
        assert page.row("C6").flag_words == "绝对数下降"
        assert page.row("C6").points == {"self": 40, "hint": None, "reviewer": None}
        assert [hint.verdict for hint in page.row("C9").hints][-1] == "not_applicable"


def test_totals_say_of_how_many_points(make: Factory, office: Member, supervisor: Member) -> None:
    give(make, office.actor, 18)
    give(make, office.actor, 15, item="C3")
    give(make, supervisor.actor, 16, kind="reviewer")

    with make.session(office.actor.county_id) as session:
        page = rubric_page(session, office.actor, YEAR)
        rows = {row.code: row for row in page.rows}

        for code in ("all", "A1", "B1"):
            assert rows[code].points == {"self": 33, "hint": None, "reviewer": 16}
            assert rows[code].of == {"self": 40, "hint": 0, "reviewer": 20}
        assert page.starred[0] == ("自评", ["C3 责任落实"], 16)


def test_sheet_has_the_numbers_of_the_screen(
    client: PageClient, make: Factory, office: Member, supervisor: Member
) -> None:
    give(make, office.actor, 18)
    give(make, supervisor.actor, 16.5, kind="reviewer")
    client.sign_in(make.member(office.actor.county_id, Role.LEADER))

    screen = client.get_page("/rubric")
    with make.session(office.actor.county_id) as session:
        sheet = list(table_of(rubric_page(session, office.actor, YEAR).rows))[1:]

    shown = [
        [cell.text.split("/")[0].strip() for cell in row.find_all("td")[1:4]]
        for row in screen.select("#scorecard > tr")
    ]
    assert shown == [["—" if cell is None else f"{cell:g}" for cell in line[4:7]] for line in sheet]
    assert len(shown) == 1 + 4 + 8 + 37


def test_yearly_figures_are_saved_logged_and_give_the_hint(
    client: PageClient, make: Factory, office: Member
) -> None:
    client.sign_in(office)
    form = client.get_page("/rubric/figures")
    fields = {one["name"]: one.get("value", "") for one in form.select("main form input[name]")}

    client.post_page("/rubric/figures", fields | {"exchange_teachers": "332", "teachers_total": "6744"})
    page = client.get_page("/rubric")

    assert "332 ÷ 6744 × 100＝4.92%，标准 ≥ 5" in page.select_one("#C14").text
    assert "198726 → 172748" in page.select_one("#C6").text


def test_workbook_of_the_standard_keeps_the_figures_of_the_rubric(make: Factory, office: Member) -> None:
    content = workbook(measures(school(), county={"special_students": 5})).getvalue()

    with make.session(office.actor.county_id) as session:
        found = examine(session, office.actor, year=YEAR, name="数据.xlsx", content=content)

        assert [(one.element, one.after) for one in found.difference.changes if not one.school_code] == [
            ("special_students", 5)
        ]
