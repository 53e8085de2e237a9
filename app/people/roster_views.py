"""Inviting many people at once from a workbook: look first, then make the links."""

from pathlib import Path

from flask import current_app, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now
from app.extensions import db
from app.language import in_chinese
from app.pages import show
from app.people.blueprint import bp
from app.people.forms import RosterForm
from app.people.inviting import invite
from app.people.member_views import link_to
from app.people.roster import read_roster, roster_template
from app.returns.uploads import drop, put_aside, take_back
from plans.rights import Act, check
from scoring.errors import BadWorkbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/members/roster")
def roster() -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    return show("people/roster.html", form=RosterForm(formdata=None))


@bp.get("/members/roster.xlsx")
@in_chinese
def roster_form() -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    content = roster_template(db.session())
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=_("人员名单.xlsx"))


@bp.post("/members/roster")
def read_people() -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    form = RosterForm()
    if not form.validate():
        return show("people/roster.html", status=422, form=form)
    content = form.workbook.data.read()
    try:
        lines = read_roster(db.session(), content)
    except BadWorkbook as refusal:
        return show("people/roster.html", status=422, form=form, problems=refusal.problems)
    token = put_aside(_folder(), content, now())
    return show("people/roster_preview.html", lines=lines, token=token)


@bp.post("/members/roster/<string:token>")
def invite_people(token: str) -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    lines = read_roster(db.session(), take_back(_folder(), token))
    at, actor = now(), current_actor()
    made = [invite(db.session(), actor, name=line.name, part=line.part, at=at) for line in lines]
    db.session.commit()
    drop(_folder(), token)
    return show("people/links.html", links=[(one, link_to(one)) for one in made], lines=lines)


def _folder() -> Path:
    return Path(current_app.config["FILES"]) / "rosters" / str(current_actor().county_id)
