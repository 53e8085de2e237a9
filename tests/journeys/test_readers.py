"""Those who only read, and those who must not see: at every stage of a task's life they change nothing."""

from collections.abc import Iterator

from tests.app.task_scene import a_file
from tests.journeys.road import Road

TITLE = "补齐三所学校的音乐教室"
ACTS = (
    "decline", "ask", "reuse", "grant", "refuse", "reassign", "move", "amend", "urge", "pause", "resume",
    "reopen", "person", "grade", "comment",
)  # fmt: skip
DIRECT = ("sign", "progress", "close", "return")
BLIND = ("school", "finance", "stranger", "foreign supervisor")


def stages(road: Road) -> Iterator[str]:
    """A whole life, stopping at each stage."""
    road.assign("office", TITLE, "2026-12-31")
    yield "待签收"
    road.report("education", "40", "已开工", files=a_file())
    road.act("education", "ask", due_on="2027-03-31", note="设备晚到")
    yield "办理中，申请延期"
    road.act("office", "grant")
    road.act("office", "pause", note="等文件")
    yield "暂停"
    road.act("office", "resume", note="文件已到")
    road.hand_in("education", "完工", "完工单.pdf")
    yield "待核实"
    road.verify("supervisor", "return", "缺照片")
    road.act("education", "decline", note="另有单位承担")
    yield "退办"
    road.act("office", "reassign", lead_unit_id=road.education_id, note="仍由教育局办")
    road.hand_in("education", "补了照片", "照片.pdf")
    road.verify("supervisor", "close", "")
    yield "已销号"


def try_everything(road: Road, who: str, status: int) -> None:
    """Send every act there is, filled in as well as can be."""
    seen, client, file_id = len(road.acts()), road.as_(who), road.file_id()
    for act in DIRECT:
        sent = {"seen_event": seen, "note": "试", "shown": 0, "percent": 99}
        sent |= {f"t{road.task_id}-{name}": value for name, value in sent.items()}
        client.post_page(f"{road.path}/{act}", sent | {f"t{road.task_id}-files": a_file()}, status)
    # A file is looked for before the right to it: one that is on this task already cannot be used again.
    no_file = ("reuse",) if file_id else ("reuse", "grade")
    for act in ACTS:
        given = {"seen_event": seen, "note": "试", "due_on": "2027-05-31", "title": "改名", "person": "某人"}
        given |= {"lead_unit_id": road.finance_id, "evidence_id": file_id, "strength": 1}
        data = {f"{act}-{name}": value for name, value in given.items()}
        client.post_page(f"{road.path}/acts/{act}", data, 404 if act in no_file else status)


def test_overseer_reads_every_stage_and_changes_none(road: Road) -> None:
    read = []
    for stage in stages(road):
        before = road.acts()
        read.append(stage)

        assert road.offered("overseer") == set()
        assert road.ledger_row("overseer")[0] == TITLE
        assert len(road.story("overseer")) == len(before)
        try_everything(road, "overseer", 403)
        road.as_("overseer").post_page("/tasks/batch", {"act": "urge", "chosen": f"{road.task_id}-1"}, 403)

        assert road.acts() == before
    assert len(read) == 6


def test_school_other_unit_and_other_county_see_no_stage_and_change_none(road: Road) -> None:
    for _stage in stages(road):
        before = road.acts()

        for who in BLIND:
            road.page(who, 404)
            assert TITLE not in road.as_(who).get_page("/tasks").text
            assert TITLE not in road.as_(who).get_page("/wall").text
            try_everything(road, who, 404)

        assert road.acts() == before


def test_saving_a_table_with_tasks_of_others_saves_none_of_them(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    report = {"seen_event": 1, "shown": 0, "percent": 50, "note": "冒名"}
    sent = {f"t{road.task_id}-{name}": value for name, value in report.items()} | {"task": road.task_id}

    for who in BLIND:
        page = road.as_(who).post_page("/tasks/progress", sent, 422)
        assert "没有保存" in page.select_one(".message-red").text
        assert TITLE not in page.text

    assert road.acts() == ["assign"]


def test_file_of_a_task_is_fetched_by_those_who_see_it_only(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    road.report("education", "40", "已开工", files=a_file())
    address = road.page("education").select_one(".story a[href^='/evidence/']")["href"]

    def fetched(who: str) -> int:
        with road.as_(who).http.get(address) as answer:
            return answer.status_code

    assert {who: fetched(who) for who in ("education", "leader", "supervisor", "overseer")} == {
        "education": 200, "leader": 200, "supervisor": 200, "overseer": 200,
    }  # fmt: skip
    assert {who: fetched(who) for who in BLIND} == dict.fromkeys(BLIND, 404)
