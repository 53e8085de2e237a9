"""Revising a plan in force: its parts, what differs from the approved version, approval."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now, today
from app.extensions import db
from app.pages import go, show
from app.revising import units_views
from app.revising.blueprint import bp
from app.revising.changes_page import changes_page
from app.revising.editing import Place, known_indicators, part_edit, refused_edit, save_part, sent_edit
from plans.approvals import approve_plan
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.rights import Act, check, may
from plans.work_errors import StalePlan

LAST_PAGE = 100_000

__all__ = ["bp", "units_views"]


@bp.get("/plans/<int:plan_id>/changes")
def changes(plan_id: int) -> Response:
    return _changes(plan_id)


@bp.post("/plans/<int:plan_id>/approve")
def approve(plan_id: int) -> Response:
    seen, note = request.form.get("seen", ""), request.form.get("note", "").strip()[:500]
    try:
        kept = approve_plan(db.session(), current_actor(), plan_id=plan_id, note=note, at=now(), seen=seen)
    except StalePlan as refusal:
        db.session.rollback()
        return _changes(plan_id, 422, refusal=str(refusal), note=note)
    db.session.commit()
    flash(_("已批准，现行内容为第 %(no)s 版。", no=kept.no), "success")
    return go(url_for("revising.changes", plan_id=plan_id))


@bp.get("/plans/<int:plan_id>/parts/<string:plan_part>/<int:row_id>")
def edit(plan_id: int, plan_part: str, row_id: int) -> Response:
    check(current_actor(), Act.EDIT_PLAN)
    return show("revising/edit.html", edit=part_edit(db.session(), _place(plan_id, plan_part, row_id)))


@bp.post("/plans/<int:plan_id>/parts/<string:plan_part>/<int:row_id>")
def save(plan_id: int, plan_part: str, row_id: int) -> Response:
    check(current_actor(), Act.EDIT_PLAN)
    place = _place(plan_id, plan_part, row_id)
    sent = sent_edit(db.session(), place)
    if not sent.form.validate():
        return show("revising/edit.html", None, 422, edit=sent)
    try:
        save_part(db.session(), current_actor(), sent, at=now())
    except (ActNotAllowed, NotFound):
        raise
    except PlanError as refusal:
        db.session.rollback()
        refused = refused_edit(db.session(), place, sent.form, str(refusal))
        return show("revising/edit.html", None, 422, edit=refused)
    db.session.commit()
    flash(_("已保存。"), "success")
    return go(_back(plan_id, sent.kind.anchor))


def _place(plan_id: int, part: str, row_id: int) -> Place:
    known = known_indicators(current_presence().county.standard, today())
    return Place(plan_id, part, row_id, known)


def _back(plan_id: int, anchor: str) -> str:
    """To where the form was opened: the check, or the place in the plan."""
    if request.args.get("back") == "check":
        return url_for("planning.check", plan_id=plan_id)
    return url_for("planning.one_plan", plan_id=plan_id, _anchor=anchor or None)


def _changes(plan_id: int, status: int = 200, **context: Any) -> Response:
    against, number = request.args.get("against", type=int), request.args.get("page", 1, type=int)
    page = changes_page(db.session(), plan_id, against=against, page=min(max(1, number), LAST_PAGE))
    return show(
        "revising/changes.html",
        None,
        status,
        page=page,
        may_approve=may(current_actor(), Act.APPROVE_PLAN),
        may_edit=may(current_actor(), Act.EDIT_PLAN),
        **context,
    )
