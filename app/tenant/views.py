"""The page of a county's settings."""

from flask import flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.extensions import db
from app.pages import go, show
from app.tenant import reminder_views
from app.tenant.blueprint import bp
from app.tenant.commands import save_settings, version_of
from app.tenant.errors import SettingsOvertaken
from app.tenant.forms import SettingsForm, form_of
from plans.rights import Act, check

__all__ = ["bp", "reminder_views"]


@bp.get("/settings")
def index() -> Response:
    check(current_actor(), Act.SET_COUNTY)
    return _shown(form_of(current_presence().county))


@bp.post("/settings")
def save() -> Response:
    check(current_actor(), Act.SET_COUNTY)
    form = SettingsForm()
    if not form.validate():
        return _shown(form, 422)
    seen = int(form.seen.data) if (form.seen.data or "").isdecimal() else -1
    try:
        save_settings(db.session(), current_actor(), chosen=form.chosen, seen=seen)
    except SettingsOvertaken as refusal:
        form.seen.data = version_of(current_presence().county)  # told of it, saving again is meant
        return _shown(form, 422, str(refusal))
    db.session.commit()
    flash(_("设置已保存，即时生效。"), "success")
    return go(url_for("tenant.index"))


def _shown(form: SettingsForm, status: int = 200, refusal: str = "") -> Response:
    county = current_presence().county
    return show(
        "tenant/index.html",
        status=status,
        form=form,
        version=version_of(county),
        refusal=refusal,
    )
