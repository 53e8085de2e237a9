"""The page that recomputes what a report prints. It keeps nothing."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.claims.own import own_claims
from app.claims.reading import FORMULA_NAMES, checked_lines, line_of
from app.extensions import db
from app.frame import current_year
from app.pages import show
from app.rubric.pages import rubric
from app.rubric.queries import annual_figures
from scoring.claims import OUTCOME_LABELS

bp = Blueprint("claims", __name__)
LONGEST = 40_000


@bp.get("/claims")
def index() -> Response:
    return _page(_own_lines() if request.args.get("own") == "1" else "")


@bp.post("/claims")
def check() -> Response:
    return _page(request.form.get("claims", "")[:LONGEST])


def _page(text: str) -> Response:
    return show(
        "claims/index.html",
        "claims/_findings.html",
        text=text,
        lines=checked_lines(text),
        formulas=FORMULA_NAMES,
        outcomes=OUTCOME_LABELS,
    )


def _own_lines() -> str:
    year = current_year()
    if year is None:
        return ""
    claims = own_claims(rubric(), annual_figures(db.session(), rubric()), year)
    return "\n".join(line_of(claim) for claim in claims)
