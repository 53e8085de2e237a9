"""The page of rules and the acts on it; each act judges the drafts again."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, flash, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from app.assessments.inputs import Target
from app.assessments.runs import renew_all
from app.auth.presence import current_actor
from app.clock import now, today
from app.dates import moment_words
from app.extensions import db
from app.file_kinds import ACCEPT
from app.frame import current_year
from app.pages import go, show
from app.rules.commands import choose_setting, choose_variant, drop_target, set_target, switch_off
from app.rules.forms import RelaxationForm, TargetForm
from app.rules.pages import (
    KINDS,
    Sent,
    national_standard,
    place_choices,
    regional_standard,
    rules_page,
)
from app.rules.switching import save_switch
from plans.errors import PlanError, ReasonMissing
from plans.rights import Act, check

bp = Blueprint("rules", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {"moment": moment_words, "kinds": KINDS, "accept": ACCEPT}


@bp.get("/rules")
def index() -> Response:
    return _page(Sent())


@bp.post("/rules/variant")
def variant() -> Response:
    standard = national_standard(_session(), current_actor(), _year())
    wanted = request.form.get("variant", "")
    choose_variant(_session(), current_actor(), standard, variant=wanted, at=now())
    return _done(_("地方补充规定已更新，草稿结果已重新评估。"))


@bp.post("/rules/settings/<string:setting>")
def choose(setting: str) -> Response:
    standard = regional_standard(_session(), current_actor(), _year())
    choice = request.form.get(f"{setting}-choice", "")
    choose_setting(_session(), current_actor(), standard, name=setting, choice=choice, at=now())
    return _done(_("口径已更新，草稿结果已重新评估。"))


@bp.post("/rules/targets")
def add_target() -> Response:
    check(current_actor(), Act.SET_RULES)
    standard, form = regional_standard(_session(), current_actor(), _year()), TargetForm()
    form.place.choices = place_choices(standard)
    if not form.validate():
        return _page(Sent(target=form), 422)
    item, part, sense, key = form.place.data.split("|")
    wanted = Target(item, part, sense, key, form.limit.data.strip(), form.source.data.strip())
    try:
        set_target(_session(), current_actor(), standard, target=wanted, at=now())
    except PlanError as refusal:
        form.limit.errors = [str(refusal)]
        return _page(Sent(target=form), 422)
    return _done(_("本县目标已保存，草稿结果已重新评估。"))


@bp.post("/rules/targets/<int:limit_id>/drop")
def drop(limit_id: int) -> Response:
    drop_target(_session(), current_actor(), target_id=limit_id, at=now())
    return _done(_("已取消本县目标，草稿结果已重新评估。"))


@bp.post("/rules/relaxations")
def relax() -> Response:
    check(current_actor(), Act.SET_RULES)
    standard, form = national_standard(_session(), current_actor(), _year()), RelaxationForm()
    form.code.choices = [one.code for one in standard.relaxations]
    folder = Path(current_app.config["FILES"])
    refusal = save_switch(_session(), current_actor(), standard, form, folder=folder, at=now())
    if refusal:
        db.session.commit()  # files that came with it
        return _page(Sent(relaxation=form, refusal=refusal), 422)
    return _done(_("放宽条款已启用，草稿结果已重新评估，受影响的结论注明该条款。"))


@bp.post("/rules/relaxations/<int:switch_id>/off")
def stop(switch_id: int) -> Response:
    reason = request.form.get("reason", "")[:2000]
    try:
        switch_off(_session(), current_actor(), switch_id=switch_id, reason=reason, at=now())
    except ReasonMissing as refusal:
        return _page(Sent(refusal=str(refusal)), 422)
    return _done(_("放宽条款已停用，草稿结果已重新评估。"))


def _session() -> Session:
    return db.session()


def _year() -> int:
    return current_year() or today().year


def _page(sent: Sent, status: int = 200) -> Response:
    page = rules_page(_session(), current_actor(), _year(), sent)
    return show("rules/index.html", "rules/_index.html", status=status, page=page)


def _done(message: str) -> Response:
    renew_all(_session(), current_actor(), at=now())
    db.session.commit()
    flash(message, "success")
    return go(url_for("rules.index"))
