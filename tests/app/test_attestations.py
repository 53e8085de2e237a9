"""Attestations: prepared by one, signed by another, locked, withdrawn with a reason; else pending."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.models import Membership
from plans.actors import Role
from plans.models import Evidence
from tests.app.statement_scene import Statements, statements
from tests.app.task_scene import a_file
from tests.factories import Factory
from tests.queries import count_queries


@pytest.fixture
def scene(app: Flask, make: Factory) -> Statements:
    return statements(app, make)


def test_item_is_pending_until_it_is_signed_and_says_what_is_missing(scene: Statements) -> None:
    told = [(scene.item("G1").verdict, scene.item("G1").reason)]
    scene.state("G1", files=None)
    told.append((scene.item("G1").verdict, scene.item("G1").reason))
    scene.state("G1", seen=1)
    told.append((scene.item("G1").verdict, scene.item("G1").reason))

    scene.sign("G1", scene.rows()[0], seen=2)

    assert told == [
        ("pending", "规划布局合理，符合规定：待佐证，缺结论、签署、佐证材料。"),
        ("pending", "规划布局合理，符合规定：待佐证，缺签署、佐证材料。"),
        ("pending", "规划布局合理，符合规定：待佐证，缺签署。"),
    ]
    assert scene.item("G1").verdict == "met"
    assert "督导室" in scene.item("G1").reason


def test_item_of_four_parts_is_met_when_all_four_are_signed(scene: Statements) -> None:
    verdicts = []
    for part in ("construction", "staffing", "funds", "equipment"):
        scene.state("G2", part)
        scene.sign("G2", next(row for row in scene.rows() if row.part == part))
        verdicts.append(scene.item("G2").verdict)

    assert verdicts == ["pending", "pending", "pending", "met"]


def test_signed_statement_is_locked(scene: Statements) -> None:
    scene.state("G1")
    scene.sign("G1", scene.rows()[0])

    page = scene.state("G1", seen=2, statement="改写", status=422)

    assert "已签署，内容已锁定" in page.select_one(".message-red").text
    assert scene.rows()[0].statement == "已核对"


def test_withdrawal_needs_a_reason_unlocks_and_stays_in_the_story(scene: Statements) -> None:
    scene.state("G1")
    row = scene.rows()[0]
    scene.sign("G1", row)

    refused = scene.withdraw("G1", row, " ", 422)
    page = scene.withdraw("G1", row, "缺一所学校")
    scene.state("G1", seen=3, statement="已补齐")

    assert "撤回签署须写明理由。" in refused.select_one(".message-red").text
    assert [act.text for act in page.select(".story b")] == ["撤回签署", "签署", "准备材料"]
    assert "缺一所学校" in page.select_one(".story").text
    assert (scene.rows()[0].statement, scene.item("G1").verdict) == ("已补齐", "pending")


def test_preparer_never_signs_even_in_another_role(scene: Statements) -> None:
    scene.state("G1")
    with scene.make.session(scene.county) as session:
        session.query(Membership).filter_by(
            account_id=scene.office.actor.user_id
        ).one().role = Role.SUPERVISOR

    page = scene.sign("G1", scene.rows()[0], status=409, by=scene.office)

    assert "材料由您准备，不能由本人签署" in page.text
    assert scene.item("G1").verdict == "pending"


def test_signing_what_changed_since_it_was_shown_is_refused(scene: Statements) -> None:
    scene.state("G1")
    scene.state("G1", seen=1, statement="后来改过")

    page = scene.sign("G1", scene.rows()[0], seen=1, status=422)

    assert "您的填写没有保存但已保留" in page.select_one(".message-red").text
    assert not scene.rows()[0].is_signed


def test_stale_statement_keeps_what_was_typed(scene: Statements) -> None:
    scene.state("G1")
    other = scene.make.member(scene.county)
    scene.state("G1", seen=1, statement="别人写的", by=other)

    page = scene.state("G1", seen=1, statement="我写的", status=422)

    assert page.select_one("textarea[name='whole-statement']").text.strip() == "我写的"
    assert scene.rows()[0].statement == "别人写的"


def test_second_click_writes_no_second_event(scene: Statements) -> None:
    scene.state("G1")
    row = scene.rows()[0]
    scene.sign("G1", row)

    scene.sign("G1", row)

    page = scene.as_(scene.office).get_page("/items/G1")
    assert [act.text for act in page.select(".story b")] == ["签署", "准备材料"]


def test_incomplete_statement_cannot_be_signed(scene: Statements) -> None:
    scene.state("G1", files=None, conclusion="")

    page = scene.sign("G1", scene.rows()[0], status=422)

    assert "还不能签署，缺结论、佐证材料。" in page.select_one(".message-red").text


@pytest.mark.parametrize("role", [Role.LEADER, Role.UNIT, Role.SCHOOL, Role.SUPERVISOR, Role.OVERSEER])
def test_only_the_office_prepares(scene: Statements, role: Role) -> None:
    member = scene.make.member(scene.county, role)

    scene.state("G1", status=403, by=member)

    assert scene.rows() == []


@pytest.mark.parametrize("role", [Role.LEADER, Role.OFFICE, Role.UNIT, Role.SCHOOL, Role.OVERSEER])
def test_only_a_supervisor_signs(scene: Statements, role: Role) -> None:
    scene.state("G1")
    member = scene.make.member(scene.county, role)

    scene.sign("G1", scene.rows()[0], status=403, by=member)

    assert not scene.rows()[0].is_signed


def test_school_named_as_failing_fails_the_item_with_its_grade(scene: Statements) -> None:
    scene.state("Q6", failing="示例第2小学 合格")
    scene.sign("Q6", scene.rows()[0])

    page = scene.as_(scene.office).get_page("/items/Q6")

    row = page.select_one("[aria-label='未达到的学校'] tbody tr")
    assert [" ".join(cell.text.split()) for cell in row.select("th, td")][:3] == [
        "示例第2小学",
        "全校",
        "合格",
    ]
    assert scene.item("Q6").verdict == "not_met"


def test_unknown_school_is_refused_and_the_file_need_not_be_sent_again(scene: Statements) -> None:
    page = scene.state("Q6", failing="不存在小学 合格", status=422)

    assert "找不到学校：不存在小学" in page.select_one(".message-red").text
    assert [box["checked"] for box in page.select("input[name='whole-kept'][checked]")] == [""]


def test_veto_without_words_is_pending_and_a_case_fails_the_county(scene: Statements) -> None:
    scene.state("V2", statement="")
    without_words = scene.item("V2").verdict
    scene.state("V2", seen=1, conclusion="not_met", statement="查实一起", files=None)

    page = scene.as_(scene.office).get_page("/")

    assert (without_words, scene.item("V2").verdict) == ("pending", "not_met")
    assert page.h1.text.startswith("有否决情形（违规择校），不能通过认定；")


def test_same_file_serves_several_statements_and_is_kept_once(scene: Statements) -> None:
    scene.state("G1")
    with scene.make.session(scene.county) as session:
        kept = session.scalars(sa.select(Evidence.id)).one()

    scene.state("G10", files=None, kept=kept)

    with scene.make.session(scene.county) as session:
        assert session.scalars(sa.select(Evidence.id)).all() == [kept]
    scene.sign("G10", next(row for row in scene.rows() if row.item == "G10"))
    assert scene.item("G10").verdict == "met"


def test_file_of_another_county_cannot_be_used(scene: Statements, app: Flask) -> None:
    theirs = statements(app, scene.make)
    theirs.state("G1")
    with scene.make.session(theirs.county) as session:
        foreign = session.scalars(sa.select(Evidence.id)).one()

    scene.state("G1", files=None, kept=foreign, status=422)

    assert scene.rows() == []


def test_evidence_is_for_those_who_answer_for_the_county(scene: Statements) -> None:
    scene.state("G1")
    with scene.make.session(scene.county) as session:
        kept = session.scalars(sa.select(Evidence.id)).one()

    statuses = {}
    for role in (Role.SUPERVISOR, Role.LEADER, Role.UNIT, Role.SCHOOL):
        client = scene.as_(scene.make.member(scene.county, role))
        with client.http.get(f"/evidence/{kept}") as answer:
            statuses[role] = answer.status_code

    assert statuses == {Role.SUPERVISOR: 200, Role.LEADER: 200, Role.UNIT: 404, Role.SCHOOL: 404}


def test_hostile_file_is_refused_and_nothing_is_stated(scene: Statements) -> None:
    page = scene.state("G1", files=a_file("说明.exe", b"MZ\x90\x00"), status=422)

    assert "不收这种文件" in page.select_one(".message-red").text
    assert scene.rows() == []


def test_item_page_asks_the_same_number_of_queries_for_one_and_three_files(scene: Statements) -> None:
    numbers = []
    for n_files in (1, 3):
        files = [a_file(f"{n}.pdf", b"%PDF-1.7\n" + bytes([65 + n])) for n in range(n_files)]
        scene.state("G1", seen=len(numbers), files=files)
        client = scene.as_(scene.supervisor)
        with count_queries(scene.app) as sent:
            client.get_page("/items/G1")
        numbers.append(len(sent))

    assert numbers == [15, 15]


def test_monitoring_makes_the_item_met_and_every_entry_is_logged(scene: Statements) -> None:
    client, verdicts = scene.as_(scene.office), [scene.item("Q9").verdict]
    for subject in ("语文", "数学"):
        sent = {"year": 2025, "subject": subject, "level": "3", "rate": "0.149", "source": "监测报告"}
        client.post_page("/items/Q9/monitoring", sent)
    verdicts.append(scene.item("Q9").verdict)

    client.post_page(
        "/items/Q9/monitoring",
        {"year": 2025, "subject": "数学", "level": "3", "rate": "0.15", "source": "监测报告"},
    )

    assert [*verdicts, scene.item("Q9").verdict] == ["pending", "met", "not_met"]


def test_monitoring_rate_in_percent_is_refused(scene: Statements) -> None:
    sent = {"year": 2025, "subject": "语文", "level": "3", "rate": "15", "source": "监测报告"}

    page = scene.as_(scene.office).post_page("/items/Q9/monitoring", sent, 422)

    assert "0 至 1 的小数" in page.select_one(".field-error").text


def test_other_county_sees_nothing_of_a_statement(scene: Statements, app: Flask) -> None:
    scene.state("G1", statement="只属于本县的说明")
    row, other = scene.rows()[0], statements(app, scene.make)

    page = other.as_(other.supervisor).get_page("/items/G1")
    other.sign("G1", row, status=404)

    assert "只属于本县的说明" not in page.text
    assert not scene.rows()[0].is_signed


def test_unknown_item_and_part_are_not_found(scene: Statements) -> None:
    client = scene.as_(scene.office)

    client.get_page("/items/X1", 404)
    client.post_page("/items/G1/parts/other", {}, 404)
    client.post_page("/items/G9/parts/whole", {}, 404)
