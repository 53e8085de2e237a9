"""Where a new plan can begin: a built-in one, a document, the plan in force, or what was begun already."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.punctuation import listed
from plans.commands.moving import day_of
from plans.corrections.parts import PART_NAMES, Part
from plans.horizons import gap_words
from plans.models import KeptDraft, Plan
from plans.overview import current_plan
from plans.templates import TEMPLATES, TemplateEntry, load_template


@dataclass(frozen=True)
class BegunDraft:
    """A draft that nobody has accepted yet."""

    id: int
    name: str
    read_on: date
    read_by: str
    locked_by: str | None
    locked_parts: str


@dataclass(frozen=True)
class Offer:
    """A built-in plan, with what to think of before it is taken."""

    entry: TemplateEntry
    warning: str  # "" = none


@dataclass(frozen=True)
class NewPlanPage:
    """What the page of a new plan offers."""

    templates: list[Offer]
    current: Plan | None
    begun: list[BegunDraft]


def new_plan_page(session: Session, county_year: int) -> NewPlanPage:
    """What a county with this target year may begin from. Two queries."""
    offers = [Offer(entry, template_warning(entry.name, county_year)) for entry in TEMPLATES]
    return NewPlanPage(offers, current_plan(session), _begun(session))


def template_warning(name: str, county_year: int) -> str:
    """What to say where a built-in plan ends before the county's target year; "" = it does not."""
    return gap_words(_("模板"), load_template(name)["horizon"], county_year)


def _begun(session: Session) -> list[BegunDraft]:
    accepted = sa.select(Plan.source_sha256).where(Plan.source_sha256.is_not(None))
    statement = (
        sa.select(
            KeptDraft.id,
            KeptDraft.source_name,
            KeptDraft.read_at,
            KeptDraft.read_by,
            KeptDraft.locked_by,
            KeptDraft.locked_parts,
        )
        .where(KeptDraft.source_sha256.not_in(accepted))
        .order_by(KeptDraft.read_at.desc(), KeptDraft.id.desc())
    )
    return [
        BegunDraft(key, name, day_of(at), by, locker, listed(PART_NAMES[Part(part)] for part in parts))
        for key, name, at, by, locker, parts in session.execute(statement)
    ]
