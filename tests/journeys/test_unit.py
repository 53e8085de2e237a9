"""The responsible unit: from the day a task arrives to the day it is closed for the second time."""

from tests.app.task_scene import fields_of
from tests.journeys.road import ALL, MINE, Road

TITLE = "补齐三所学校的音乐教室"


def owed(road: Road, who: str = "education") -> list[list[str]]:
    """The rows of 我的任务: title, deadline, and what is demanded."""
    page = road.as_(who).get_page(MINE)
    return [
        [cell.get_text(" ", strip=True) for cell in body.select(".owed-title, .cell-end, .owed-demand")]
        for body in page.select("tbody.owed")
    ]


def assigned_and_signed(road: Road) -> None:
    assert owed(road) == []
    road.assign("office", TITLE, "2026-12-31")
    assert owed(road) == [[f"{TITLE} 待签收，填报即签收", "2026-12-31"]]
    assert {"sign", "progress", "acts/decline", "acts/ask"} <= road.offered("education")
    road.sign("education")
    saved = road.report("education", "40", "两所已开工")
    assert "已保存 1 项。" in saved.select_one("#messages").text
    assert road.ledger_row("education")[6:10] == ["40%", "未到期", "办理中", "0"]


def granted_more_time(road: Road) -> None:
    asked = road.act("education", "ask", due_on="2027-03-31", note="设备晚到")
    assert "申请延期到2027年3月31日：设备晚到" in asked.select_one(".message-amber").text
    assert "acts/ask" not in road.offered("education")  # one wish at a time
    road.act("office", "grant")
    granted = "同意延期到2027年3月底（3月31日），原为2026年12月31日"
    told = f"{granted} {road.name('office')}・2026年11月25日 09:00"
    assert owed(road) == [[TITLE, "2027-03-31 原定 2026-12-31", told]]


def handed_in(road: Road) -> None:
    refused = road.report("education", "100", "三所都完工", 422, wants_close_out="y")
    assert "申请销号须至少附一份佐证材料" in refused.select_one(".owed-refused").text
    assert refused.select_one(".owed-refused textarea").text.strip() == "三所都完工"
    road.hand_in("education", "三所都完工", "验收单.pdf")
    page = road.as_("education").get_page(MINE)
    assert page.select_one("tr.group").text.strip() == "待核实或暂停 1 项"
    assert page.select("#my-tasks textarea") == []


def returned_and_closed(road: Road) -> None:
    road.verify("supervisor", "return", "缺第三所学校的验收单")
    told = f"退回 缺第三所学校的验收单 {road.name('supervisor')}・2026年11月27日 09:00"
    assert owed(road) == [[TITLE, "2027-03-31 原定 2026-12-31", told]]
    road.hand_in("education", "补了第三所的验收单", "第三所验收单.pdf")
    road.verify("supervisor", "close", "属实")
    assert owed(road) == []
    row = road.ledger_row("education")[5:10]
    assert row == ["2027-03-31 原定 2026-12-31", "100%", "已完成", "已销号", "2"]


def reopened_and_closed(road: Road) -> None:
    road.act("supervisor", "reopen", due_on="2027-06-30", note="一所教室被挪用")
    deed = "反弹重开，完成时限到2027年6月底（6月30日），原为2027年3月31日"
    told = f"{deed} 一所教室被挪用 {road.name('supervisor')}・2027年1月26日 09:00"
    assert owed(road) == [[TITLE, "2027-06-30 原定 2026-12-31", told]]
    road.hand_in("education", "已腾退", "腾退照片.pdf")
    road.verify("supervisor", "close", "已复核")


def test_unit_lives_through_a_task_with_extension_return_and_reopening(road: Road) -> None:
    assigned_and_signed(road)
    road.later(3)
    granted_more_time(road)
    handed_in(road)
    road.later(2)
    returned_and_closed(road)
    road.later(60)
    reopened_and_closed(road)

    assert road.acts() == [
        "assign", "sign", "progress", "ask_extension", "grant_extension", "progress", "submit", "return",
        "progress", "submit", "close", "reopen", "progress", "submit", "close",
    ]  # fmt: skip
    assert road.as_("education").get_page(ALL).select("td.task-cell")[0].text == TITLE


def test_unit_whose_duty_it_is_not_gives_the_task_back_and_sees_it_no_more(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")

    silent = road.act("education", "decline", 422)
    road.act("education", "decline", note="属财政部门职责")
    road.act("office", "reassign", lead_unit_id=road.finance_id, note="改由财政局办")

    assert "理由" in silent.select_one(".message-red").text
    assert owed(road) == []
    road.page("education", 404)
    assert owed(road, "finance") == [[f"{TITLE} 待签收，填报即签收", "2026-12-31"]]
    assert road.story("finance")[1].startswith(f"退办 {road.name('education')}")


def test_supporting_unit_sees_the_task_and_reports_nothing(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31", support_unit_ids=str(road.finance_id))

    page = road.as_("finance").get_page(MINE)

    assert page.select_one("tr.group").text.strip() == "本单位配合 1 项，由牵头单位填报"
    assert page.select("#my-tasks textarea, .save-line") == []
    assert road.offered("finance") == {"acts/comment"}
    given = {"seen_event": 1, "shown": 0, "percent": 9, "note": "x"}
    data = {f"t{road.task_id}-{name}": value for name, value in given.items()}
    road.as_("finance").post_page(f"{road.path}/progress", data, 403)
    refused = road.as_("finance").post_page("/tasks/progress", data | {"task": road.task_id}, 422)
    assert refused.select_one(".owed-refused textarea").text.strip() == "x"
    assert road.acts() == ["assign"]


def test_two_of_one_unit_at_once_the_second_loses_nothing(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    opened = fields_of(road.as_("education").get_page(MINE), "/tasks/progress")
    road.report("colleague", "30", "同事写的")

    typed = {f"t{road.task_id}-percent": "60", f"t{road.task_id}-note": "我写的"}
    page = road.as_("education").post_page("/tasks/progress", opened | typed, 422)

    told = page.select_one(".owed-under .over").text
    assert f"{road.name('colleague')}已于11月22日09:00办理了该任务" in told
    assert "反馈进展 30%：同事写的" in page.select(".owed-news")[-1].get_text(" ", strip=True)
    assert page.select_one(".owed-refused textarea").text.strip() == "我写的"
    again = fields_of(page, "/tasks/progress")
    road.as_("education").post_page("/tasks/progress", again)
    assert road.story("education")[-2:] == [
        f"反馈进展 30% {road.name('colleague')}・2026年11月22日 09:00 同事写的",
        f"反馈进展 60% {road.name('education')}・2026年11月22日 09:00 我写的",
    ]
