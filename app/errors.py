"""Where exceptions become answers: the only place with HTTP codes for refusals."""

import logging
import re
from urllib.parse import quote, urlsplit

from flask import Flask, current_app, request, session
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response

from app.auth.addresses import own_address
from app.auth.errors import AccessRefused, AccountNotFound, CountySuspended, TooManyAttempts
from app.auth.presence import ADMIN, BROKEN, PRESENCE
from app.extensions import db, htmx
from app.oversight.errors import NotBelow
from app.pages import show
from app.read_only import ReadOnlyScope
from plans.errors import ActNotAllowed, NotFound, PlanError
from scoring.errors import ScoringError

KNOWN_PAGES = (400, 403, 404, 405, 413, 429)
LOGGED = (403, 404)
TOKEN = re.compile(r"[^/]{25,}")  # links that open something by themselves are longer than any key or code
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Teach the app how to answer each kind of refusal."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(NotBelow, _not_found)
    app.register_error_handler(ActNotAllowed, _forbidden)
    app.register_error_handler(PlanError, _refused)
    app.register_error_handler(ScoringError, _refused)
    app.register_error_handler(TooManyAttempts, _too_often)
    app.register_error_handler(AccountNotFound, _not_found)
    app.register_error_handler(CountySuspended, _forbidden)
    app.register_error_handler(AccessRefused, _refused)
    app.register_error_handler(ReadOnlyScope, _looking_only)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _broken)
    app.after_request(_log_refusal)


def _not_found(error: NotFound | AccountNotFound | NotBelow) -> Response:
    return _page(404, str(error))


def _forbidden(error: ActNotAllowed | CountySuspended) -> Response:
    return _page(403, str(error))


def _refused(error: PlanError | ScoringError | AccessRefused) -> Response:
    db.session.rollback()
    return _page(409, str(error))


def _too_often(error: TooManyAttempts) -> Response:
    db.session.rollback()
    answer = _page(429, str(error))
    answer.headers["Retry-After"] = str(error.wait_s)
    return answer


def _looking_only(error: ReadOnlyScope) -> Response:
    db.session.rollback()
    return _page(403, str(error))


def _overtaken(_error: StaleDataError) -> Response:
    db.session.rollback()
    return _page(409, _("该内容刚刚被他人更新，本次操作没有保存。请返回上一页刷新后再试。"))


def _expired(_error: CSRFError) -> Response:
    return _page(400, _("页面停留时间过长或已在别处退出，本次操作没有保存。请刷新页面后再试。"))


def _http(error: HTTPException) -> Response:
    if isinstance(error, SecurityError):  # a strange host: there is not even an address to link to
        return Response("400", 400, mimetype="text/plain")
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    return _page(error.code, None)


def _broken(_error: Exception) -> Response:
    # No frame: whatever broke may be behind it too.
    request.environ[BROKEN] = True
    return _bare("errors/500.html", 500)


def _log_refusal(response: Response) -> Response:
    """Leave a line where somebody signed in was refused, or looked for what is not there for him."""
    account_id = session.get("_user_id")
    if account_id and response.status_code in LOGGED:
        # Quoted, so that no address can write a line of its own.
        path = quote(TOKEN.sub("*", request.path), safe="/*")
        told = (response.status_code, account_id, request.method, path, request.remote_addr)
        log.warning("Refused with %s: account %s, %s %s, from %s", *told)
    return response


def _page(code: int, message: str | None) -> Response:
    name = f"errors/{code if code in KNOWN_PAGES else 'refused'}.html"
    if not {PRESENCE, ADMIN} & request.environ.keys():
        return _bare("errors/_refusal.html" if htmx else name, code, message=message)
    return show(name, "errors/_refusal.html", status=code, message=message, code=code, back=_way_back())


def _way_back() -> str:
    """The page of ours that the refused act began on; empty where there is none to go back to."""
    begun = urlsplit(request.referrer or "")
    if request.method != "POST" or begun.netloc != request.host or begun.path == request.path:
        return ""
    return own_address(f"{begun.path}?{begun.query}" if begun.query else begun.path)


def _bare(template: str, code: int, message: str | None = None) -> Response:
    """A page for which nobody is asked who is here: the views' own words may need to know."""
    text = current_app.jinja_env.get_template(template).render(message=message, code=code)
    return Response(text, code, mimetype="text/html")
