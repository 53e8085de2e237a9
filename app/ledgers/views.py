"""The ledgers of met and unmet findings, on the screen and as Excel."""

from flask import Blueprint, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now
from app.extensions import db
from app.frame import current_year
from app.language import in_chinese
from app.ledgers.pages import ledger_page
from app.ledgers.rows import Kind, LedgerFilter, text_of
from app.ledgers.workbook import ledger_workbook
from app.pages import show
from app.returns.store import may_upload
from plans.errors import NotFound

bp = Blueprint("ledgers", __name__)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/ledgers")
def index() -> Response:
    return ledger(Kind.UNMET)


@bp.get("/ledgers/<string:kind>")
def ledger(kind: str) -> Response:
    page = ledger_page(db.session(), current_year(), _kind(kind), _wanted())
    if page is None:
        return show("assessments/nothing_yet.html", may_upload=may_upload(current_actor()))
    return show("ledgers/ledger.html", "ledgers/_ledger.html", page=page, text_of=text_of)


@bp.get("/ledgers/<string:kind>.xlsx")
@in_chinese
def workbook(kind: str) -> Response:
    page = ledger_page(db.session(), current_year(), _kind(kind), _wanted())
    if page is None:
        raise NotFound(_("评估结果"))
    content = ledger_workbook(page.title, "；".join(page.basis), page.columns, page.rows, now())
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{page.title}.xlsx")


def _kind(word: str) -> Kind:
    if word not in list(Kind):
        raise NotFound(_("台账"))
    return Kind(word)


def _wanted() -> LedgerFilter:
    return LedgerFilter(
        **{name: request.args.get(name, "") for name in ("level", "stage", "code", "verdict")}
    )
