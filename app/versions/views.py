"""Versions of results: the list, one version with its difference, and the moves."""

from typing import Any

from flask import Blueprint, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.assessments.sentences import moment
from app.auth.presence import current_actor
from app.clock import now
from app.extensions import db
from app.models.assessments import VersionMove
from app.pages import go, show
from app.versions.commands import move_version
from app.versions.pages import version_page, versions_page
from app.versions.sentences import version_name
from app.versions.words import MOVES, QUESTIONS, STATES
from plans.errors import NotFound, ReasonMissing

bp = Blueprint("versions", __name__)
LONGEST_NOTE = 2000


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "states": STATES,
        "move_words": MOVES,
        "questions": QUESTIONS,
        "moment": moment,
        "version_name": version_name,
    }


@bp.get("/versions")
def index() -> Response:
    return show("versions/index.html", page=versions_page(db.session()))


@bp.get("/versions/<int:version_id>")
def version(version_id: int) -> Response:
    return show("versions/version.html", page=version_page(db.session(), current_actor(), version_id))


@bp.post("/versions/<int:version_id>/<string:move>")
def make_move(version_id: int, move: str) -> Response:
    wanted, note = _move(move), request.form.get("note", "").strip()[:LONGEST_NOTE]
    try:
        move_version(
            db.session(), current_actor(), assessment_id=version_id, move=wanted, note=note, at=now()
        )
    except ReasonMissing as refusal:
        page = version_page(db.session(), current_actor(), version_id)
        return show("versions/version.html", status=422, page=page, refusal=str(refusal))
    db.session.commit()
    flash(_("已办理：%(move)s。", move=MOVES[wanted]), "success")
    return go(url_for("versions.version", version_id=version_id))


def _move(word: str) -> VersionMove:
    if word not in list(VersionMove):
        raise NotFound(_("办理事项"))
    return VersionMove(word)
