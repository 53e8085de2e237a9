"""The programme office: hands out, places anew, presses, pauses, answers wishes; never does or verifies."""

from tests.journeys.road import Road

TITLE = "随迁子女就近入学"


def test_office_carries_a_task_through_decline_pause_and_two_wishes(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31", lead_unit_id=road.finance_id)
    road.act("finance", "decline", note="属教育部门职责")
    assert road.ledger_row("office")[8] == "退办"
    page = road.act("office", "reassign", lead_unit_id=road.education_id, note="改由教育局办")
    assert "县教育局牵头" in page.select_one(".basis").text
    road.page("finance", 404)

    road.sign("education")
    road.act("office", "urge", note="请报进展")
    again = road.act("office", "urge", 422, note="再催一次")
    assert "催办" in again.select_one(".message-red").text
    road.act("office", "pause", note="等省里文件")
    assert road.ledger_row("office")[8] == "暂停"
    road.act("office", "resume", note="文件已到", due_on="2027-01-29")
    assert road.ledger_row("office")[5] == "2027-01-29 原定 2026-12-31"

    road.act("education", "ask", due_on="2027-06-30", note="人手不足")
    silent = road.act("office", "refuse", 422)
    assert "理由" in silent.select_one(".message-red").text
    road.act("office", "refuse", note="春季开学前须办结")
    road.act("education", "ask", due_on="2027-02-26", note="已抽调人手")
    road.act("office", "grant")
    assert road.ledger_row("office")[5] == "2027-02-26 原定 2026-12-31"

    road.hand_in("education", "全部入学", "学籍名册.pdf")
    road.verify("supervisor", "return", "名册未盖章")
    road.hand_in("education", "已盖章", "盖章名册.pdf")
    road.verify("supervisor", "close", "")
    road.act("office", "reopen", due_on="2027-09-30", note="新增 12 人未入学")
    road.hand_in("education", "12 人已入学", "补充名册.pdf")
    road.verify("supervisor", "close", "")

    assert road.acts() == [
        "assign", "decline", "reassign", "sign", "urge", "pause", "resume",
        "ask_extension", "refuse_extension", "ask_extension", "grant_extension",
        "progress", "submit", "return", "progress", "submit", "close",
        "reopen", "progress", "submit", "close",
    ]  # fmt: skip


def test_two_of_the_office_answer_one_wish_the_second_is_told_and_keeps_the_words(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    road.sign("education")
    road.act("education", "ask", due_on="2027-02-26", note="等文件")
    opened = road.page("office").select_one("[name=refuse-seen_event]")
    road.act("leader", "grant", note="同意")

    sent = {"refuse-seen_event": opened["value"], "refuse-note": "写了很长的理由"}
    page = road.as_("office").post_page(f"{road.path}/acts/refuse", sent, 422)

    assert f"{road.name('leader')}已于11月22日09:00办理了该任务" in page.select_one(".message-red").text
    assert page.select_one("[name=refuse-note]").text.strip() == "写了很长的理由"
    assert road.acts()[-1] == "grant_extension"


def test_office_neither_reports_nor_verifies(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    road.hand_in("education", "办完", "名册.pdf")

    for act in ("sign", "close", "return", "progress"):
        sent = {"seen_event": 4, "note": "试", f"t{road.task_id}-percent": 1}
        road.as_("office").post_page(f"{road.path}/{act}", sent, 403)

    assert road.acts() == ["assign", "sign", "progress", "submit"]
