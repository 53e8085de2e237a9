"""The blueprint that the views of people share."""

from typing import Any

from flask import Blueprint

from app.assessments.sentences import moment
from app.people.posts import POSTS
from app.people.sentences import ACTS, event_words
from app.people.words import POST_NAMES, role_names

bp = Blueprint("people", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "role_names": role_names(),
        "posts": POSTS,
        "post_names": POST_NAMES,
        "act_words": ACTS,
        "event_words": event_words,
        "moment": moment,
    }
