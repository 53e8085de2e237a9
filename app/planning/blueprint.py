"""The blueprint that the modules of this area hang their views on, and the words that its templates use."""

from typing import Any

from flask import Blueprint

from app.file_kinds import ACCEPT
from app.files import BATCH_MB, LIMIT_MB
from app.planning.draft_page import FIELD_NAMES, correction_words
from app.planning.sentences import STATES, act_word, moment, size_word
from plans.corrections.parts import PART_NAMES

bp = Blueprint("planning", __name__, cli_group="plans")


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "state_word": STATES.get,
        "act_word": act_word,
        "moment": moment,
        "size_word": size_word,
        "evidence_accept": ACCEPT,
        "file_limit_mb": LIMIT_MB,
        "batch_limit_mb": BATCH_MB,
        "correction_words": correction_words,
        "field_name": FIELD_NAMES.get,
        "part_name": PART_NAMES.get,
    }
