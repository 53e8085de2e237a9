"""How each act on a task is done: from its filled form to the command."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.keys import read_key
from app.planning.forms import TaskActForm
from app.planning.queries import county_members, evidence_of_others
from plans.actors import Actor, Person
from plans.commands import (
    amend_task,
    answer_extension,
    ask_extension,
    comment_task,
    decline_task,
    find_task,
    grade_evidence,
    move_deadline,
    name_person,
    pause_task,
    reassign_task,
    reopen_task,
    report_progress,
    resume_task,
    urge_task,
)
from plans.commands.amending import AS_IT_IS
from plans.errors import NotFound
from plans.models import Answer, Evidence, Strength
from plans.work_errors import WordsMissing


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


def do_act(
    session: Session, actor: Actor, name: str, *, task_id: int, form: TaskActForm, at: datetime
) -> None:
    """Do one act.

    Raises NotFound for an act that is none, and what the command raises.
    """
    if name not in DOERS:
        raise NotFound(_("事项"))
    DOERS[name](Given(session, actor, task_id, form, at))


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


def _move(given: Given) -> None:
    day = given.form.due_on.data
    if day is None:
        raise WordsMissing(_("新的完成时限"))
    move_deadline(given.session, given.actor, due_on=day, note=given.note, **given.common)


def _amend(given: Given) -> None:
    form, supervisor = given.form, given.form.supervising_unit_id
    amend_task(
        given.session,
        given.actor,
        title=form.title.data or "",
        details=form.details.data or "",
        support_unit_ids=[int(unit_id) for unit_id in form.support_unit_ids.data if unit_id.isdecimal()],
        weight=form.weight.data,
        supervising_unit_id=read_key(supervisor.data) if supervisor.raw_data else AS_IT_IS,
        note=given.note,
        **given.common,
    )


def _reassign(given: Given) -> None:
    form = given.form
    lead_unit_id = read_key(form.lead_unit_id.data)
    if lead_unit_id is None:
        raise WordsMissing(_("牵头单位"))
    task = find_task(given.session, given.actor, given.task_id)
    reassign_task(
        given.session,
        given.actor,
        lead_unit_id=lead_unit_id,
        support_unit_ids=[support.unit_id for support in task.supports],
        due_on=form.due_on.data,
        note=given.note,
        **given.common,
    )


def _grade(given: Given) -> None:
    form = given.form
    evidence_id, strengths = read_key(form.evidence_id.data), {str(one.value): one for one in Strength}
    if evidence_id is None or form.strength.data not in strengths:
        raise WordsMissing(_("材料和等级"))
    grade_evidence(
        given.session,
        given.actor,
        task_id=given.task_id,
        evidence_id=evidence_id,
        strength=strengths[form.strength.data],
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
    "move": _move,
    "amend": _amend,
    "urge": lambda g: urge_task(g.session, g.actor, task_id=g.task_id, note=g.note, at=g.at),
    "pause": lambda g: pause_task(g.session, g.actor, note=g.note, **g.common),
    "resume": lambda g: resume_task(g.session, g.actor, note=g.note, due_on=g.form.due_on.data, **g.common),
    "reopen": _reopen,
    "person": _name,
    "grade": _grade,
    "comment": _comment,
}
