"""Acts on a milestone: which are open to whom, and how each is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.files import keep_files
from app.milestones.forms import StoneActForm
from app.must import mark
from plans.actors import Actor
from plans.milestone_acts import (
    claim_milestone,
    confirm_milestone,
    explain_miss,
    return_claim,
    withdraw_milestone,
)
from plans.milestone_queries import StoneRow
from plans.milestones import MilestoneState, MilestoneStatus, state_of
from plans.rights import Act, may
from plans.work_errors import WordsMissing


@dataclass(frozen=True)
class StoneOffer:
    """An act that the person may do now."""

    name: str
    label: str
    question: str
    fields: tuple[str, ...]
    tone: str
    form: StoneActForm
    is_open: bool = False  # it was just refused


@dataclass(frozen=True)
class Given:
    """A filled form on its way to a command."""

    session: Session
    actor: Actor
    milestone_id: int
    form: StoneActForm
    folder: Path
    at: datetime

    @property
    def common(self) -> dict[str, Any]:
        return {
            "milestone_id": self.milestone_id,
            "seen_version": self.form.seen_version.data,
            "at": self.at,
        }

    @property
    def note(self) -> str:
        return (self.form.note.data or "").strip()

    @property
    def day(self) -> date:
        """The day of a claim.

        Raises WordsMissing.
        """
        day: date | None = self.form.reached_on.data
        if day is None:
            raise WordsMissing(_("达成日期"))
        return day


# What an act is not done without.
MUST: Mapping[str, tuple[str, ...]] = {
    "claim": ("reached_on", "files"),
    "confirm": (),
    "return": ("note",),
    "missed": ("note",),
    "withdraw": ("note",),
}


def offers(actor: Actor, row: StoneRow, refused: tuple[str, StoneActForm] | None = None) -> list[StoneOffer]:
    """What the person may do with the milestone as it stands; a refused form comes back with its words."""
    names = [name for name in ACTS if _may(actor, row, name)]
    if refused and refused[0] in ACTS and refused[0] not in names:
        names.append(refused[0])
    return [_offer(row, name, refused) for name in names]


def sent_form(name: str) -> StoneActForm:
    """The form of an act as it was sent."""
    return StoneActForm(prefix=f"{name}-")


def _may(actor: Actor, row: StoneRow, name: str) -> bool:
    state, stone = state_of(row.stone), row.stone
    confirms = may(actor, Act.CONFIRM_MILESTONE, stone)
    is_missed = row.standing.status is MilestoneStatus.MISSED
    return {
        "claim": state is MilestoneState.OPEN and may(actor, Act.CLAIM_MILESTONE, stone),
        "confirm": state is MilestoneState.CLAIMED and confirms,
        "return": state is MilestoneState.CLAIMED and confirms,
        "missed": is_missed and state is MilestoneState.OPEN and confirms,
        "withdraw": state is MilestoneState.ACHIEVED and may(actor, Act.WITHDRAW_MILESTONE),
    }[name]


def _offer(row: StoneRow, name: str, refused: tuple[str, StoneActForm] | None) -> StoneOffer:
    label, question, fields, tone = _words()[name]
    is_open = refused is not None and refused[0] == name
    form = refused[1] if refused and is_open else StoneActForm(formdata=None, prefix=f"{name}-")
    form.seen_version.data, form.seen_version.raw_data = row.stone.version, None
    mark(form, MUST[name])
    return StoneOffer(name, label, question, fields, tone, form, is_open)


def _words() -> Mapping[str, tuple[str, str, tuple[str, ...], str]]:
    return {
        "claim": (
            _("申报达成"),
            _("填达成日期，至少附一份佐证，由督导室确认。"),
            ("reached_on", "note", "files"),
            "primary",
        ),
        "confirm": (_("确认达成"), _("对照验收标准和佐证，确认已经达成。"), ("note",), "primary"),
        "return": (_("退回申报"), _("写明还缺什么，佐证保留。"), ("note",), "danger"),
        "missed": (_("认定错过"), _("写明错过的原因和补救要求。"), ("note",), ""),
        "withdraw": (_("撤回达成"), _("写明理由；佐证和经过保留。"), ("note",), ""),
    }


def _claim(given: Given) -> None:
    day = given.day
    files = keep_files(
        given.session, given.actor, given.form.files.data or [], folder=given.folder, at=given.at
    )
    claim_milestone(
        given.session, given.actor, reached_on=day, evidence=files, note=given.note, **given.common
    )


ACTS: Mapping[str, Callable[[Given], object]] = {
    "claim": _claim,
    "confirm": lambda g: confirm_milestone(g.session, g.actor, note=g.note, **g.common),
    "return": lambda g: return_claim(g.session, g.actor, reason=g.note, **g.common),
    "missed": lambda g: explain_miss(g.session, g.actor, reason=g.note, **g.common),
    "withdraw": lambda g: withdraw_milestone(g.session, g.actor, reason=g.note, **g.common),
}
