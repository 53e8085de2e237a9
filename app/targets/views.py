"""Targets: the list, one target with its chart and form, and the standard's own as a start."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now
from app.counting import counted as _n
from app.extensions import db
from app.frame import current_year
from app.pages import go, show
from app.targets.defaults import add_default_targets
from app.targets.editing import blank_form, held_form, plan_with_data, save_target, sent_form
from app.targets.forms import TargetForm
from app.targets.lines import Outlook, outlook_words
from app.targets.pages import target_page, targets_page
from app.targets.quantities import quantity_name
from plans.errors import ReasonMissing
from plans.rights import Act, check, may
from plans.targets import drop_target, set_target
from plans.work_errors import StalePlan

bp = Blueprint("targets", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "outlook_words": outlook_words,
        "outlooks": [(one.value, outlook_words(one)[1]) for one in Outlook],
        "quantity_name": quantity_name,
        "may_edit": may(current_actor(), Act.SET_TARGETS),
    }


@bp.get("/targets")
def index() -> Response:
    chosen = {name: request.args.get(name, "") for name in ("stage", "status")}
    page = targets_page(db.session(), current_year(), chosen)
    return show("targets/index.html", "targets/_index.html", page=page)


@bp.post("/targets/defaults")
def defaults() -> Response:
    check(current_actor(), Act.SET_TARGETS)
    plan, standard = plan_with_data(db.session(), current_year())
    horizon = plan.horizon_year or current_presence().county.horizon_year
    n = add_default_targets(db.session(), current_actor(), plan, standard, horizon_year=horizon, at=now())
    db.session.commit()
    flash(_n("已按标准生成 %(n)s 项目标。", n=n) if n else _("按标准应有的目标都已设定。"), "success")
    return go(url_for("targets.index"))


@bp.get("/targets/new")
def new() -> Response:
    check(current_actor(), Act.SET_TARGETS)
    plan, standard = plan_with_data(db.session(), current_year())
    horizon = plan.horizon_year or current_presence().county.horizon_year
    form = blank_form(db.session(), standard, request.args, horizon_year=horizon)
    return show("targets/new.html", form=form)


@bp.post("/targets/new")
def create() -> Response:
    check(current_actor(), Act.SET_TARGETS)
    plan, standard = plan_with_data(db.session(), current_year())
    form = sent_form(standard)
    if not form.validate():
        return show("targets/new.html", status=422, form=form)
    reason = form.reason.data or ""
    try:
        made = set_target(
            db.session(), current_actor(), plan_id=plan.id, aim=form.aim(), at=now(), reason=reason
        )
    except ReasonMissing as refusal:
        form.reason.errors = [str(refusal)]
        return show("targets/new.html", status=422, form=form)
    db.session.commit()
    flash(_("目标已保存。"), "success")
    return go(url_for("targets.target", target_id=made.id))


@bp.get("/targets/<int:target_id>")
def target(target_id: int) -> Response:
    page = target_page(db.session(), current_year(), target_id)
    return show("targets/target.html", page=page, form=held_form(page.line.target))


@bp.post("/targets/<int:target_id>")
def save(target_id: int) -> Response:
    check(current_actor(), Act.SET_TARGETS)
    page = target_page(db.session(), current_year(), target_id)
    form = held_form(page.line.target, sent=True)
    if not form.validate():
        return show("targets/target.html", status=422, page=page, form=form)
    try:
        save_target(db.session(), current_actor(), target_id=target_id, form=form, at=now())
    except (StalePlan, ReasonMissing) as refusal:
        return _refused(target_id, form, str(refusal))
    db.session.commit()
    flash(_("目标已保存。"), "success")
    return go(url_for("targets.target", target_id=target_id))


@bp.post("/targets/<int:target_id>/drop")
def drop(target_id: int) -> Response:
    seen, reason = request.form.get("seen", 0, int), request.form.get("reason", "")
    try:
        drop_target(
            db.session(),
            current_actor(),
            target_id=target_id,
            seen_version=seen,
            reason=reason,
            at=now(),
        )
    except (StalePlan, ReasonMissing) as refusal:
        db.session.rollback()
        page = target_page(db.session(), current_year(), target_id)
        return _refused(target_id, held_form(page.line.target), str(refusal))
    db.session.commit()
    flash(_("目标已取消。"), "success")
    return go(url_for("targets.index"))


def _refused(target_id: int, form: TargetForm, refusal: str) -> Response:
    """The page as it stands now, with everything typed."""
    db.session.rollback()
    page = target_page(db.session(), current_year(), target_id)
    form.seen.data, form.seen.raw_data = page.line.target.version, None
    return show("targets/target.html", status=422, page=page, form=form, refusal=refusal)
