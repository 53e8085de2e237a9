"""The calendar feed: open to whoever holds the secret link."""

from flask import abort, make_response, request, url_for
from werkzeug.wrappers import Response

from app.auth.presence import open_to_all
from app.clock import today
from app.extensions import db
from app.messages.blueprint import bp
from app.messages.feed import calendar_of, entries_of
from app.messages.preferences import owner_of_feed
from app.messages.queries import county_with_code
from app.models import Account
from app.readers import reading_in
from app.tenancy import enter_county
from plans.agenda import Entry, EntryKind


@bp.get("/feeds/<string:county_code>/<string:token>")
@open_to_all
def feed(county_code: str, token: str) -> Response:
    session = db.session()
    county = county_with_code(session, county_code)
    if county is None or county.suspended_at is not None:
        abort(404)
    enter_county(session, county.id)
    account_id = owner_of_feed(session, token.removesuffix(".ics"))
    entries = None if account_id is None else entries_of(session, account_id, today=today())
    if entries is None:
        abort(404)
    with reading_in(session.get_one(Account, account_id).language):
        answer = make_response(calendar_of(county.name, entries, link_of=_link, today=today()))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Cache-Control"] = "private, max-age=900"
    answer.add_etag()
    return answer.make_conditional(request)


def _link(entry: Entry) -> str:
    if entry.kind is EntryKind.TASK:
        return url_for("planning.task", task_id=entry.row_id, _external=True)
    if entry.kind is EntryKind.MILESTONE:
        return url_for("milestones.milestone", milestone_id=entry.row_id, _external=True)
    if entry.kind is EntryKind.NOTICE:
        return url_for("work.notice", notice_id=entry.row_id, _external=True)
    return url_for("work.calendar", _external=True)
