"""What was found, as lines with a way to their page, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.items import item_lines, item_names
from app.folding import fold
from app.helping.texts import has_help
from app.models import Assessment
from app.planning.sentences import STATES
from app.search import rows
from app.search.words import has_all
from plans.actors import Actor
from plans.models import Plan
from plans.overview import current_plan
from scoring.standard import Standard

AROUND = 16  # characters shown before and behind a word that was found inside of a text


class Kind(StrEnum):
    """Kinds of things, in the order in which they are shown."""

    SCHOOL = "schools"
    TASK = "tasks"
    INDICATOR = "indicators"
    UNIT = "units"
    PLAN = "plan"


@dataclass(frozen=True)
class Hit:
    """One thing that was found; ``note`` tells it from others of its name."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The first of one kind, and how many there are in all."""

    kind: Kind
    hits: list[Hit]
    total: int


@dataclass(frozen=True)
class Place:
    """Where somebody looks: who it is, the year's newest assessment, and the standard while there is none."""

    actor: Actor
    assessment: Assessment | None
    standard: Standard


def find(session: Session, place: Place, words: Sequence[str], limit: int) -> list[Group]:
    """Everything that holds all words, by kind; kinds without any are left out. At most eight queries."""
    looks = (_schools, _tasks, _indicators, _units, _plan)
    found = [look(session, place, tuple(words), limit) for look in looks]
    return [group for group in found if group.total]


def _schools(session: Session, place: Place, words: tuple[str, ...], limit: int) -> Group:
    found = rows.schools(session, words, limit)
    told = None if place.assessment is None else place.assessment.data["schools"]
    hits = [
        Hit(name, url_for("assessments.school", code=code), _("%(kind)s · %(code)s", kind=kind, code=code))
        if told is None or code in told
        else Hit(name, url_for("returns.index"), _("本年度没有数据"))
        for code, name, kind, _in_all in found
    ]
    return Group(Kind.SCHOOL, hits, _in_all_of(found))


def _tasks(session: Session, place: Place, words: tuple[str, ...], limit: int) -> Group:
    found = rows.tasks(session, place.actor, words, limit)
    hits = [
        Hit(
            title,
            url_for("planning.task", task_id=key),
            _("%(unit)s · %(day)s · %(state)s", unit=unit, day=due_on.isoformat(), state=STATES[state]),
        )
        for key, title, unit, due_on, state, _in_all in found
    ]
    return Group(Kind.TASK, hits, _in_all_of(found))


def _indicators(session: Session, place: Place, words: tuple[str, ...], limit: int) -> Group:
    names = (
        item_names(place.standard)
        if place.assessment is None
        else [(one.code, one.label, one.group) for one in item_lines(session, place.assessment)]
    )
    chosen = [one for one in names if has_all(words, one[0], one[1])]
    hits = [
        Hit(f"{code} {label}", _page_of(code, is_judged=place.assessment is not None), group)
        for code, label, group in chosen[:limit]
    ]
    return Group(Kind.INDICATOR, hits, len(chosen))


def _page_of(code: str, *, is_judged: bool) -> str:
    if not is_judged and has_help(code):
        return url_for("helping.indicator", help_code=code)
    return url_for("items.item", item=code)


def _units(session: Session, place: Place, words: tuple[str, ...], limit: int) -> Group:
    chosen = [one for one in rows.units(session, place.actor) if has_all(words, one.name, *one.aliases)]
    hits = [
        Hit(one.name, url_for("planning.tasks", unit=one.id, list="all"), "、".join(one.aliases))
        for one in chosen[:limit]
    ]
    return Group(Kind.UNIT, hits, len(chosen))


def _plan(session: Session, _place: Place, words: tuple[str, ...], limit: int) -> Group:
    plan = current_plan(session)
    if plan is None:
        return Group(Kind.PLAN, [], 0)
    looks = (_phases, _measures, _milestones, _duties)
    found = [look(session, plan, words, limit) for look in looks]
    hits = [hit for hits, _total in found for hit in hits]
    return Group(Kind.PLAN, hits[:limit], sum(total for _hits, total in found))


def _phases(session: Session, plan: Plan, words: tuple[str, ...], limit: int) -> tuple[list[Hit], int]:
    found = rows.phases(session, plan, words, limit)
    page = url_for("planning.plan", _anchor="phases")
    return [Hit(title, page, _("阶段")) for _key, title, _in_all in found], _in_all_of(found)


def _measures(session: Session, plan: Plan, words: tuple[str, ...], limit: int) -> tuple[list[Hit], int]:
    found = rows.measures(session, plan, words, limit)
    hits = [
        Hit(title, url_for("planning.plan", _anchor=f"measure-{key}"), _measure_words(no, title, text, words))
        for key, no, title, text, _in_all in found
    ]
    return hits, _in_all_of(found)


def _measure_words(no: int, title: str, text: str, words: tuple[str, ...]) -> str:
    inside = next((word for word in words if word not in fold(title)), None)
    told = _("措施 %(no)s", no=no)
    return told if inside is None else _("%(told)s · %(words)s", told=told, words=around(text, inside))


def _milestones(session: Session, plan: Plan, words: tuple[str, ...], limit: int) -> tuple[list[Hit], int]:
    found = rows.milestones(session, plan, words, limit)
    hits = [
        Hit(
            text,
            url_for("milestones.milestone", milestone_id=key),
            _("里程碑 · %(day)s", day=due_on.isoformat()),
        )
        for key, text, due_on, _in_all in found
    ]
    return hits, _in_all_of(found)


def _duties(session: Session, plan: Plan, words: tuple[str, ...], limit: int) -> tuple[list[Hit], int]:
    found = rows.duties(session, plan, words, limit)
    hits = [Hit(title, url_for("duties.duty", duty_id=key), _("周期性工作")) for key, title, _in_all in found]
    return hits, _in_all_of(found)


def around(text: str, word: str) -> str:
    """The part of a text in which a folded word stands.

    >>> around("配齐实验室管理员，按学年核对一次，年底前完成整改并报县教育局备案", "县教育局")
    '…学年核对一次，年底前完成整改并报县教育局备案'
    """
    at = max(fold(text).find(word), 0)
    start, end = max(at - AROUND, 0), at + len(word) + AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _in_all_of(found: rows.Found) -> int:
    return int(found[0][-1]) if found else 0
