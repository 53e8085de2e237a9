"""The preview of a plan before it is accepted, and its correction row by row."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now
from app.extensions import db, htmx
from app.pages import go, show
from app.planning.blueprint import bp
from app.planning.draft_editing import (
    RowEdit,
    UnitEdit,
    new_row_edit,
    offer_units,
    refused_edit,
    row_edit,
    save_new_row,
    save_row,
    save_unit,
    unit_edit,
)
from app.planning.draft_forms import FORMS, UnitForm
from app.planning.draft_page import DraftPage, draft_page, one_row
from app.planning.drafts import accept_kept, drop_kept
from plans.acceptance import plan_of_document
from plans.corrections.commands import delete_row, restore_row, settle_gap
from plans.corrections.errors import BadCorrection, DraftChanged, PartLocked, RowChanged
from plans.corrections.parts import Part
from plans.errors import NotFound, PlanAlreadyAccepted
from plans.models import KeptDraft, Plan
from plans.overview import kept_draft
from plans.rights import Act, check
from plans.same_document import plan_of_content
from plans.words import _ as _l


@bp.get("/plan/drafts/<int:draft_id>")
def draft(draft_id: int) -> Response:
    return show("planning/draft.html", page=_page(draft_id))


@bp.post("/plan/drafts/<int:draft_id>/accept")
def accept(draft_id: int) -> Response:
    kept, seen = _kept(draft_id), request.form.get("version", type=int)
    accepted = plan_of_document(db.session(), kept.source_sha256) or plan_of_content(
        db.session(), kept.original
    )
    if accepted is not None:
        return already(accepted)
    try:
        made = accept_kept(db.session(), current_actor(), kept, seen_version=seen, at=now())
    except DraftChanged as refusal:
        return show("planning/draft.html", None, 422, page=_untouched(draft_id, str(refusal)))
    db.session.commit()
    flash(_("方案已建立。下一步按措施交办任务。"), "success")
    return go(url_for("planning.one_plan", plan_id=made.id))


@bp.post("/plan/drafts/<int:draft_id>/drop")
def drop_draft(draft_id: int) -> Response:
    kept, seen = _kept(draft_id), request.form.get("version", type=int)
    try:
        drop_kept(db.session(), current_actor(), kept, seen_version=seen)
    except DraftChanged as refusal:
        return show("planning/draft.html", None, 422, page=_untouched(draft_id, str(refusal)))
    db.session.commit()
    flash(_("草稿已删除。"), "success")
    return go(url_for("planning.new_plan"))


@bp.get("/plan/drafts/<int:draft_id>/rows/<string:part>/<string:row_key>")
def draft_row(draft_id: int, part: str, row_key: str) -> Response:
    page = _page(draft_id)
    line = one_row(page, _part(part), row_key)
    if line is None:
        raise NotFound(_l("行"))
    if not htmx:
        return go(_address(draft_id, row_key))
    return show("planning/_draft_line.html", page=page, line=line)


@bp.get("/plan/drafts/<int:draft_id>/rows/<string:part>/<string:row_key>/edit")
def edit_row(draft_id: int, part: str, row_key: str) -> Response:
    return _form(row_edit(_page(draft_id), _part(part), row_key))


@bp.post("/plan/drafts/<int:draft_id>/rows/<string:part>/<string:row_key>")
def correct(draft_id: int, part: str, row_key: str) -> Response:
    kept, what = _kept(draft_id), _part(part)
    form = FORMS[what]()
    try:
        if not form.validate():
            return _form(refused_edit(_untouched(draft_id), what, row_key, form, ""), 422)
        save_row(db.session(), current_actor(), draft=kept, part=what, key=row_key, form=form, at=now())
    except BadCorrection as refusal:
        form[refusal.field].errors = [str(refusal)]
        return _form(refused_edit(_untouched(draft_id), what, row_key, form, ""), 422)
    except (PartLocked, RowChanged) as refusal:
        return _form(refused_edit(_untouched(draft_id), what, row_key, form, str(refusal)), 422)
    db.session.commit()
    return _corrected(draft_id, what, row_key)


@bp.get("/plan/drafts/<int:draft_id>/rows/<string:part>/new")
def new_row(draft_id: int, part: str) -> Response:
    return _form(new_row_edit(_page(draft_id), _part(part)))


@bp.post("/plan/drafts/<int:draft_id>/rows/<string:part>")
def add(draft_id: int, part: str) -> Response:
    kept, what = _kept(draft_id), _part(part)
    form = FORMS[what]()
    try:
        if not form.validate():
            return _form(RowEdit(_untouched(draft_id), what, "", form, None), 422)
        save_new_row(db.session(), current_actor(), draft=kept, part=what, form=form, at=now())
    except BadCorrection as refusal:
        form[refusal.field].errors = [str(refusal)]
        return _form(RowEdit(_untouched(draft_id), what, "", form, None), 422)
    except PartLocked as refusal:
        return _form(RowEdit(_untouched(draft_id), what, "", form, None, str(refusal)), 422)
    db.session.commit()
    return go(_address(draft_id, what))


@bp.post("/plan/drafts/<int:draft_id>/rows/<string:part>/<string:row_key>/delete")
def delete(draft_id: int, part: str, row_key: str) -> Response:
    seen, what = request.form.get("seen", ""), _part(part)
    try:
        delete_row(
            db.session(), current_actor(), draft_id=draft_id, part=what, key=row_key, seen=seen, at=now()
        )
    except RowChanged as refusal:
        return _form(refused_edit(_untouched(draft_id), what, row_key, FORMS[what](), str(refusal)), 422)
    db.session.commit()
    flash(_("已删去。删去的内容列在页面末尾，可以恢复。"), "success")
    return go(_address(draft_id, what))


@bp.post("/plan/drafts/<int:draft_id>/rows/<string:part>/<string:row_key>/restore")
def restore(draft_id: int, part: str, row_key: str) -> Response:
    restore_row(db.session(), current_actor(), draft_id=draft_id, part=_part(part), key=row_key, at=now())
    db.session.commit()
    return go(_address(draft_id, row_key))


@bp.get("/plan/drafts/<int:draft_id>/units/edit")
def edit_unit(draft_id: int) -> Response:
    edit = unit_edit(_page(draft_id), request.args.get("name", ""))
    return show("planning/draft_unit.html", edit=edit)


@bp.post("/plan/drafts/<int:draft_id>/units")
def correct_unit(draft_id: int) -> Response:
    kept, form, act = _kept(draft_id), UnitForm(), request.form.get("act", "rename")
    try:
        if not form.validate():
            return _unit_form(draft_id, form)
        save_unit(db.session(), current_actor(), draft=kept, form=form, act=act, at=now())
    except BadCorrection as refusal:
        form[refusal.field].errors = [str(refusal)]
        return _unit_form(draft_id, form)
    db.session.commit()
    return go(_address(draft_id, "units"))


@bp.post("/plan/drafts/<int:draft_id>/gaps/settle")
def settle(draft_id: int) -> Response:
    where, message = request.form.get("where", ""), request.form.get("message", "")
    settle_gap(db.session(), current_actor(), draft_id=draft_id, where=where, message=message, at=now())
    db.session.commit()
    return go(_address(draft_id, "gaps"))


def already(plan: Plan) -> Response:
    """Lead to the plan that a document has become, without making a second one."""
    flash(str(PlanAlreadyAccepted(plan.title)), "info")
    return go(url_for("planning.one_plan", plan_id=plan.id))


def _part(name: str) -> Part:
    if name not in list(Part):
        raise NotFound(_l("部分"))
    return Part(name)


def _kept(draft_id: int) -> KeptDraft:
    check(current_actor(), Act.EDIT_PLAN)
    return kept_draft(db.session(), draft_id)


def _page(draft_id: int) -> DraftPage:
    return draft_page(db.session(), _kept(draft_id), current_presence().county.horizon_year)


def _untouched(draft_id: int, refusal: str = "") -> DraftPage:
    """The page after a refusal, which leaves nothing behind."""
    db.session.rollback()
    return draft_page(db.session(), _kept(draft_id), current_presence().county.horizon_year, refusal)


def _form(edit: RowEdit, status: int = 200) -> Response:
    return show("planning/draft_row.html", "planning/_draft_edit.html", status, edit=edit)


def _unit_form(draft_id: int, form: UnitForm) -> Response:
    edit = offer_units(UnitEdit(_untouched(draft_id), form))
    return show("planning/draft_unit.html", None, 422, edit=edit)


def _corrected(draft_id: int, part: Part, key: str) -> Response:
    if not htmx:
        return go(_address(draft_id, key))
    page = _page(draft_id)
    return show("planning/_draft_corrected.html", page=page, line=one_row(page, part, key))


def _address(draft_id: int, anchor: str) -> str:
    return url_for("planning.draft", draft_id=draft_id, _anchor=anchor)
