"""Recurring duties: the list of a plan, one duty with its periods, new and changed ones."""

from flask import Blueprint, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.duties.editing import add_from, blank_form, change_from, held_form, offered
from app.duties.forms import DutyForm
from app.duties.pages import duties_page, duty_page
from app.extensions import db
from app.pages import go, show
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.rights import Act, check, may

bp = Blueprint("duties", __name__)


@bp.context_processor
def _may() -> dict[str, bool]:
    return {"may_edit": may(current_actor(), Act.EDIT_PLAN)}


@bp.get("/plans/<int:plan_id>/duties")
def index(plan_id: int) -> Response:
    return show("duties/index.html", page=duties_page(db.session(), current_actor(), plan_id, today=today()))


@bp.get("/plans/<int:plan_id>/duties/new")
def new(plan_id: int) -> Response:
    check(current_actor(), Act.EDIT_PLAN)
    return show("duties/new.html", form=blank_form(db.session(), plan_id, today=today()), plan_id=plan_id)


@bp.post("/plans/<int:plan_id>/duties/new")
def create(plan_id: int) -> Response:
    check(current_actor(), Act.EDIT_PLAN)
    form = offered(db.session(), DutyForm(), plan_id, today=today())
    if not form.validate():
        return show("duties/new.html", None, 422, form=form, plan_id=plan_id)
    try:
        made = add_from(db.session(), current_actor(), form, plan_id, at=now())
    except (ActNotAllowed, NotFound):
        raise
    except PlanError as refusal:
        db.session.rollback()
        return show("duties/new.html", None, 422, form=form, plan_id=plan_id, refusal=str(refusal))
    db.session.commit()
    flash(_("已保存，各期时限已排定。"), "success")
    return go(url_for("duties.duty", duty_id=made.id))


@bp.get("/duties/<int:duty_id>")
def duty(duty_id: int) -> Response:
    page = duty_page(db.session(), current_actor(), duty_id, today=today())
    form = held_form(db.session(), page.line.duty, today=today())
    return show("duties/duty.html", page=page, form=form)


@bp.post("/duties/<int:duty_id>")
def save(duty_id: int) -> Response:
    check(current_actor(), Act.EDIT_PLAN)
    page = duty_page(db.session(), current_actor(), duty_id, today=today())
    form = offered(db.session(), DutyForm(), page.plan.id, today=today())
    if not form.validate():
        return show("duties/duty.html", None, 422, page=page, form=form)
    try:
        change_from(db.session(), current_actor(), form, page.line.duty, at=now())
    except (ActNotAllowed, NotFound):
        raise
    except PlanError as refusal:
        return _refused(duty_id, form, str(refusal))
    db.session.commit()
    flash(_("已保存；尚未交办的各期按新的周期重排。"), "success")
    return go(url_for("duties.duty", duty_id=duty_id))


def _refused(duty_id: int, form: DutyForm, refusal: str) -> Response:
    """The page as it stands now, with everything typed."""
    db.session.rollback()
    page = duty_page(db.session(), current_actor(), duty_id, today=today())
    form.seen.data, form.seen.raw_data = str(page.line.duty.version), None
    return show("duties/duty.html", None, 422, page=page, form=form, refusal=refusal)
