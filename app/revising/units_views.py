"""The page of the units of a plan, where two names of one office are merged."""

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now
from app.extensions import db
from app.keys import read_key
from app.pages import go, show
from app.revising.blueprint import bp
from app.revising.units_page import units_page
from plans.errors import ReasonMissing
from plans.rights import Act, may
from plans.unit_merging import merge_units
from plans.work_errors import SameUnit


@bp.get("/plans/<int:plan_id>/units")
def units(plan_id: int) -> Response:
    return _units(plan_id)


@bp.post("/plans/<int:plan_id>/units/merge")
def merge(plan_id: int) -> Response:
    unit_id, into_id = (read_key(request.form.get(name)) or 0 for name in ("unit", "into"))
    reason = request.form.get("reason", "").strip()[:500]
    try:
        into = merge_units(
            db.session(),
            current_actor(),
            plan_id=plan_id,
            unit_id=unit_id,
            into_id=into_id,
            reason=reason,
            at=now(),
        )
    except (ReasonMissing, SameUnit) as refusal:
        db.session.rollback()
        sent = {"unit_id": unit_id, "into_id": into_id, "reason": reason}
        return _units(plan_id, 422, refusal=str(refusal), **sent)
    name = into.name
    db.session.commit()
    flash(_("已并入%(name)s，措施、任务和人员一并转入。", name=name), "success")
    return go(url_for("revising.units", plan_id=plan_id))


def _units(plan_id: int, status: int = 200, **context: Any) -> Response:
    page = units_page(db.session(), plan_id)
    may_edit = may(current_actor(), Act.EDIT_PLAN)
    return show("revising/units.html", None, status, page=page, may_edit=may_edit, **context)
