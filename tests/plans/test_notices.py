"""Supervision notices and bulletins: life, numbers, who may, what stays as it was."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from plans.actors import Actor, Role
from plans.bulletins import (
    BulletinTerms,
    bulletins,
    draft_bulletin,
    publish_bulletin,
    revise_bulletin,
)
from plans.calendar import ZONE
from plans.errors import ActNotAllowed, MoveNotAllowed, NotFound, ReasonMissing, StaleTask
from plans.models import Bulletin, Notice
from plans.notice_states import NoticeState
from plans.notices import (
    NoticeTerms,
    answer_notice,
    close_notice,
    discard_notice,
    draft_notice,
    find_notice,
    notices,
    return_notice,
    revise_notice,
    send_notice,
    sign_notice,
)
from plans.work_errors import AlreadyPublished, EndsBeforeStart, StalePlan, WordsMissing
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.acts import pause
from tests.plans.scene import Scene


def terms(scene: Scene, **changes: object) -> NoticeTerms:
    given = {
        "title": "关于音乐教室的督办",
        "order_text": "十日内补齐",
        "to_unit_id": scene.unit_id,
        "stated_due_on": date(2027, 1, 31),
        "task_ids": [scene.task_id],
    }
    return NoticeTerms(**{**given, **changes})


def drafted(scene: Scene, actor: Actor | None = None, **changes: object) -> Notice:
    return draft_notice(scene.session, actor or scene.supervisor, terms=terms(scene, **changes), at=NOW)


def sent(scene: Scene, at: datetime = NOW) -> Notice:
    return send_notice(scene.session, scene.supervisor, notice_id=drafted(scene).id, seen_event=1, at=at)


def reply(
    scene: Scene, notice: Notice, seen: int, text: str = "已补齐", actor: Actor | None = None
) -> Notice:
    return answer_notice(
        scene.session,
        actor or scene.unit,
        notice_id=notice.id,
        reply=text,
        evidence=[scene.evidence()],
        seen_event=seen,
        at=NOW,
    )


def test_notice_is_sent_signed_answered_returned_answered_and_closed(scene: Scene) -> None:
    notice = sent(scene)
    key = {"notice_id": notice.id, "at": NOW}
    sign_notice(scene.session, scene.unit, **key, seen_event=2)
    reply(scene, notice, 3, "正在补")
    return_notice(scene.session, scene.supervisor, **key, note="没有照片", seen_event=4)
    reply(scene, notice, 5)
    close_notice(scene.session, scene.supervisor, **key, note="属实", seen_event=6)

    assert (notice.year, notice.no, notice.state, notice.reply) == (2026, 1, NoticeState.CLOSED, "已补齐")
    assert (notice.stated_due_on, notice.due_on) == (date(2027, 1, 31), date(2027, 1, 29))
    assert [(event.no, event.act, event.state.value) for event in notice.events] == [
        (1, "draft", "drafted"),
        (2, "send", "sent"),
        (3, "sign", "signed"),
        (4, "answer", "answered"),
        (5, "return", "signed"),
        (6, "answer", "answered"),
        (7, "close", "closed"),
    ]
    assert (len(notice.evidence), [link.task_id for link in notice.tasks]) == (2, [scene.task_id])


def test_discarded_draft_leaves_no_gap(scene: Scene) -> None:
    first = sent(scene)
    thrown = drafted(scene)
    discard_notice(scene.session, scene.supervisor, notice_id=thrown.id, seen_event=1)

    assert [first.no, sent(scene).no] == [1, 2]


def test_sent_twice_takes_one_number(scene: Scene) -> None:
    notice = sent(scene)

    again = send_notice(scene.session, scene.supervisor, notice_id=notice.id, seen_event=1, at=NOW)

    assert (again.no, sent(scene).no) == (1, 2)


def test_numbers_begin_anew_with_the_chinese_year(scene: Scene) -> None:
    last_minute = datetime(2026, 12, 31, 23, 59, tzinfo=ZONE)

    numbers = [sent(scene, at) for at in (NOW, last_minute, last_minute.replace(year=2027, month=1, day=1))]

    assert [(notice.year, notice.no) for notice in numbers] == [(2026, 1), (2026, 2), (2027, 1)]


def test_each_county_counts_for_itself(scene: Scene, make: Factory) -> None:
    elsewhere = make.county()
    unit_id, office = make.unit(elsewhere), make.member(elsewhere).actor
    sent(scene)
    scene.session.commit()

    with make.session(elsewhere) as session:
        notice = draft_notice(session, office, terms=terms(scene, to_unit_id=unit_id, task_ids=[]), at=NOW)
        assert send_notice(session, office, notice_id=notice.id, seen_event=1, at=NOW).no == 1


def test_unit_sees_its_notices_once_they_are_sent(scene: Scene, make: Factory) -> None:
    stranger = replace(scene.unit, unit_id=make.unit(scene.office.county_id))
    draft = drafted(scene)
    notice = sent(scene)

    assert notices(scene.session, scene.unit) == [notice]
    assert notices(scene.session, stranger) == []
    assert notices(scene.session, scene.office) == [draft, notice]
    with pytest.raises(NotFound):
        find_notice(scene.session, scene.unit, draft.id)


@pytest.mark.parametrize("role", [Role.UNIT, Role.OVERSEER])
def test_writing_is_for_those_who_follow_the_work(scene: Scene, role: Role) -> None:
    with pytest.raises(ActNotAllowed):
        drafted(scene, replace(scene.office, role=role))


def test_answering_is_for_the_unit_and_needs_words(scene: Scene) -> None:
    notice = sent(scene)
    sign_notice(scene.session, scene.unit, notice_id=notice.id, seen_event=2, at=NOW)

    with pytest.raises(ActNotAllowed):
        reply(scene, notice, 3, actor=scene.office)
    with pytest.raises(WordsMissing):
        reply(scene, notice, 3, " ")
    with pytest.raises(ReasonMissing):
        return_notice(scene.session, scene.office, notice_id=notice.id, note="", seen_event=3, at=NOW)


def test_sent_notice_is_neither_changed_nor_discarded(scene: Scene) -> None:
    notice = sent(scene)

    with pytest.raises(MoveNotAllowed):
        revise_notice(
            scene.session, scene.office, notice_id=notice.id, terms=terms(scene), seen_event=2, at=NOW
        )
    with pytest.raises(MoveNotAllowed):
        discard_notice(scene.session, scene.office, notice_id=notice.id, seen_event=2)


def test_revision_of_what_somebody_else_revised_is_stale(scene: Scene) -> None:
    notice = drafted(scene)
    key = {"notice_id": notice.id, "seen_event": 1, "at": NOW}
    revise_notice(scene.session, scene.office, **key, terms=terms(scene, order_text="五日内补齐"))

    with pytest.raises(StaleTask, match="督办单"):
        revise_notice(scene.session, scene.supervisor, **key, terms=terms(scene, order_text="三日内"))

    assert notice.order_text == "五日内补齐"


PERIOD = BulletinTerms("第四季度进展", date(2026, 10, 1), date(2026, 12, 31), "总体进展平稳。")


def bulletin(scene: Scene, given: BulletinTerms = PERIOD) -> Bulletin:
    return draft_bulletin(scene.session, scene.office, terms=given, at=NOW)


def publish(scene: Scene, draft: Bulletin) -> Bulletin:
    return publish_bulletin(
        scene.session, scene.office, bulletin_id=draft.id, seen_version=draft.version, at=NOW
    )


def test_published_figures_stay_while_the_work_goes_on(scene: Scene) -> None:
    out = publish(scene, bulletin(scene))
    scene.sign(1)
    pause(scene, 2)
    scene.session.flush()
    scene.session.expire_all()

    assert (out.year, out.no, out.counted_on, out.figures["total"]) == (2026, 1, NOW.date(), 1)
    assert out.figures["by_state"] == {
        "assigned": 1,
        "working": 0,
        "submitted": 0,
        "closed": 0,
        "declined": 0,
        "paused": 0,
    }
    assert [(row["total"], row["closed"], row["overdue"]) for row in out.figures["units"]] == [(1, 0, 0)]


def test_published_bulletin_is_not_changed(scene: Scene) -> None:
    out = publish(scene, bulletin(scene))

    with pytest.raises(AlreadyPublished):
        revise_bulletin(
            scene.session, scene.office, bulletin_id=out.id, terms=PERIOD, seen_version=out.version, at=NOW
        )
    with pytest.raises(AlreadyPublished):
        publish(scene, out)


def test_bulletins_are_numbered_when_published_and_drafts_are_the_offices_own(scene: Scene) -> None:
    first, second, third = (bulletin(scene) for _ in range(3))
    publish(scene, third)
    publish(scene, first)

    assert (third.no, first.no, second.no) == (1, 2, None)
    assert bulletins(scene.session, scene.unit) == [first, third]
    assert bulletins(scene.session, scene.office) == [second, first, third]


def test_stale_empty_and_backward_bulletins_are_refused(scene: Scene) -> None:
    draft = bulletin(scene)

    with pytest.raises(StalePlan):
        publish_bulletin(scene.session, scene.office, bulletin_id=draft.id, seen_version=0, at=NOW)
    with pytest.raises(WordsMissing):
        bulletin(scene, replace(PERIOD, text=" "))
    with pytest.raises(EndsBeforeStart):
        bulletin(scene, replace(PERIOD, ends_on=date(2026, 9, 30)))
    with pytest.raises(ActNotAllowed):
        draft_bulletin(scene.session, scene.supervisor, terms=PERIOD, at=NOW)
