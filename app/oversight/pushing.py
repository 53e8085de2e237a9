"""A built-in plan sent down to counties below: who is meant, what each gets, and the sending. No commits.

Every function that reads or writes rows of a county serves the one in the session's scope.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.audit.recording import record
from app.models import Region
from app.models.audit import Act as Kind
from app.oversight.regions import below, codes_above
from plans.base import County
from plans.corrections.parts import PART_NAMES, Part
from plans.horizons import gap_words
from plans.models import Plan
from plans.overview import current_plan
from plans.pushing import Foreseen, Outcome, foresee_push, lock_words, push_template

SENT = (Outcome.NEW, Outcome.RENEWED)


@dataclass(frozen=True)
class Aim:
    """A county below, as plain values: its rows are asked for in a session of its own."""

    county_id: int
    code: str
    name: str
    place_code: str
    place: str  # the prefecture
    horizon_year: int
    is_suspended: bool
    by: str  # the region that speaks
    below: frozenset[str]  # regions between: their locks give way


@dataclass(frozen=True)
class Wish:
    """What is to be sent down, to whom, with which parts locked."""

    template: str
    title: str
    horizon: int | None
    locked: tuple[Part, ...]
    places: tuple[str, ...]  # codes of regions, prefectures and counties

    def covers(self, aim: Aim) -> bool:
        """Whether the county or a place above it was chosen."""
        return any(code in self.places for code in (*codes_above(aim.code), aim.code))


@dataclass(frozen=True)
class Effect:
    """What one county gets, or why not, and what to think of before."""

    aim: Aim
    outcome: Outcome | None  # None = nothing, as the county is suspended
    words: str
    warnings: tuple[str, ...] = ()

    @property
    def is_sent(self) -> bool:
        return self.outcome in SENT


def aims_below(session: Session, regions: Sequence[Region]) -> list[Aim]:
    """Every county of the overseer, in the order of codes. Two queries."""
    known = {region.code: region for region in session.scalars(sa.select(Region))}
    counties = session.scalars(sa.select(County).where(below(regions)).order_by(County.code))
    return [_aim(county, regions, known.values()) for county in counties]


def effect(session: Session, aim: Aim, wish: Wish) -> Effect:
    """What the county in scope would get. Three queries."""
    if aim.is_suspended:
        return Effect(aim, None, _("不下发：该县已暂停使用。"))
    found = foresee_push(session, name=wish.template, locked=wish.locked, by=aim.by, below=aim.below)
    if found.outcome in (Outcome.ACCEPTED, Outcome.LOCKED):
        return Effect(aim, found.outcome, _words(found))
    if found.outcome is Outcome.SAME:
        return Effect(aim, found.outcome, _words(found))
    warnings = (_horizon_words(aim, wish), _other_plan(current_plan(session)))
    return Effect(aim, found.outcome, _words(found), tuple(filter(None, warnings)))


def send(session: Session, aim: Aim, wish: Wish, *, at: datetime) -> Effect:
    """Send the template down to the county in scope, where it is to get it; both logs tell."""
    seen = effect(session, aim, wish)
    if not seen.is_sent:
        return seen
    push_template(session, name=wish.template, locked=wish.locked, by=aim.by, at=at, below=aim.below)
    told = {"template": wish.title, "locked_parts": parts_words(wish.locked), "locked_by": aim.by}
    for for_platform in (False, True):
        record(
            session,
            act=Kind.CHANGE,
            thing=f"county:{aim.code}",
            title=_("上级下发方案模板：%(county)s", county=aim.name),
            after=told,
            at=at,
            for_platform=for_platform,
        )
    return seen


def parts_words(parts: Collection[Part]) -> str:
    """Parts by name, in the order of a plan."""
    return "、".join(PART_NAMES[part] for part in Part if part in parts)


def _aim(county: County, regions: Sequence[Region], known: Iterable[Region]) -> Aim:
    ladder = sorted((one for one in known if one.covers(county.code)), key=lambda one: len(one.prefix))
    speaker = next(region for region in regions if region.covers(county.code))
    place_code = codes_above(county.code)[-1]
    return Aim(
        county.id,
        county.code,
        county.name,
        place_code,
        next((one.name for one in ladder if one.code == place_code), ""),
        county.horizon_year,
        county.suspended_at is not None,
        speaker.name,
        frozenset(one.name for one in ladder if len(one.prefix) > len(speaker.prefix)),
    )


def _words(found: Foreseen) -> str:
    if found.plan is not None:
        return _("不下发：该县已据此建立《%(title)s》。", title=found.plan.title)
    if found.draft is None:
        return _("新增方案草稿，由该县核对确认。")
    by, parts = found.draft.locked_by or found.draft.read_by, lock_words(found.draft)
    if found.outcome is Outcome.LOCKED:
        return _("不下发：已由%(by)s下发并锁定%(parts)s，只能由其调整。", by=by, parts=parts)
    if found.outcome is Outcome.SAME:
        return _("已下发，该县尚未确认；再次下发没有变化。")
    return _("已有草稿（%(by)s），改为本次的锁定；锁定部分恢复模板原文，该县的其他更正保留。", by=by)


def _horizon_words(aim: Aim, wish: Wish) -> str:
    words = gap_words(_("模板"), wish.horizon, aim.horizon_year)
    if words and Part.HEAD in wish.locked:
        words += _("锁定“%(part)s”后该县不能自行延长。", part=PART_NAMES[Part.HEAD])
    return words


def _other_plan(plan: Plan | None) -> str:
    if plan is None:
        return ""
    return _("现行方案为《%(title)s》，下发的草稿不影响它，由该县决定是否采用。", title=plan.title)
