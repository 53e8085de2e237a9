"""Where entries come from without anybody asking: each commit, each download, each page read from above.

A download and a read have no transaction that writes. Their entry is written in a session of its own once
the answer stands and before a byte of it leaves; if it cannot be written the answer is an error instead.
"""

from flask import Flask, Response, request
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.http import parse_options_header

from app.audit import changes as _changes  # noqa: F401 -- listens to flushes
from app.audit.doers import Doer, doer_from, doer_of
from app.audit.recording import record
from app.audit.writing import write_waiting
from app.auth.presence import ABOVE, ADMIN, PRESENCE, Presence
from app.clock import now
from app.extensions import db
from app.models.audit import Act
from app.tenancy import SCOPE, CountySession, enter_county
from plans.actors import Role

SEEN = (200, 206)


def init_app(app: Flask) -> None:
    """Note downloads and reads from above."""
    app.after_request(_note_answer)


@event.listens_for(CountySession, "before_commit")
def _write(session: Session) -> None:
    if not session.in_nested_transaction():  # a savepoint is no commit
        write_waiting(session, now())


def _note_answer(response: Response) -> Response:
    doer = _doer()
    if doer is None or request.method == "HEAD" or response.status_code not in SEEN:
        return response
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        _note(doer, Act.EXPORT, _file_name(response))
    elif doer.role == Role.OVERSEER and request.method == "GET":
        _note(doer, Act.READ, "")
    return response


def _doer() -> Doer | None:
    """Who gets the answer; above the counties and on the platform's pages it is who stands there."""
    presence: Presence | None = request.environ.get(PRESENCE)
    if presence:
        return doer_from(presence.actor, request.remote_addr or "")
    return doer_of(db.session()) if {ABOVE, ADMIN} & request.environ.keys() else None


def _note(doer: Doer, act: Act, title: str) -> None:
    """Into the log of the county that was read; what the platform's administrator took, into both."""
    county_id = db.session().info.get(SCOPE)
    db.session.close()  # the request's own transaction is over; on SQLite it may hold the writer's lock
    asked = request.args.to_dict() or None
    chains = {False} if ADMIN not in request.environ else {county_id is None, True}
    with db.session.session_factory() as session:
        if county_id is not None:
            enter_county(session, county_id)
        for for_platform in chains:
            record(
                session,
                doer,
                act=act,
                thing=request.path,
                title=title,
                after=asked,
                for_platform=for_platform,
            )
        session.commit()


def _file_name(response: Response) -> str:
    _kind, options = parse_options_header(response.headers.get("Content-Disposition"))
    return options.get("filename", "")
