"""The page of reminder rules."""

from flask import flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.extensions import db
from app.pages import go, show
from app.tenant.blueprint import bp
from app.tenant.errors import RemindersRefused, SettingsOvertaken
from app.tenant.reminder_choices import Choices, ours, read_choices, save_reminders
from app.tenant.reminder_page import reminders_page
from plans.rights import Act, check


@bp.get("/settings/reminders")
def reminders() -> Response:
    check(current_actor(), Act.SET_COUNTY)
    return show("tenant/reminders.html", page=reminders_page(current_presence().county), refusal="")


@bp.post("/settings/reminders")
def keep_reminders() -> Response:
    check(current_actor(), Act.SET_COUNTY)
    typed = request.form.to_dict()
    try:
        return _kept(read_choices(typed), _("提醒规则已保存，从下一次提醒起生效。"))
    except RemindersRefused as refusal:
        return _refused(str(refusal), typed, refusal.problems)
    except SettingsOvertaken as refusal:
        del typed["seen"]  # told of the newer version, saving again is meant
        return _refused(str(refusal), typed, {})


@bp.post("/settings/reminders/reset")
def reset_reminders() -> Response:
    check(current_actor(), Act.SET_COUNTY)
    try:
        return _kept(ours(), _("提醒规则已恢复默认值。"))
    except SettingsOvertaken as refusal:
        flash(str(refusal), "error")
        return go(url_for("tenant.reminders"))


def _kept(chosen: Choices, told: str) -> Response:
    seen = request.form.get("seen", "")
    number = int(seen) if seen.isascii() and seen.isdecimal() else -1
    save_reminders(db.session(), current_actor(), chosen=chosen, seen=number)
    db.session.commit()
    flash(told, "success")
    return go(url_for("tenant.reminders"))


def _refused(refusal: str, typed: dict[str, str], problems: dict[str, str]) -> Response:
    page = reminders_page(current_presence().county, typed, problems)
    return show("tenant/reminders.html", status=422, page=page, refusal=refusal)
