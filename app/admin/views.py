"""The platform's pages: counties made, suspended, invited to, exported, erased; the platform's log."""

import tempfile
from pathlib import Path

from flask import current_app, flash, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admin.archive import write_archive
from app.admin.blueprint import bp
from app.admin.counties import (
    ask_erasure,
    cancel_erasure,
    create_county,
    find_county,
    invite_office,
    resume,
    suspend,
)
from app.admin.erasing import erase, erase_files
from app.admin.errors import CodeTaken, NameDiffers
from app.admin.forms import CountyForm, EraseForm, PersonForm
from app.admin.log_views import export, log
from app.admin.pages import counties_page, county_line
from app.admin.running_page import alarm_words
from app.admin.running_views import resend_message, running
from app.auth.presence import current_admin, for_platform
from app.clock import now, today
from app.extensions import db
from app.jobs.runs import standing
from app.pages import go, show
from app.people.inviting import Invited
from plans.base import County

__all__ = ["bp", "export", "log", "resend_message", "running"]
IN_MEMORY = 5 << 20


@bp.get("")
@for_platform
def index() -> Response:
    alarm = alarm_words(standing(db.session(), now()))
    return show("admin/index.html", page=counties_page(db.session(), today()), alarm=alarm)


@bp.get("/counties/new")
@for_platform
def new_county() -> Response:
    form = CountyForm(formdata=None, horizon_year=2029)
    form.offer()
    return show("admin/new_county.html", form=form)


@bp.post("/counties/new")
@for_platform
def create() -> Response:
    form = CountyForm()
    form.offer()
    try:
        if not form.validate():
            return show("admin/new_county.html", status=422, form=form)
        made = create_county(db.session(), current_admin(), given=form.given, at=now())
    except CodeTaken as refusal:
        form.code.errors = [str(refusal)]
        return show("admin/new_county.html", status=422, form=form)
    db.session.commit()
    return _invited(form.code.data, made)


@bp.get("/counties/<string:county_code>")
@for_platform
def county(county_code: str) -> Response:
    return _shown(find_county(db.session(), county_code))


@bp.post("/counties/<string:county_code>/invite")
@for_platform
def invite(county_code: str) -> Response:
    found, form = find_county(db.session(), county_code), PersonForm()
    if not form.validate():
        return _shown(found, 422, person=form)
    made = invite_office(db.session(), current_admin(), found, person=form.person.data, at=now())
    db.session.commit()
    return _invited(county_code, made)


@bp.post("/counties/<string:county_code>/suspend")
@for_platform
def suspend_county(county_code: str) -> Response:
    suspend(db.session(), current_admin(), find_county(db.session(), county_code), at=now())
    db.session.commit()
    flash(_("已暂停使用，数据完整保留。"), "success")
    return go(url_for("admin.county", county_code=county_code))


@bp.post("/counties/<string:county_code>/resume")
@for_platform
def resume_county(county_code: str) -> Response:
    resume(db.session(), current_admin(), find_county(db.session(), county_code))
    db.session.commit()
    flash(_("已恢复使用。"), "success")
    return go(url_for("admin.county", county_code=county_code))


@bp.get("/counties/<string:county_code>/archive.zip")
@for_platform
def archive(county_code: str) -> Response:
    found = find_county(db.session(), county_code)
    target = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- closed with the answer
    write_archive(db.session(), found, target, folder=_files(), at=now())
    target.seek(0)
    name = f"{found.name}{today().isoformat()}.zip"
    return send_file(target, mimetype="application/zip", as_attachment=True, download_name=name)


@bp.post("/counties/<string:county_code>/erasure")
@for_platform
def ask(county_code: str) -> Response:
    found, form = find_county(db.session(), county_code), EraseForm()
    try:
        ask_erasure(db.session(), current_admin(), found, typed=form.typed.data or "", today=today())
    except NameDiffers as refusal:
        form.typed.errors = [str(refusal)]
        return _shown(found, 422, erasure=form)
    db.session.commit()
    flash(_("已登记删除，等待期内可以撤销。"), "success")
    return go(url_for("admin.county", county_code=county_code))


@bp.post("/counties/<string:county_code>/erasure/cancel")
@for_platform
def cancel(county_code: str) -> Response:
    cancel_erasure(db.session(), current_admin(), find_county(db.session(), county_code))
    db.session.commit()
    flash(_("已撤销删除。"), "success")
    return go(url_for("admin.county", county_code=county_code))


@bp.post("/counties/<string:county_code>/erase")
@for_platform
def erase_now(county_code: str) -> Response:
    found = find_county(db.session(), county_code)
    form, county_id, name = EraseForm(), found.id, found.name
    if (form.typed.data or "").strip() != name:
        form.typed.errors = [str(NameDiffers(name))]
        return _shown(found, 422, erasure=form)
    erase(db.session(), current_admin(), found, today=today())
    db.session.commit()
    erase_files(_files(), county_id)
    flash(_("%(name)s及其全部数据、文件已删除。", name=name), "success")
    return go(url_for("admin.index"))


def _shown(
    found: County, status: int = 200, *, person: PersonForm | None = None, erasure: EraseForm | None = None
) -> Response:
    return show(
        "admin/county.html",
        status=status,
        line=county_line(db.session(), found, today()),
        person=person or PersonForm(formdata=None),
        erasure=erasure or EraseForm(formdata=None),
    )


def _invited(code: str, made: Invited) -> Response:
    # Shown once and kept nowhere: only the hash of the token is in the database.
    link = url_for("people.invitation", county_code=code, token=made.token, _external=True)
    return show("admin/invited.html", code=code, person=made.invitation.name, link=link)


def _files() -> Path:
    return Path(current_app.config["FILES"])
