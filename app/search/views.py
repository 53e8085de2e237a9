"""Search: a page, and for the field in the frame a short list."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.assessments.queries import latest, standard_of
from app.auth.presence import current_actor, current_presence
from app.clock import today
from app.extensions import db
from app.frame import current_year
from app.pages import show
from app.search.hits import Kind, Place, find
from app.search.page import ALL, SearchPage, kind_words
from app.search.words import wanted_of
from scoring.loader import load_standard

bp = Blueprint("search", __name__)


@bp.get("/search")
def index() -> Response:
    wanted = wanted_of(request.args.get("q", ""))
    groups = find(db.session(), _place(), wanted.words, ALL) if wanted.can_be_found else []
    page = SearchPage(wanted, groups, request.args.get("kind", type=Kind))
    return show("search/index.html", "search/_live.html", page=page, kind_words=kind_words())


def _place() -> Place:
    year = current_year()
    assessment = None if year is None else latest(db.session(), year)
    standard = (
        standard_of(assessment) if assessment else load_standard(current_presence().county.standard, today())
    )
    return Place(current_actor(), assessment, standard)
