"""Acts on one task beside reports and close-out: which are offered to whom, each with its form."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.must import mark
from app.planning.forms import TaskActForm
from app.planning.queries import evidence_of_others, strength_choices, unit_choices
from plans.actors import Actor
from plans.guards import leads
from plans.models import Task
from plans.rights import Act, may
from plans.states import ACTS, MOVES, TaskAct, TaskMove, TaskState


@dataclass(frozen=True)
class Offer:
    """An act that the person may do now, with the form for it."""

    name: str
    label: str
    question: str
    fields: tuple[str, ...]
    form: TaskActForm
    is_open: bool = False  # it was just refused


def offers(
    session: Session, actor: Actor, task: Task, *, refused: tuple[str, TaskActForm] | None = None
) -> list[Offer]:
    """What the person may do with the task as it stands; a refused form comes back with its words."""
    names = [name for name, (_label, _ask, _fields, may) in _table().items() if may(actor, task)]
    if refused and refused[0] in _table() and refused[0] not in names:
        names.append(refused[0])
    return [_offer(session, actor, task, name, refused) for name in names]


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
    form = refused[1] if refused and is_open else _blank(task, name)
    on_task = [link.file for link in task.evidence]
    others = evidence_of_others(session, actor, task.id) if name == "reuse" else on_task
    form.offer(
        units=unit_choices(session) if {"lead_unit_id", "support_unit_ids"} & set(fields) else [],
        files=[(str(file.id), file.name) for file in others],
        strengths=strength_choices(session, actor),
    )
    form.seen_event.data, form.seen_event.raw_data = task.last_event_no, None
    mark(form, MUST.get(name, fields))
    return Offer(name, label, question, fields, form, is_open)


def _blank(task: Task, name: str) -> TaskActForm:
    """The form of an act; what is amended starts from what stands there."""
    supports = [str(support.unit_id) for support in task.supports]
    stands: dict[str, object] = {"title": task.title, "details": task.details, "support_unit_ids": supports}
    stands |= {"weight": task.weight, "supervising_unit_id": str(task.supervising_unit_id or "")}
    return TaskActForm(formdata=None, prefix=f"{name}-", **(stands if name == "amend" else {}))


# What an act is not done without, where that is not all of its fields.
MUST: dict[str, tuple[str, ...]] = {
    "grant": (),
    "reassign": ("lead_unit_id", "note"),
    "amend": ("title", "note"),
    "urge": (),
    "resume": ("note",),
}
May = Callable[[Actor, Task], bool]
Row = tuple[str, str, tuple[str, ...], May]


def _table() -> dict[str, Row]:
    return {**_acts_of_the_unit(), **_acts_of_those_who_assign(), **_remarks()}


def _acts_of_the_unit() -> dict[str, Row]:
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
    }


def _acts_of_those_who_assign() -> dict[str, Row]:
    return {
        "grant": (_("同意延期"), _("同意后现定时限改为申请的日期，原定时限保留。"), ("note",), _may_answer),
        "refuse": (_("不同意延期"), _("写明理由，时限不变。"), ("note",), _may_answer),
        "reassign": (
            _("重新交办"),
            _("改由其他单位牵头并重新签收，写明理由；时限不填则不变。"),
            ("lead_unit_id", "due_on", "note"),
            _role_move(Act.ASSIGN_TASK, TaskMove.REASSIGN),
        ),
        "move": (
            _("调整时限"),
            _("由交办方重定完成时限，写明理由；原定时限保留，不计入延期次数。"),
            ("due_on", "note"),
            _role_act(Act.ASSIGN_TASK, TaskAct.MOVE_DEADLINE),
        ),
        "amend": (
            _("调整内容"),
            _("改任务名称、工作要求、配合和督办单位、权重，写明理由；改前改后都计入办理经过。"),
            ("title", "details", "support_unit_ids", "supervising_unit_id", "weight", "note"),
            _role_act(Act.ASSIGN_TASK, TaskAct.AMEND),
        ),
        "urge": (_("催办"), _("每个工作日可催办一次，计入办理经过。"), ("note",), _may_urge),
        "pause": (
            _("暂停"),
            _("写明理由，时限不变。"),
            ("note",),
            _role_move(Act.PAUSE_TASK, TaskMove.PAUSE),
        ),
        "resume": (
            _("恢复办理"),
            _("写明理由；时限不填则不变。"),
            ("due_on", "note"),
            _role_move(Act.PAUSE_TASK, TaskMove.RESUME),
        ),
        "reopen": (
            _("反弹重开"),
            _("问题反弹的重新办理，写明理由和新时限。"),
            ("due_on", "note"),
            _role_move(Act.REOPEN_TASK, TaskMove.REOPEN),
        ),
    }


def _remarks() -> dict[str, Row]:
    return {
        "person": (_("明确责任人"), _("写具体负责的同志姓名。"), ("person",), _may_name),
        "grade": (_("评定材料"), _("评定一份材料的证明力。"), ("evidence_id", "strength"), _may_grade),
    }


def _lead_move(wanted: TaskMove) -> May:
    return lambda actor, task: leads(actor, task) and (task.state, wanted) in MOVES


def _lead_act(wanted: TaskAct) -> May:
    return lambda actor, task: leads(actor, task) and task.state in ACTS[wanted]


def _role_move(act: Act, wanted: TaskMove) -> May:
    return lambda actor, task: may(actor, act) and (task.state, wanted) in MOVES


def _role_act(act: Act, wanted: TaskAct) -> May:
    return lambda actor, task: may(actor, act) and task.state in ACTS[wanted]


def _is_waiting(task: Task) -> bool:
    return any(wish.answer is None for wish in task.extensions)


def _may_ask(actor: Actor, task: Task) -> bool:
    return leads(actor, task) and task.state in ACTS[TaskAct.ASK_EXTENSION] and not _is_waiting(task)


def _may_answer(actor: Actor, task: Task) -> bool:
    return may(actor, Act.ASSIGN_TASK) and _is_waiting(task) and task.state is not TaskState.CLOSED


def _may_urge(actor: Actor, task: Task) -> bool:
    return may(actor, Act.URGE_TASK) and task.state in ACTS[TaskAct.URGE]


def _may_name(actor: Actor, task: Task) -> bool:
    return may(actor, Act.NAME_PERSON, task) and task.state in ACTS[TaskAct.NAME_PERSON]


def _may_grade(actor: Actor, task: Task) -> bool:
    return may(actor, Act.GRADE_EVIDENCE) and bool(task.evidence)
