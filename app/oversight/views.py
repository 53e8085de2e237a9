"""Pages above the counties: the board, one county's version, and the way into a county, reading only."""

from datetime import datetime
from typing import Any

from flask import flash, request, send_file, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.assessments.sentences import moment
from app.audit.recording import record
from app.auth.presence import ENTERED, current_above, from_above
from app.clock import now
from app.extensions import db
from app.language import in_chinese
from app.models import CountyStanding
from app.models.assessments import VersionMove
from app.models.audit import Act as Kind
from app.oversight import words
from app.oversight.blueprint import bp
from app.oversight.board import Board, board, item_labels, standing_below
from app.oversight.deciding import decide, moves_for, overseer
from app.oversight.push_views import push
from app.oversight.regions import county_below
from app.oversight.sentences import basis, board_sentence, standing_sentence
from app.oversight.wanted import Wanted, choices_of
from app.oversight.workbook import board_workbook
from app.pages import go, show
from app.tenancy import enter_county
from app.versions.moves import UPPER
from app.versions.words import MOVES, QUESTIONS, STATES
from plans.errors import NotFound, ReasonMissing
from plans.rights import Act, check

__all__ = ["bp", "push"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NOTE = 2000


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "words": words,
        "states": STATES,
        "move_words": MOVES,
        "move_names": {move.value: word for move, word in MOVES.items()},
        "questions": QUESTIONS,
        "moment": moment,
        "moment_of": lambda written: moment(datetime.fromisoformat(written)),
    }


@bp.get("/oversight")
@from_above
def index() -> Response:
    session.pop(ENTERED, None)
    found, wanted = _board(), _wanted()
    return show(
        "oversight/index.html",
        "oversight/_board.html",
        headline=board_sentence(found),
        basis=basis(current_above().regions, found),
        board=found,
        lines=wanted.chosen(found.lines),
        wanted=wanted,
        choices=choices_of(found),
    )


@bp.get("/oversight.xlsx")
@from_above
@in_chinese
def workbook() -> Response:
    found = _board()
    title = _("%(year)s 年度所辖县（市、区）情况", year=found.year)
    told = _("；").join(basis(current_above().regions, found))
    content = board_workbook(found, _wanted().chosen(found.lines), title, told, now())
    return send_file(content, mimetype=XLSX, as_attachment=True, download_name=f"{title}.xlsx")


@bp.get("/oversight/standings/<int:standing_id>")
@from_above
def standing(standing_id: int) -> Response:
    return _standing(_found(standing_id))


@bp.post("/oversight/standings/<int:standing_id>/<string:move>")
@from_above
def decide_version(standing_id: int, move: str) -> Response:
    found, wanted = _found(standing_id), _move(move)
    regions, note = current_above().regions, request.form.get("note", "").strip()[:LONGEST_NOTE]
    county = county_below(db.session(), regions, found.county_code)
    actor = overseer(current_user, regions, county)
    try:
        decide(db.session(), actor, regions, found, move=wanted, note=note, at=now())
    except ReasonMissing as refusal:
        return _standing(found, 422, str(refusal))
    db.session.commit()
    flash(_("已办理：%(move)s。", move=MOVES[wanted]), "success")
    return go(url_for("oversight.standing", standing_id=standing_id))


@bp.post("/oversight/counties/<string:county_code>/enter")
@from_above
def enter(county_code: str) -> Response:
    """Look into a county; that it was entered stands in the county's own audit log."""
    county = county_below(db.session(), current_above().regions, county_code)
    check(overseer(current_user, current_above().regions, county), Act.WATCH_COUNTIES)
    enter_county(db.session(), county.id)
    record(db.session(), act=Kind.READ, thing=f"county:{county.code}", title=_("上级只读进入本县"), at=now())
    db.session.commit()
    session[ENTERED] = county_code
    session.pop("year", None)
    return go(url_for("dashboard.home"))


def _board() -> Board:
    year, standard = request.args.get("year", type=int), request.args.get("standard")
    return board(db.session(), current_above().regions, year=year, standard=standard)


def _wanted() -> Wanted:
    return Wanted(**{name: request.args.get(name, "") for name in ("show", "code", "place", "sort")})


def _found(standing_id: int) -> CountyStanding:
    found = standing_below(db.session(), current_above().regions, standing_id)
    if found is None:
        raise NotFound(_("上报版本"))
    return found


def _move(word: str) -> VersionMove:
    if word not in list(VersionMove) or VersionMove(word) not in UPPER:
        raise NotFound(_("办理事项"))
    return VersionMove(word)


def _standing(found: CountyStanding, status: int = 200, refusal: str = "") -> Response:
    regions = current_above().regions
    county = county_below(db.session(), regions, found.county_code)
    actor = overseer(current_user, regions, county)
    return show(
        "oversight/standing.html",
        status=status,
        standing=found,
        county=county,
        headline=standing_sentence(county.name, found),
        labels=item_labels(found),
        moves=moves_for(db.session(), actor, regions, found),
        refusal=refusal,
    )
