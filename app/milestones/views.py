"""Milestones: the list, a new one, one page each, its change and the acts on it."""

from pathlib import Path

from flask import Blueprint, current_app, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.file_kinds import ACCEPT, FileRefused
from app.frame import current_year
from app.keys import read_key
from app.milestones.acting import ACTS, Given, sent_form
from app.milestones.forms import MilestoneForm, StoneActForm
from app.milestones.pages import blank_form, filled_form, milestone_page, milestones_page, offer_choices
from app.pages import go, show
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.milestone_queries import milestone_row
from plans.milestone_terms import add_milestone, revise_milestone
from plans.milestones import MilestoneStatus
from plans.models import Plan
from plans.overview import current_plan
from plans.rights import Act, check

bp = Blueprint("milestones", __name__)


@bp.get("/milestones")
def index() -> Response:
    page = milestones_page(
        db.session(),
        current_actor(),
        plan_id=request.args.get("plan", type=read_key),
        today=today(),
        status=request.args.get("status", type=MilestoneStatus),
    )
    return show("milestones/index.html", page=page)


@bp.get("/milestones/new")
def new() -> Response:
    check(current_actor(), Act.PLAN_MILESTONES)
    return show("milestones/form.html", form=blank_form(db.session(), _current(), current_year()), stone=None)


@bp.post("/milestones/new")
def create() -> Response:
    check(current_actor(), Act.PLAN_MILESTONES)
    plan = _current()
    form = offer_choices(db.session(), MilestoneForm(), plan, current_year())
    if not form.validate():
        return _refused(form)
    key = int(form.milestone_id.data) if (form.milestone_id.data or "").isdecimal() else None
    try:
        made = add_milestone(
            db.session(),
            current_actor(),
            plan_id=plan.id,
            terms=form.terms,
            place=form.place,
            at=now(),
            milestone_id=key,
        )
    except PlanError as refusal:
        db.session.rollback()
        return _refused(form, str(refusal))
    db.session.commit()
    return go(url_for("milestones.milestone", milestone_id=made.id))


@bp.get("/milestones/<int:milestone_id>")
def milestone(milestone_id: int) -> Response:
    return _shown(milestone_id)


@bp.get("/milestones/<int:milestone_id>/edit")
def edit(milestone_id: int) -> Response:
    check(current_actor(), Act.PLAN_MILESTONES)
    page = milestone_page(db.session(), current_actor(), milestone_id=milestone_id, year=None, today=today())
    form = filled_form(db.session(), page.row.stone, page.plan, current_year())
    return show("milestones/form.html", form=form, stone=page.row.stone)


@bp.post("/milestones/<int:milestone_id>/edit")
def save(milestone_id: int) -> Response:
    check(current_actor(), Act.PLAN_MILESTONES)
    page = milestone_page(db.session(), current_actor(), milestone_id=milestone_id, year=None, today=today())
    form = offer_choices(db.session(), MilestoneForm(), page.plan, current_year())
    if not form.validate():
        return _refused(form, milestone_id=milestone_id)
    try:
        revise_milestone(
            db.session(),
            current_actor(),
            milestone_id=milestone_id,
            terms=form.terms,
            place=form.place,
            seen_version=_number(form.seen_version.data),
            reason=(form.reason.data or "").strip(),
            at=now(),
        )
    except PlanError as refusal:
        db.session.rollback()
        return _refused(form, str(refusal), milestone_id=milestone_id)
    db.session.commit()
    return go(url_for("milestones.milestone", milestone_id=milestone_id))


@bp.post("/milestones/<int:milestone_id>/<string:stone_act>")
def act(milestone_id: int, stone_act: str) -> Response:
    milestone_row(db.session(), milestone_id, today())
    if stone_act not in ACTS:
        raise NotFound(_("办理事项"))
    form = sent_form(stone_act)
    if not form.validate():
        errors = "".join(str(error) for found in form.errors.values() for error in found)
        return _shown(milestone_id, 422, (stone_act, form), errors)
    folder = Path(current_app.config["FILES"])
    try:
        ACTS[stone_act](Given(db.session(), current_actor(), milestone_id, form, folder, now()))
    except (ActNotAllowed, NotFound):
        raise
    except (PlanError, FileRefused) as refusal:
        db.session.rollback()
        return _shown(milestone_id, 422, (stone_act, form), str(refusal))
    db.session.commit()
    flash(_("已办理。"), "success")
    return go(url_for("milestones.milestone", milestone_id=milestone_id))


def _shown(
    milestone_id: int,
    status: int = 200,
    refused: tuple[str, StoneActForm] | None = None,
    refusal: str = "",
) -> Response:
    page = milestone_page(
        db.session(),
        current_actor(),
        milestone_id=milestone_id,
        year=current_year(),
        today=today(),
        refused=refused,
        refusal=refusal,
    )
    return show("milestones/milestone.html", status=status, page=page, accept=ACCEPT)


def _refused(form: MilestoneForm, refusal: str = "", *, milestone_id: int | None = None) -> Response:
    stone = None if milestone_id is None else milestone_row(db.session(), milestone_id, today()).stone
    if stone is not None:  # the next attempt names what is shown now
        form.seen_version.data, form.seen_version.raw_data = stone.version, None
    return show("milestones/form.html", status=422, form=form, stone=stone, refusal=refusal)


def _current() -> Plan:
    plan = current_plan(db.session())
    if plan is None:
        raise NotFound(_("实施方案"))
    return plan


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
