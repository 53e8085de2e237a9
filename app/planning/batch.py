"""One act on many tasks: each by itself, so that one refused takes no other with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import DateField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from plans.actors import Actor
from plans.commands import answer_extension, move_deadline, pause_task, resume_task, urge_task
from plans.errors import PlanError
from plans.models import Answer
from plans.queries import chosen_tasks
from plans.work_errors import WordsMissing

ACTS = {
    "urge": _("催办"),
    "grant": _("同意延期申请"),
    "refuse": _("不同意延期申请"),
    "move": _("调整时限"),
    "pause": _("暂停"),
    "resume": _("恢复办理（可重定时限）"),
}


class BatchForm(FlaskForm):  # type: ignore[misc]
    """What to do with the chosen tasks, once for all of them."""

    act = SelectField(
        _("事项"),
        [InputRequired(_("请选择要办理的事项。"))],
        choices=[SelectChoice(act, word) for act, word in [("", _("请选择")), *ACTS.items()]],
    )
    note = TextAreaField(
        _("理由"), [Length(max=2000, message=_("理由不超过 2000 字。"))], render_kw={"rows": 2}
    )
    due_on = DateField(_("新时限（调整时限须填，恢复办理可填）"), [Optional()], render_kw={"type": "date"})


@dataclass(frozen=True)
class Chosen:
    """A chosen task and the last act on it that the page told of."""

    task_id: int
    seen_event: int


@dataclass(frozen=True)
class BatchLine:
    """What became of one task; ``refusal`` is empty where it was done."""

    task_id: int
    title: str
    refusal: str


def chosen_of(values: Sequence[str]) -> list[Chosen]:
    """Chosen tasks as the boxes of the ledger send them; what is no task is none.

    >>> chosen_of(["12-3", "x"])
    [Chosen(task_id=12, seen_event=3)]
    """
    pairs = [value.partition("-") for value in values]
    return [Chosen(int(key), int(no)) for key, _dash, no in pairs if key.isdecimal() and no.isdecimal()]


def act_on(
    session: Session, actor: Actor, form: BatchForm, chosen: Sequence[Chosen], *, at: datetime, today: date
) -> list[BatchLine]:
    """Do one act on each task; those that the actor does not see are left out."""
    rows = chosen_tasks(session, actor, [one.task_id for one in chosen], today=today)
    titles = {row.task.id: row.task.title for row in rows}
    act = _acts(form)[form.act.data]
    return [
        BatchLine(one.task_id, titles[one.task_id], _refusal_of(session, actor, act, one, at))
        for one in chosen
        if one.task_id in titles
    ]


Act = Callable[[Session, Actor, Chosen, datetime], object]


def _refusal_of(session: Session, actor: Actor, act: Act, one: Chosen, at: datetime) -> str:
    try:
        with session.begin_nested():
            act(session, actor, one, at)
    except PlanError as refusal:
        return str(refusal)
    return ""


def _acts(form: BatchForm) -> dict[str, Act]:
    note, due_on = (form.note.data or "").strip(), form.due_on.data

    def given(one: Chosen, at: datetime) -> dict[str, Any]:
        return {"task_id": one.task_id, "seen_event": one.seen_event, "note": note, "at": at}

    return {
        "urge": lambda s, who, one, at: urge_task(s, who, task_id=one.task_id, note=note, at=at),
        "grant": lambda s, who, one, at: answer_extension(s, who, answer=Answer.GRANTED, **given(one, at)),
        "refuse": lambda s, who, one, at: answer_extension(s, who, answer=Answer.REFUSED, **given(one, at)),
        "move": lambda s, who, one, at: _move(s, who, due_on, given(one, at)),
        "pause": lambda s, who, one, at: pause_task(s, who, **given(one, at)),
        "resume": lambda s, who, one, at: resume_task(s, who, due_on=due_on, **given(one, at)),
    }


def _move(session: Session, actor: Actor, due_on: date | None, given: dict[str, Any]) -> None:
    if due_on is None:
        raise WordsMissing(_("新的完成时限"))
    move_deadline(session, actor, due_on=due_on, **given)
