"""The log of one's own county: filtered, page by page, and as Excel."""

from flask import Blueprint, current_app, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.audit.chains import chain_of
from app.audit.pages import LogPlace, export_rows, log_page, one_line, wanted_of
from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.ledgers.workbook import ledger_workbook
from app.pages import show
from plans.rights import Act, check
from plans.words import _ as _l

bp = Blueprint("audit", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE = LogPlace("audit.index", "audit.export", "audit.entry", _l("审计日志"))


@bp.get("/audit")
def index() -> Response:
    check(current_actor(), Act.READ_LOG)
    session, number = db.session(), request.args.get("page", 1, type=int)
    page = log_page(
        session,
        chain_of(session),
        wanted_of(request.args),
        page=number,
        whole="whole" in request.args,
        kept_days=current_app.config["AUDIT_KEPT_DAYS"],
    )
    return show("audit/index.html", "audit/_log.html", page=page, place=PLACE)


@bp.get("/audit/<int:entry_no>")
def entry(entry_no: int) -> Response:
    check(current_actor(), Act.READ_LOG)
    line = one_line(db.session(), chain_of(db.session()), entry_no)
    return show("audit/entry.html", line=line, place=PLACE)


@bp.get("/audit.xlsx")
def export() -> Response:
    check(current_actor(), Act.READ_LOG)
    columns, rows = export_rows(db.session(), chain_of(db.session()), wanted_of(request.args))
    title = _("审计日志%(day)s", day=today().isoformat())
    content = ledger_workbook(title, _("共 %(n)s 条", n=len(rows)), columns, rows, now())
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{title}.xlsx")
