"""The leading group: hands out, answers wishes, sees what is red, reopens; never does or verifies."""

import re

from tests.journeys.road import ALL, Road

TITLE = "编制调剂到乡村学校"


def test_leader_follows_a_task_from_assignment_to_the_second_close_out(road: Road) -> None:
    road.assign("leader", TITLE, "2026-12-31", support_unit_ids=str(road.finance_id))
    assert road.ledger_row("leader") == [
        TITLE, "—", "—", "县教育局", "县财政局", "2026-12-31", "0%", "未到期", "待签收", "0", "—",
    ]  # fmt: skip

    road.sign("education")
    road.act("education", "ask", due_on="2027-02-26", note="等常务会议")
    assert {"acts/grant", "acts/refuse"} <= road.offered("leader")
    assert "申请延期到2027年2月26日：等常务会议" in road.page("leader").select_one(".message-amber").text
    road.act("leader", "grant", note="同意")
    assert road.ledger_row("leader")[5] == "2027-02-26 原定 2026-12-31"

    road.later(100)
    assert road.ledger_row("leader")[7] == "逾期 4 天"
    assert TITLE in road.as_("leader").get_page("/tasks?light=overdue").select_one("#ledger tbody").text
    road.act("leader", "urge", note="请抓紧")
    road.hand_in("education", "文件已印发", "文件.pdf")
    assert road.ledger_row("leader")[7:9] == ["逾期 4 天", "待核实"]
    assert road.offered("leader") & {"close", "return", "progress", "sign"} == set()

    road.verify("supervisor", "return", "文号不清")
    assert road.ledger_row("leader")[8] == "办理中"
    road.hand_in("education", "已更正", "更正件.pdf")
    road.verify("supervisor", "close", "属实")
    assert road.ledger_row("leader")[7:9] == ["已完成", "已销号"]

    road.act("leader", "reopen", due_on="2027-09-30", note="人员又调回城区")
    assert road.ledger_row("leader")[5:9] == ["2027-09-30 原定 2026-12-31", "0%", "未到期", "办理中"]
    road.hand_in("education", "已重新到岗", "到岗表.pdf")
    road.verify("supervisor", "close", "")

    assert [re.split("[ ，到]", line)[0] for line in road.story("leader")] == [
        "交办", "签收", "申请延期", "同意延期", "催办", "反馈进展", "申请销号",
        "退回", "反馈进展", "申请销号", "核实销号", "反弹重开", "反馈进展", "申请销号", "核实销号",
    ]  # fmt: skip


def test_leader_does_not_do_or_verify_the_work(road: Road) -> None:
    road.assign("leader", TITLE, "2026-12-31")
    road.hand_in("education", "办完", "文件.pdf")
    report = {f"t{road.task_id}-{k}": v for k, v in {"seen_event": 4, "shown": 100, "percent": 1}.items()}
    client = road.as_("leader")

    for act in ("sign", "close", "return", "progress", "acts/decline", "acts/ask"):
        name = act.removeprefix("acts/")
        sent = report | {"seen_event": 4, "note": "试", f"{name}-seen_event": 4, f"{name}-note": "试"}
        client.post_page(f"{road.path}/{act}", sent | {f"{name}-due_on": "2027-03-31"}, 403)

    assert road.acts() == ["assign", "sign", "progress", "submit"]
    assert client.get_page(ALL).select("[name=task]") == []
