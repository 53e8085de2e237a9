"""Acts on one task beside reports and close-out: which are offered to whom, and how each is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.planning.forms import TaskActForm
from app.planning.queries import county_members, evidence_of_others, strength_choices, unit_choices
from plans.actors import Actor, Person, Role
from plans.commands import (
    answer_extension,
    ask_extension,
    comment_task,
    decline_task,
    find_task,
    grade_evidence,
    name_person,
    pause_task,
    reassign_task,
    reopen_task,
    report_progress,
    resume_task,
    urge_task,
)
from plans.errors import NotFound
from plans.guards import ASSIGNERS, WATCHERS, leads
from plans.models import Answer, Evidence, Strength, Task
from plans.states import ACTS, MOVES, TaskAct, TaskMove, TaskState
from plans.work_errors import WordsMissing


@dataclass(frozen=True)
class Offer:
    """An act that the person may do now, with the form for it."""

    name: str
    label: str
    question: str
    fields: tuple[str, ...]
    form: TaskActForm
    is_open: bool = False  # it was just refused


@dataclass(frozen=True)
class Given:
    """A filled form on its way to a command."""

    session: Session
    actor: Actor
    task_id: int
    form: TaskActForm
    at: datetime

    @property
    def common(self) -> dict[str, Any]:
        return {"task_id": self.task_id, "seen_event": self.form.seen_event.data, "at": self.at}

    @property
    def note(self) -> str:
        return (self.form.note.data or "").strip()

    @property
    def file(self) -> Evidence:
        """The chosen file, which is one that the actor sees.

        Raises NotFound.
        """
        wanted = self.form.evidence_id.data or ""
        files = evidence_of_others(self.session, self.actor, self.task_id)
        found = next((file for file in files if str(file.id) == wanted), None)
        if found is None:
            raise NotFound(_("材料"))
        return found


def offers(
    session: Session, actor: Actor, task: Task, *, refused: tuple[str, TaskActForm] | None = None
) -> list[Offer]:
    """What the person may do with the task as it stands; a refused form comes back with its words."""
    names = [name for name, (_label, _ask, _fields, may) in _table().items() if may(actor, task)]
    if refused and refused[0] in _table() and refused[0] not in names:
        names.append(refused[0])
    return [_offer(session, actor, task, name, refused) for name in names]


def do_act(
    session: Session, actor: Actor, name: str, *, task_id: int, form: TaskActForm, at: datetime
) -> None:
    """Do one act.

    Raises NotFound for an act that is none, and what the command raises.
    """
    if name not in DOERS:
        raise NotFound(_("事项"))
    DOERS[name](Given(session, actor, task_id, form, at))


def sent_act_form(session: Session, name: str) -> TaskActForm:
    """The form of an act as it was sent."""
    form = TaskActForm(prefix=f"{name}-")
    form.offer(units=unit_choices(session), files=[], strengths=[])
    return form


def _offer(
    session: Session, actor: Actor, task: Task, name: str, refused: tuple[str, TaskActForm] | None
) -> Offer:
    label, question, fields, _may = _table()[name]
    is_open = refused is not None and refused[0] == name
    form = refused[1] if refused and is_open else TaskActForm(formdata=None, prefix=f"{name}-")
    on_task = [link.file for link in task.evidence]
    others = evidence_of_others(session, actor, task.id) if name == "reuse" else on_task
    form.offer(
        units=unit_choices(session) if "lead_unit_id" in fields else [],
        files=[(str(file.id), file.name) for file in others],
        strengths=strength_choices(session, actor),
    )
    form.seen_event.data, form.seen_event.raw_data = task.last_event_no, None
    return Offer(name, label, question, fields, form, is_open)


May = Callable[[Actor, Task], bool]
Row = tuple[str, str, tuple[str, ...], May]


def _table() -> dict[str, Row]:
    return {
        "decline": (
            _("退办"),
            _("不属于本单位职责的，写明理由退回创建办。"),
            ("note",),
            _lead_move(TaskMove.DECLINE),
        ),
        "ask": (_("申请延期"), _("应在完成时限前提出，由交办方答复。"), ("due_on", "note"), _may_ask),
        "reuse": (
            _("引用已有材料"),
            _("本单位交过的材料不必重传。"),
            ("evidence_id",),
            _lead_act(TaskAct.PROGRESS),
        ),
        "grant": (_("同意延期"), _("同意后现定时限改为申请的日期，原定时限保留。"), ("note",), _may_answer),
        "refuse": (_("不同意延期"), _("写明理由，时限不变。"), ("note",), _may_answer),
        "reassign": (
            _("重新交办"),
            _("改由其他单位牵头；时限不填则不变。"),
            ("lead_unit_id", "due_on", "note"),
            _role_move(ASSIGNERS, TaskMove.REASSIGN),
        ),
        "urge": (_("催办"), _("每个工作日可催办一次，计入办理经过。"), ("note",), _may_urge),
        "pause": (_("暂停"), _("写明理由，时限不变。"), ("note",), _role_move(ASSIGNERS, TaskMove.PAUSE)),
        "resume": (
            _("恢复办理"),
            _("写明理由；时限不填则不变。"),
            ("due_on", "note"),
            _role_move(ASSIGNERS, TaskMove.RESUME),
        ),
        "reopen": (
            _("反弹重开"),
            _("问题反弹的重新办理，写明理由和新时限。"),
            ("due_on", "note"),
            _role_move(WATCHERS, TaskMove.REOPEN),
        ),
        "person": (_("明确责任人"), _("写具体负责的同志姓名。"), ("person",), _may_name),
        "grade": (_("评定材料"), _("评定一份材料的证明力。"), ("evidence_id", "strength"), _may_grade),
    }


def _lead_move(wanted: TaskMove) -> May:
    return lambda actor, task: leads(actor, task) and (task.state, wanted) in MOVES


def _lead_act(wanted: TaskAct) -> May:
    return lambda actor, task: leads(actor, task) and task.state in ACTS[wanted]


def _role_move(roles: Sequence[Role], wanted: TaskMove) -> May:
    return lambda actor, task: actor.role in roles and (task.state, wanted) in MOVES


def _is_waiting(task: Task) -> bool:
    return any(wish.answer is None for wish in task.extensions)


def _may_ask(actor: Actor, task: Task) -> bool:
    return leads(actor, task) and task.state in ACTS[TaskAct.ASK_EXTENSION] and not _is_waiting(task)


def _may_answer(actor: Actor, task: Task) -> bool:
    return actor.role in ASSIGNERS and _is_waiting(task) and task.state is not TaskState.CLOSED


def _may_urge(actor: Actor, task: Task) -> bool:
    return actor.role in WATCHERS and task.state in ACTS[TaskAct.URGE]


def _may_name(actor: Actor, task: Task) -> bool:
    return (leads(actor, task) or actor.role in ASSIGNERS) and task.state in ACTS[TaskAct.NAME_PERSON]


def _may_grade(actor: Actor, task: Task) -> bool:
    return actor.role in WATCHERS and bool(task.evidence)


def _reuse(given: Given) -> None:
    file = given.file
    task = find_task(given.session, given.actor, given.task_id)
    words = _("引用已有材料：%(name)s", name=file.name)
    report_progress(
        given.session, given.actor, percent=task.progress, note=words, evidence=[file], **given.common
    )


def _answer(answer: Answer) -> Callable[[Given], object]:
    return lambda g: answer_extension(g.session, g.actor, answer=answer, note=g.note, **g.common)


def _ask(given: Given) -> None:
    day = given.form.due_on.data
    if day is None:
        raise WordsMissing(_("延期到的日期"))
    ask_extension(given.session, given.actor, wanted_on=day, reason=given.note, **given.common)


def _reopen(given: Given) -> None:
    day = given.form.due_on.data
    if day is None:
        raise WordsMissing(_("新的完成时限"))
    reopen_task(given.session, given.actor, note=given.note, due_on=day, **given.common)


def _reassign(given: Given) -> None:
    form = given.form
    if not form.lead_unit_id.data:
        raise WordsMissing(_("牵头单位"))
    task = find_task(given.session, given.actor, given.task_id)
    reassign_task(
        given.session,
        given.actor,
        lead_unit_id=int(form.lead_unit_id.data),
        support_unit_ids=[support.unit_id for support in task.supports],
        due_on=form.due_on.data,
        note=given.note,
        **given.common,
    )


def _grade(given: Given) -> None:
    form = given.form
    if not (form.evidence_id.data and form.strength.data):
        raise WordsMissing(_("材料和等级"))
    grade_evidence(
        given.session,
        given.actor,
        task_id=given.task_id,
        evidence_id=int(form.evidence_id.data),
        strength=Strength(int(form.strength.data)),
        at=given.at,
    )


def _comment(given: Given) -> None:
    members = county_members(given.session)
    comment_task(given.session, given.actor, text=given.note, members=members, **given.common)


def _name(given: Given) -> None:
    name = (given.form.person.data or "").strip()
    members = {person.name: person for person in county_members(given.session)}
    name_person(given.session, given.actor, person=members.get(name, Person(name)), **given.common)


DOERS: dict[str, Callable[[Given], object]] = {
    "decline": lambda g: decline_task(g.session, g.actor, note=g.note, **g.common),
    "ask": _ask,
    "reuse": _reuse,
    "grant": _answer(Answer.GRANTED),
    "refuse": _answer(Answer.REFUSED),
    "reassign": _reassign,
    "urge": lambda g: urge_task(g.session, g.actor, task_id=g.task_id, note=g.note, at=g.at),
    "pause": lambda g: pause_task(g.session, g.actor, note=g.note, **g.common),
    "resume": lambda g: resume_task(g.session, g.actor, note=g.note, due_on=g.form.due_on.data, **g.common),
    "reopen": _reopen,
    "person": _name,
    "grade": _grade,
    "comment": _comment,
}
