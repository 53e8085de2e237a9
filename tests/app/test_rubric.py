"""Points by the rubric: who gives them, what is kept apart, what is computed and shown."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.models import RubricScore
from app.models.rubric import ScoreKind
from app.returns.uploads import examine
from app.rubric.commands import give_points
from app.rubric.errors import PointsOutOfRange, SamePersonScores, StaleScore
from app.rubric.pages import rubric, rubric_page
from app.rubric.workbook import table_of
from plans.actors import Actor, Role
from plans.errors import ActNotAllowed, NotFound
from tests.app.county_data import measures, report, school, workbook
from tests.factories import Factory, Member
from tests.pages import PageClient
from tests.queries import count_queries

YEAR = 2026
FALLING = {  # money falls, but by less than revenue does
    2025: {"fiscal_recurrent_revenue_wan": 273_180, "education_appropriation_wan": 198_726},
    2026: {"fiscal_recurrent_revenue_wan": 231_760, "education_appropriation_wan": 172_748},
}
LAND = {"land_income_wan": 0, "land_income_used_wan": 0}


@pytest.fixture
def office(make: Factory) -> Member:
    member = make.member(make.county())
    report(make, member, measures(school(), county=FALLING[2025]), year=2025)
    report(make, member, measures(school(), county=FALLING[2026] | LAND), year=YEAR)
    return member


@pytest.fixture
def supervisor(make: Factory, office: Member) -> Member:
    return make.member(office.actor.county_id, Role.SUPERVISOR)


def give(
    make: Factory, actor: Actor, points: float | None, *, item: str = "C1", kind: str = "self", seen: int = 0
) -> None:
    with make.session(actor.county_id) as session:
        give_points(
            session, actor, rubric(), year=YEAR, item=item, kind=ScoreKind(kind),
            points=points, seen=seen, at=make.now,
        )  # fmt: skip


def points_of(make: Factory, actor: Actor, item: str = "C1") -> dict[str, float | None]:
    with make.session(actor.county_id) as session:
        rows = session.scalars(sa.select(RubricScore).where(RubricScore.item == item))
        return {row.kind.value: row.points for row in rows}


def story(make: Factory, actor: Actor) -> list[tuple[float | None, float | None, str]]:
    with make.session(actor.county_id) as session:
        (score,) = session.scalars(sa.select(RubricScore))
        return [(event.before, event.after, event.actor_name) for event in score.events]


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


def test_sheet_is_a_file_to_download(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    answer = client.http.get("/rubric/scorecard.xlsx")

    assert answer.status_code == 200
    assert answer.data.startswith(b"PK")


def test_page_shows_working_open_questions_and_one_column_to_fill(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    page = client.get_page("/rubric")

    working = "198726 → 172748，增长 -13.07%；财政经常性收入(万元)273180 → 231760，增长 -15.16%"
    assert working in page.select_one("#C6").text
    assert "0 ÷ 0" in page.select_one("#C9").text
    assert "合格总分未见载明，本表只合计，不下结论。" in page.text
    assert "A2 载明 14 项，实列 13 项。" in page.text
    actions = {form["action"].rsplit("/", 1)[1] for form in page.select("#scorecard form")}
    assert actions == {"self"}


def test_unit_sees_the_scorecard_without_fields(client: PageClient, make: Factory, office: Member) -> None:
    county_id = office.actor.county_id
    client.sign_in(make.member(county_id, Role.UNIT, make.unit(county_id)))

    page = client.get_page("/rubric")

    assert page.select("#scorecard form") == []
    client.post_page("/rubric/items/C1/self", {"points": "20"}, status=403)


def test_form_saves_without_script(client: PageClient, make: Factory, office: Member) -> None:
    client.sign_in(office)

    page = client.post_page("/rubric/items/C1/self", {"points": "１８.5", "seen": "0"})

    assert page.select_one("#points-C1")["value"] == "18.5"
    assert points_of(make, office.actor) == {"self": 18.5}


def test_form_saves_in_place_with_its_totals(client: PageClient, office: Member) -> None:
    client.sign_in(office)

    answer = client.http.post(
        "/rubric/items/C1/self", data={"points": "18", "seen": "0"}, headers={"HX-Request": "true"}
    )

    assert answer.status_code == 200
    assert "<html" not in answer.text
    swapped = ["total-all", "total-A1", "total-B1", "scorecard-head", "starred"]
    assert [name for name in swapped if f'id="{name}"' in answer.text] == swapped
    assert answer.text.count('hx-swap-oob="true"') == len(swapped)


@pytest.mark.parametrize("text", ["x", "-1", "1e1", "18.555", "nan", "21"])
def test_refused_points_stay_in_the_field(client: PageClient, office: Member, text: str) -> None:
    client.sign_in(office)

    page = client.post_page("/rubric/items/C1/self", {"points": text, "seen": "0"}, status=422)

    assert page.select_one("#points-C1")["value"] == text
    assert page.select_one("#refused-C1").text.strip() != ""


def test_item_page_shows_years_and_story(
    client: PageClient, make: Factory, office: Member, supervisor: Member
) -> None:
    give(make, office.actor, 40, item="C6")
    give(make, supervisor.actor, 30, item="C6", kind="reviewer")
    client.sign_in(office)

    page = client.get_page("/rubric/items/C6")

    assert page.h1.text == "C6 三个增长两个比例（满分 40）：自评 40 分，数据提示未评，复核 30 分。"
    kinds = [row.select_one(".cell-main").text for row in page.select("#story tr")]
    assert kinds == ["自评", "复核"]


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


def test_other_county_sees_no_points(client: PageClient, make: Factory, office: Member) -> None:
    give(make, office.actor, 19.5)
    stranger = make.member(make.county())
    report(make, stranger, measures(school(9)), year=YEAR)
    client.sign_in(stranger)

    page = client.get_page("/rubric")

    assert page.select_one("#total-all").find_all("td")[1].text.strip() == "—"
    assert "172748" not in page.text


@pytest.mark.parametrize("items", [1, 3])
def test_scorecard_takes_a_fixed_number_of_queries(
    app: Flask, client: PageClient, make: Factory, office: Member, items: int
) -> None:
    for number in range(1, items + 1):
        give(make, office.actor, 10, item=f"C{number}")
    client.sign_in(office)

    with count_queries(app) as sent:
        client.get_page("/rubric")

    assert len(sent) == 9
