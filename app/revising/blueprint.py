"""The blueprint that the modules of this area hang their views on, and the words that its templates use."""

from typing import Any

from flask import Blueprint

from app.revising.changes_page import PART_WORDS, moment
from plans.snapshots import FIELD_WORDS, differing_part

bp = Blueprint("revising", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "part_word": PART_WORDS.get,
        "field_word": FIELD_WORDS.get,
        "moment_of": moment,
        "differing_part": differing_part,
    }
