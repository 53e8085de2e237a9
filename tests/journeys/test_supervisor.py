"""The supervisor: sees what waits, returns with a reason, closes, reopens; never verifies own work."""

from plans.actors import Role
from tests.journeys.road import Road

TITLE = "校园消防整改"


def test_supervisor_returns_closes_and_reopens(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    assert road.offered("supervisor") == {"acts/urge", "acts/comment"}
    road.sign("education")
    road.act("education", "ask", due_on="2027-03-31", note="等招标")
    assert road.offered("supervisor") & {"acts/grant", "acts/refuse"} == set()
    road.act("office", "grant")
    road.hand_in("education", "整改完成", "验收单.pdf")

    waiting = road.as_("supervisor").get_page("/tasks?state=submitted")
    assert [cell.text for cell in waiting.select("td.task-cell")] == [TITLE]
    page = road.page("supervisor")
    assert "原定 2026年12月31日" in page.select_one(".kv").get_text(" ", strip=True)
    assert {"close", "acts/grade"} <= road.offered("supervisor")
    silent = road.verify("supervisor", "return", " ", 422)
    assert "退回须写明理由" in silent.select_one(".message-red").text
    road.verify("supervisor", "return", "两校灭火器过期")
    assert road.as_("supervisor").get_page("/tasks?state=submitted").select("td.task-cell") == []

    road.hand_in("education", "已更换", "更换清单.pdf")
    file_id = road.page("supervisor").select_one("#grade-evidence_id option:not([value=''])")["value"]
    graded = road.act("supervisor", "grade", evidence_id=file_id, strength=2)
    assert "二级・盖章材料" in graded.text
    road.verify("supervisor", "close", "现场核实")
    road.later(30)
    road.act("supervisor", "reopen", due_on="2027-05-31", note="抽查又发现堵塞")
    assert road.ledger_row("supervisor")[5:9] == ["2027-05-31 原定 2026-12-31", "0%", "未到期", "办理中"]
    road.hand_in("education", "已清理", "清理照片.pdf")
    road.verify("supervisor", "close", "")

    assert road.acts() == [
        "assign", "sign", "ask_extension", "grant_extension", "progress", "submit", "return",
        "progress", "submit", "grade", "close", "reopen", "progress", "submit", "close",
    ]  # fmt: skip


def test_supervisor_with_a_part_in_the_work_does_not_verify_it(road: Road) -> None:
    own = road.make.member(road.county, Role.SUPERVISOR, road.finance_id)
    road.people["own"] = own
    road.assign("office", TITLE, "2026-12-31", support_unit_ids=str(road.finance_id))
    road.hand_in("education", "整改完成", "验收单.pdf")

    assert "close" not in road.offered("own")
    for act in ("close", "return"):
        road.as_("own").post_page(f"{road.path}/{act}", {"seen_event": 4, "note": "试"}, 403)
    road.verify("supervisor", "close", "")

    assert road.acts()[-1] == "close"


def test_two_supervisors_at_once_the_second_is_told_and_keeps_the_words(road: Road) -> None:
    road.people["second"] = road.make.member(road.county, Role.SUPERVISOR)
    road.assign("office", TITLE, "2026-12-31")
    road.hand_in("education", "整改完成", "验收单.pdf")
    opened = road.page("second").select_one(f"form[action='{road.path}/close'] [name=seen_event]")["value"]
    road.verify("supervisor", "close", "属实")

    sent = {"seen_event": opened, "note": "写了很长的退回理由"}
    page = road.as_("second").post_page(f"{road.path}/return", sent, 422)

    assert f"{road.name('supervisor')}已于" in page.select_one(".message-red").text
    assert page.select_one("#note").text.strip() == "写了很长的退回理由"
    assert road.acts()[-1] == "close"


def test_supervisor_hands_out_and_reports_nothing(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    client = road.as_("supervisor")

    client.get_page("/tasks/new", 403)
    client.post_page("/tasks/new", {"task_id": 1, "title": "自己派的"}, 403)
    for act in ("sign", "progress", "acts/decline", "acts/ask", "acts/reassign", "acts/pause"):
        name = act.removeprefix("acts/")
        given = {"seen_event": 1, "note": "试", "due_on": "2027-03-31", "lead_unit_id": road.finance_id}
        sent = {f"{name}-{field}": value for field, value in given.items()}
        client.post_page(f"{road.path}/{act}", sent | {"seen_event": 1, f"t{road.task_id}-percent": 1}, 403)

    assert road.acts() == ["assign"]
