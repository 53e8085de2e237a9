"""Words beside the work: comments with mentions, and how much a piece of evidence proves."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from plans.actors import Actor, Person
from plans.commands.finding import find_task
from plans.errors import NotFound
from plans.events import is_repeat, record
from plans.guards import leads
from plans.models import Evidence, Mention, Strength, Task, TaskEvidence
from plans.rights import Act, check
from plans.states import TaskAct, check_act
from plans.words import _
from plans.work_errors import WordsMissing


def comment_task(
    session: Session,
    actor: Actor,
    *,
    task_id: int,
    text: str,
    members: Sequence[Person],
    seen_event: int,
    at: datetime,
) -> Task:
    """Write a comment; a member of the county who is named with @ is noted as mentioned.

    Whoever takes part in the work and sees the task; comments make nobody's act stale.

    Raises NotFound, ActNotAllowed, WordsMissing.
    """
    task = find_task(session, actor, task_id)
    check(actor, Act.COMMENT_TASK)
    text = text.strip()
    if not text:
        raise WordsMissing(_("留言内容"))
    if is_repeat(task.events, actor, TaskAct.COMMENT, text, seen_event):
        return task
    event = record(task, actor, TaskAct.COMMENT, text, at)
    session.flush()
    session.add_all(
        Mention(event_id=event.id, account_id=person.account_id, name=person.name)
        for person in mentioned(text, members)
    )
    return task


def mentioned(text: str, members: Sequence[Person]) -> list[Person]:
    """The members with an account whom a text names with @; the longest name wins.

    >>> [p.name for p in mentioned("请@王小明核对", [Person("王小", 1), Person("王小明", 2)])]
    ['王小明']
    """
    named = [person for person in members if person.account_id is not None and person.name]
    longest_first = sorted({person.name for person in named}, key=len, reverse=True)
    if not longest_first:
        return []
    found = set(re.findall("@(" + "|".join(map(re.escape, longest_first)) + ")", text))
    return list({person.account_id: person for person in named if person.name in found}.values())


def grade_evidence(
    session: Session, actor: Actor, *, task_id: int, evidence_id: int, strength: Strength, at: datetime
) -> Evidence:
    """Say how much a file of a task proves; it holds wherever the file is used.

    Those who follow the work; the unit that leads the task only what nobody has graded yet.

    Raises NotFound, ActNotAllowed, MoveNotAllowed.
    """
    task = find_task(session, actor, task_id)
    file = _file_of(task, evidence_id)
    if not (leads(actor, task) and file.strength is None):
        check(actor, Act.GRADE_EVIDENCE)
    if file.strength != strength:
        check_act(task.state, TaskAct.GRADE)
        file.strength = strength
        record(task, actor, TaskAct.GRADE, "", at, {"file": file.name, "strength": int(strength)})
    return file


def _file_of(task: Task, evidence_id: int) -> Evidence:
    link: TaskEvidence | None = next((one for one in task.evidence if one.evidence_id == evidence_id), None)
    if link is None:
        raise NotFound(_("材料"))
    return link.file
