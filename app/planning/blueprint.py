"""The blueprint that the modules of this area hang their views on, and the words that its templates use."""

from typing import Any

from flask import Blueprint

from app.file_kinds import ACCEPT
from app.planning.sentences import STATES, act_word, moment, size_word

bp = Blueprint("planning", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "state_word": STATES.get,
        "act_word": act_word,
        "moment": moment,
        "size_word": size_word,
        "evidence_accept": ACCEPT,
    }
