"""What the office or the leading group changes about the rules: each act checks, writes and logs.

Nobody commits here, and nobody assesses here: the views judge again after each act.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.gathering import SETTING, VARIANT, choices
from app.assessments.inputs import Target
from app.models import CountyTarget, RelaxationEvidence, RelaxationSwitch, RuleChoice
from app.rules.errors import (
    AlreadyOn,
    DatesMixed,
    OverrideReasonMissing,
    ProofMissing,
    SchoolsMissing,
    TargetLooser,
    TargetUnreadable,
)
from app.rules.local import fits, target_conflicts, variant_titles
from app.rules.log import log_input
from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound, ReasonMissing
from plans.models import Evidence
from plans.rights import Act, check
from scoring.standard import Relaxation, Standard

_NUMBER = re.compile(r"\d{1,9}(\.\d{1,6})?")  # plain digits only: an exponent could name any size


def switch_on(
    session: Session,
    actor: Actor,
    standard: Standard,
    *,
    code: str,
    starts_on: date,
    ends_on: date,
    schools: Sequence[str],
    reason: str,
    evidence: Sequence[Evidence],
    at: datetime,
) -> RelaxationSwitch:
    """Use a relaxation from one day to another; outside its own dates only with a reason.

    Raises ActNotAllowed, NotFound, DatesMixed, AlreadyOn, ProofMissing, SchoolsMissing,
    OverrideReasonMissing.
    """
    check(actor, Act.SET_RULES)
    relaxation = _relaxation(standard, code)
    _check_switch(relaxation, starts_on, ends_on, schools, reason, evidence)
    _refuse_overlap(session, code, starts_on, ends_on)
    switch = RelaxationSwitch(
        id=new_id(),
        code=code,
        starts_on=starts_on,
        ends_on=ends_on,
        schools=list(dict.fromkeys(schools)),
        reason=reason.strip(),
        on_at=at,
        on_by=actor.name,
        evidence=[RelaxationEvidence(evidence_id=file.id) for file in dict.fromkeys(evidence)],
    )
    session.add(switch)
    note = _("启用，%(first)s 至 %(last)s", first=starts_on, last=ends_on)
    log_input(
        session, actor, "relaxation", code, note + (f"；{reason.strip()}" if reason.strip() else ""), at
    )
    return switch


def switch_off(session: Session, actor: Actor, *, switch_id: int, reason: str, at: datetime) -> None:
    """Use a relaxation no more; doing it twice changes nothing.

    Raises ActNotAllowed, NotFound, ReasonMissing.
    """
    check(actor, Act.SET_RULES)
    switch = session.scalar(sa.select(RelaxationSwitch).where(RelaxationSwitch.id == switch_id))
    if switch is None:
        raise NotFound(_("放宽条款"))
    if not reason.strip():
        raise ReasonMissing(_("停用放宽条款"))
    if switch.off_at is None:
        switch.off_at, switch.off_by, switch.off_reason = at, actor.name, reason.strip()
        log_input(session, actor, "relaxation", switch.code, _("停用；%(reason)s", reason=reason.strip()), at)


def choose_setting(
    session: Session, actor: Actor, standard: Standard, *, name: str, choice: str, at: datetime
) -> None:
    """Settle an open question of the standard. Raises ActNotAllowed, NotFound."""
    check(actor, Act.SET_RULES)
    setting = next((one for one in standard.settings if one.name == name), None)
    if setting is None or choice not in setting.choices:
        raise NotFound(_("口径选项"))
    _choose(session, actor, SETTING, name, choice, f"{setting.label}：{setting.choices[choice]}", at)


def choose_variant(session: Session, actor: Actor, standard: Standard, *, variant: str, at: datetime) -> None:
    """Put the region's variant on the standard; "" takes it off. Raises ActNotAllowed, NotFound."""
    check(actor, Act.SET_RULES)
    titles = {"": _("不用地方补充规定"), **variant_titles(standard.id)}
    if variant not in titles:
        raise NotFound(_("地方补充规定"))
    _choose(session, actor, VARIANT, standard.id, variant, titles[variant], at)


def set_target(session: Session, actor: Actor, standard: Standard, *, target: Target, at: datetime) -> None:
    """Ask more of the county than ``standard``, which holds the region's variant.

    Raises ActNotAllowed, TargetUnreadable, TargetLooser with both values.
    """
    check(actor, Act.SET_RULES)
    if not fits(standard, target) or not _is_number(target.limit):
        raise TargetUnreadable()
    if found := target_conflicts(standard, target):
        raise TargetLooser(found)
    row = _target_row(session, target) or CountyTarget(
        id=new_id(), item=target.item, part=target.part, sense=target.sense, key=target.key
    )
    row.limit, row.source = target.limit, target.source
    session.add(row)
    log_input(
        session,
        actor,
        "target",
        target.item,
        _("本县目标 %(limit)s（%(source)s）", limit=target.limit, source=target.source),
        at,
    )


def drop_target(session: Session, actor: Actor, *, target_id: int, at: datetime) -> None:
    """Go back to the standard's own limit. Raises ActNotAllowed, NotFound."""
    check(actor, Act.SET_RULES)
    row = session.scalar(sa.select(CountyTarget).where(CountyTarget.id == target_id))
    if row is None:
        raise NotFound(_("本县目标"))
    session.delete(row)
    log_input(session, actor, "target", row.item, _("取消本县目标 %(limit)s", limit=row.limit), at)


def _relaxation(standard: Standard, code: str) -> Relaxation:
    found = next((one for one in standard.relaxations if one.code == code), None)
    if found is None:
        raise NotFound(_("放宽条款"))
    return found


def _check_switch(
    relaxation: Relaxation,
    starts_on: date,
    ends_on: date,
    schools: Sequence[str],
    reason: str,
    evidence: Sequence[Evidence],
) -> None:
    if ends_on < starts_on:
        raise DatesMixed()
    if not evidence:
        raise ProofMissing()
    if relaxation.needs_proof and not schools:
        raise SchoolsMissing()
    is_inside = relaxation.since <= starts_on and ends_on <= relaxation.until
    if not is_inside and not reason.strip():
        raise OverrideReasonMissing(relaxation.since, relaxation.until)


def _refuse_overlap(session: Session, code: str, starts_on: date, ends_on: date) -> None:
    statement = sa.select(RelaxationSwitch.id).where(
        RelaxationSwitch.code == code,
        RelaxationSwitch.off_at.is_(None),
        RelaxationSwitch.starts_on <= ends_on,
        RelaxationSwitch.ends_on >= starts_on,
    )
    if session.scalar(statement.limit(1)) is not None:
        raise AlreadyOn()


def _choose(
    session: Session, actor: Actor, kind: str, name: str, choice: str, words: str, at: datetime
) -> None:
    if choices(session)[kind].get(name, "") == choice:
        return
    row = session.scalar(sa.select(RuleChoice).where(RuleChoice.kind == kind, RuleChoice.name == name))
    row = row or RuleChoice(id=new_id(), kind=kind, name=name)
    row.choice = choice
    session.add(row)
    log_input(session, actor, kind, name, words, at)


def _target_row(session: Session, target: Target) -> CountyTarget | None:
    return session.scalar(
        sa.select(CountyTarget).where(
            CountyTarget.item == target.item,
            CountyTarget.part == target.part,
            CountyTarget.sense == target.sense,
            CountyTarget.key == target.key,
        )
    )


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None
