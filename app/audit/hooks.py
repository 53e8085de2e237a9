"""Where entries come from without anybody asking: each commit, each download, each page read from above.

A download and a read have no transaction that writes. Their entry is written in a session of its own once
the answer stands and before a byte of it leaves; if it cannot be written the answer is an error instead.
"""

from flask import Flask, Response, request
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.http import parse_options_header

from app.audit import changes as _changes  # noqa: F401 -- listens to flushes
from app.audit.doers import doer_from
from app.audit.recording import record
from app.audit.writing import write_waiting
from app.auth.presence import PRESENCE, Presence
from app.clock import now
from app.extensions import db
from app.models.audit import Act
from app.tenancy import CountySession, enter_county
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
    presence: Presence | None = request.environ.get(PRESENCE)
    if presence is None or request.method == "HEAD" or response.status_code not in SEEN:
        return response
    file = response.headers.get("Content-Disposition", "").startswith("attachment")
    if file:
        _note(presence, Act.EXPORT, _file_name(response))
    elif presence.actor.role is Role.OVERSEER and request.method == "GET":
        _note(presence, Act.READ, "")
    return response


def _note(presence: Presence, act: Act, title: str) -> None:
    db.session.close()  # the request's own transaction is over; on SQLite it may hold the writer's lock
    actor = presence.actor
    with db.session.session_factory() as session:
        enter_county(session, actor.county_id)
        doer = doer_from(actor, request.remote_addr or "")
        asked = request.args.to_dict()
        record(session, doer, act=act, thing=request.path, title=title, after=asked or None)
        session.commit()


def _file_name(response: Response) -> str:
    _kind, options = parse_options_header(response.headers.get("Content-Disposition"))
    return options.get("filename", "")
