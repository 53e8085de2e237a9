"""How often one person may do what is costly: upload and search. Counted in the database, for all processes.

An upload is told by its size and a search by the parameter that every search box sends, so that no view can
forget it. The count stands in a transaction of its own before the request's.
"""

from datetime import timedelta

from flask import Flask, current_app, request, session

from app.auth.attempts import count_use
from app.clock import now
from app.extensions import db
from plans.words import _

UPLOAD_BYTES = 64 * 1024
SEARCH = "q"
_WORDS = {"upload": _("上传太频繁"), "search": _("搜索太频繁")}


def init_app(app: Flask) -> None:
    """Count before anything else is done; must be bound before the presence."""
    app.before_request(_count)


def _count() -> None:
    kind, account_id = _kind(), session.get("_user_id")
    if kind is None or account_id is None:
        return
    limit, seconds = current_app.config["RATE_LIMITS"][kind]
    with db.session.session_factory() as counting:
        count_use(
            counting,
            f"{kind}:{account_id}",
            limit=limit,
            window=timedelta(seconds=seconds),
            at=now(),
            what=_WORDS[kind],
        )
        counting.commit()


def _kind() -> str | None:
    if request.method == "POST":
        return "upload" if (request.content_length or 0) > UPLOAD_BYTES else None
    return "search" if request.args.get(SEARCH) else None
