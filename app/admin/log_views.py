"""The platform's own log."""

from flask import current_app, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.admin.blueprint import bp
from app.audit.chains import PLATFORM
from app.audit.pages import LogPlace, export_rows, log_page, one_line, wanted_of
from app.auth.presence import for_platform
from app.clock import now, today
from app.extensions import db
from app.language import in_chinese
from app.ledgers.workbook import ledger_workbook
from app.pages import show
from plans.words import _ as _l

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLACE = LogPlace("admin.log", "admin.export", "admin.entry", _l("平台日志"))


@bp.get("/log")
@for_platform
def log() -> Response:
    page = log_page(
        db.session(),
        PLATFORM,
        wanted_of(request.args),
        page=request.args.get("page", 1, type=int),
        whole="whole" in request.args,
        kept_days=current_app.config["AUDIT_KEPT_DAYS"],
    )
    return show("audit/index.html", "audit/_log.html", page=page, place=PLACE)


@bp.get("/log/<int:entry_no>")
@for_platform
def entry(entry_no: int) -> Response:
    return show("audit/entry.html", line=one_line(db.session(), PLATFORM, entry_no), place=PLACE)


@bp.get("/log.xlsx")
@for_platform
@in_chinese
def export() -> Response:
    columns, rows = export_rows(db.session(), PLATFORM, wanted_of(request.args))
    title = _("平台日志%(day)s", day=today().isoformat())
    content = ledger_workbook(title, _("共 %(n)s 条", n=len(rows)), columns, rows, now())
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{title}.xlsx")
