"""Two people whose clicks arrive in the same moment: one is first, the other is told and loses nothing."""

import threading
from typing import Any

from bs4 import BeautifulSoup

from tests.app.task_scene import a_file, fields_of
from tests.journeys.road import MINE, SAVE, Road

TITLE = "补齐三所学校的音乐教室"


def send_at_once(
    road: Road, sent: dict[str, tuple[str, dict[str, Any]]]
) -> dict[str, tuple[int, BeautifulSoup]]:
    """Each person sends a form in a thread of its own; person → status and page."""
    clients = {who: road.as_(who).http for who in sent}
    gate, answers = threading.Barrier(len(sent)), {}

    def run(who: str) -> None:
        path, data = sent[who]
        gate.wait()
        answer = clients[who].post(path, data=data, content_type="multipart/form-data")
        answers[who] = (answer.status_code, BeautifulSoup(answer.text, "html.parser"))

    threads = [threading.Thread(target=run, args=(who,)) for who in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_one_row_saved_by_two_at_once_takes_one_and_gives_the_other_back(road: Road) -> None:
    road.assign("office", TITLE, "2026-12-31")
    mine = {}
    for who in ("education", "colleague"):
        form = fields_of(road.as_(who).get_page(MINE), SAVE)
        typed = {
            "percent": "60",
            "note": f"{who}写的",
            "files": a_file(f"{who}.pdf", f"%PDF-1.7 {who}".encode()),
        }
        mine[who] = (SAVE, form | {f"t{road.task_id}-{name}": value for name, value in typed.items()})

    answers = send_at_once(road, mine)

    first = next(who for who, (status, _page) in answers.items() if status == 303)
    second = next(who for who, (status, _page) in answers.items() if status == 422)
    page = answers[second][1]
    told = page.select_one(".owed-refused").get_text(" ", strip=True)
    assert f"{road.name(first)}已于11月22日09:00办理了该任务" in told
    assert f"反馈进展 60%：{first}写的" in told
    assert f"已收到：{second}.pdf" in told
    assert page.select_one(".owed-refused textarea").text.strip() == f"{second}写的"
    assert road.acts() == ["assign", "sign", "progress"]


def test_task_closed_and_returned_at_once_is_only_one_of_them(road: Road) -> None:
    road.people["second"] = road.make.member(road.county, road.people["supervisor"].actor.role)
    road.assign("office", TITLE, "2026-12-31")
    road.hand_in("education", "完工", "验收单.pdf")
    seen = {"seen_event": len(road.acts())}
    words = {"supervisor": "核实属实", "second": "缺第三所学校的验收单"}

    answers = send_at_once(
        road,
        {
            "supervisor": (f"{road.path}/close", seen | {"note": words["supervisor"]}),
            "second": (f"{road.path}/return", seen | {"note": words["second"]}),
        },
    )

    refused = next(who for who, (status, _page) in answers.items() if status == 422)
    assert sorted(status for status, _page in answers.values()) == [303, 422]
    assert answers[refused][1].select_one("#note").text.strip() == words[refused]
    assert road.acts()[4:] == ["return" if refused == "supervisor" else "close"]
