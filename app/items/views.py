"""The page of an item and the acts on it."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.queries import latest, standard_of
from app.assessments.runs import renew_assessment
from app.auth.presence import current_actor
from app.clock import now, today
from app.dates import moment_words
from app.extensions import db
from app.file_kinds import ACCEPT
from app.frame import current_year
from app.items.commands import only_preparer, sign, withdraw
from app.items.errors import NotYetComplete, StaleAttestation
from app.items.forms import ResultForm
from app.items.monitoring import LEVELS, drop_result, enter_result
from app.items.pages import VERDICTS, item_of, item_page, subjects_of
from app.items.slots import new_form, stated_parts
from app.items.stating import save_statement
from app.items.words import ACTS
from app.models import Assessment
from app.pages import go, show
from app.people.words import role_names
from app.returns.store import may_upload
from plans.errors import NotFound, ReasonMissing

bp = Blueprint("items", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "act_words": ACTS,
        "verdict_words": VERDICTS,
        "moment": moment_words,
        "levels": LEVELS,
        "role_names": role_names(),
        "accept": ACCEPT,
    }


@bp.get("/items/<string:item>")
def item(item: str) -> Response:
    year = current_year()
    if year is None or latest(db.session(), year) is None:
        return show("assessments/nothing_yet.html", may_upload=may_upload(current_actor()))
    return _page(item)


@bp.post("/items/<string:item>/parts/<string:item_part>")
def state(item: str, item_part: str) -> Response:
    only_preparer(current_actor())
    assessment = _assessment()
    known = item_of(standard_of(assessment), item)
    if known is None or item_part not in stated_parts(known):
        raise NotFound(_("佐证项目"))
    form, stated = new_form(item_part), stated_parts(known)[item_part]
    form.offer(is_veto=stated.mode == "veto", files=[])
    refusal = save_statement(
        db.session(),
        current_actor(),
        form,
        year=assessment.year,
        item=item,
        part=stated.key,
        folder=Path(current_app.config["FILES"]),
        at=now(),
    )
    if refusal:
        db.session.commit()  # files that came with it
        return _page(item, 422, sent={item_part: (form, refusal)})
    return _done(assessment.year, item, _("已保存，结果已重新评估；签署前该项仍为待定。"))


@bp.post("/items/<string:item>/attestations/<int:attestation_id>/sign")
def sign_one(item: str, attestation_id: int) -> Response:
    seen = request.form.get("seen", 0, type=int)
    try:
        row = sign(db.session(), current_actor(), attestation_id=attestation_id, seen=seen, at=now())
    except (StaleAttestation, NotYetComplete) as refusal:
        db.session.rollback()
        return _page(item, 422, refusal=str(refusal))
    return _done(row.year, row.item, _("已签署，内容已锁定，结果已重新评估。"))


@bp.post("/items/<string:item>/attestations/<int:attestation_id>/withdraw")
def withdraw_one(item: str, attestation_id: int) -> Response:
    reason = request.form.get("reason", "")[:2000]
    try:
        row = withdraw(db.session(), current_actor(), attestation_id=attestation_id, reason=reason, at=now())
    except ReasonMissing as refusal:
        db.session.rollback()
        return _page(item, 422, refusal=str(refusal))
    return _done(row.year, row.item, _("已撤回签署，创建办可以修改，结果已重新评估。"))


@bp.post("/items/<string:item>/monitoring")
def enter(item: str) -> Response:
    only_preparer(current_actor())
    assessment = _assessment()
    form = ResultForm(subjects_of(item_of(standard_of(assessment), item)))
    if not form.validate():
        return _page(item, 422, sent_result=form)
    enter_result(
        db.session(),
        current_actor(),
        year=form.year.data,
        subject=form.subject.data,
        level=int(form.level.data) if form.level.data else None,
        rate=None if form.rate.data is None else float(form.rate.data),
        source=form.source.data.strip(),
        at=now(),
    )
    return _done(assessment.year, item, _("监测结果已保存，结果已重新评估。"))


@bp.post("/items/<string:item>/monitoring/<int:result_id>/drop")
def drop(item: str, result_id: int) -> Response:
    drop_result(db.session(), current_actor(), result_id=result_id, at=now())
    return _done(_assessment().year, item, _("已删除该学科的监测结果，结果已重新评估。"))


def _assessment() -> Assessment:
    year = current_year()
    found = latest(db.session(), year) if year is not None else None
    if found is None:
        raise NotFound(_("评估结果"))
    return found


def _page(item: str, status: int = 200, **context: Any) -> Response:
    page = item_page(db.session(), current_actor(), _assessment(), item, today=today(), **context)
    return show("items/item.html", "items/_item.html", status=status, page=page)


def _done(year: int, item: str, message: str) -> Response:
    renew_assessment(db.session(), current_actor(), year=year, at=now())
    db.session.commit()
    flash(message, "success")
    return go(url_for("items.item", item=item))
