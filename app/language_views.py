"""Choosing the language to read in."""

from flask import Blueprint, Response, redirect, request
from flask_login import current_user

from app.auth.addresses import own_address
from app.auth.presence import open_to_all
from app.extensions import db
from app.language import LANGUAGES, keep_language

bp = Blueprint("language", __name__)


@bp.post("/language")
@open_to_all  # chosen before signing in too
def choose() -> Response:
    answer: Response = redirect(own_address(request.form.get("next")), 303)  # type: ignore[assignment]
    wanted = request.form.get("language", "")
    if wanted not in LANGUAGES:
        return answer
    if current_user.is_authenticated:
        current_user.language = wanted
        db.session.commit()
    return keep_language(wanted, answer)
