"""Sending a built-in plan down: choose it, lock parts, choose counties, look, send."""

from collections.abc import Callable, Sequence

from flask import flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.audit.doers import act_as, doer_of
from app.auth.presence import current_above, from_above
from app.clock import now
from app.extensions import db
from app.oversight.blueprint import bp
from app.oversight.deciding import outside
from app.oversight.push_page import (
    TemplateView,
    held_back_words,
    places_of,
    preview_headline,
    sent_words,
    template_parts,
    template_view,
    template_views,
    wholes_of,
)
from app.oversight.pushing import Aim, Effect, Wish, aims_below, effect, parts_words, send
from app.pages import go, show
from app.tenancy import enter_county
from plans.corrections.parts import Part
from plans.errors import NotFound
from plans.rights import Act, check

Done = Callable[[Session, Aim, Wish], Effect]


@bp.get("/oversight/templates")
@from_above
def templates() -> Response:
    return show("oversight/templates.html", templates=template_views())


@bp.get("/oversight/templates/<string:template_name>")
@from_above
def template(template_name: str) -> Response:
    return _chooser(_found(template_name), request.args)


@bp.get("/oversight/templates/<string:template_name>/preview")
@from_above
def preview_push(template_name: str) -> Response:
    found = _found(template_name)
    wish, aims = _wish(found, request.args), _aims(found, request.args)
    if not aims:
        return _chooser(found, request.args, 422, _("还没有选择县（市、区），请勾选后再预览。"))
    effects = _each(aims, wish, effect, reads_only=True)
    return show(
        "oversight/push_preview.html",
        template=found,
        wish=wish,
        locked=parts_words(wish.locked),
        effects=effects,
        headline=preview_headline(effects),
        n_sent=sum(one.is_sent for one in effects),
    )


@bp.post("/oversight/templates/<string:template_name>/push")
@from_above
def push(template_name: str) -> Response:
    found = _found(template_name)
    wish, aims, at = _wish(found, request.form), _aims(found, request.form), now()
    effects = _each(aims, wish, lambda session, aim, wish: send(session, aim, wish, at=at))
    for words, category in ((sent_words(effects), "success"), (held_back_words(effects), "warning")):
        if words:
            flash(words, category)
    lock, place = list(wish.locked), list(wish.places)
    return go(url_for("oversight.preview_push", template_name=template_name, lock=lock, place=place))


def _found(name: str) -> TemplateView:
    found = template_view(name)
    if found is None:
        raise NotFound(_("方案模板"))
    return found


def _wish(found: TemplateView, given: MultiDict[str, str]) -> Wish:
    asked = given.getlist("lock")
    locked = tuple(part for part in Part if part in asked)
    return Wish(found.entry.name, found.title, found.horizon, locked, tuple(given.getlist("place")))


def _aims(found: TemplateView, given: MultiDict[str, str]) -> list[Aim]:
    """The counties that were chosen, of those below alone."""
    check(outside(current_user), Act.PUSH_TEMPLATE)
    wish = _wish(found, given)
    return [aim for aim in aims_below(db.session(), current_above().regions) if wish.covers(aim)]


def _each(aims: Sequence[Aim], wish: Wish, do: Done, *, reads_only: bool = False) -> list[Effect]:
    """One county after the other, each in a session and a transaction of its own."""
    doer = doer_of(db.session())
    db.session.close()  # on SQLite it may hold the writer's lock
    effects = []
    for aim in aims:
        with db.session.session_factory() as session:
            session.connection(execution_options={"reads_only": reads_only})
            act_as(session, doer)
            enter_county(session, aim.county_id)
            effects.append(do(session, aim, wish))
            if not reads_only:
                session.commit()
    return effects


def _chooser(
    found: TemplateView, given: MultiDict[str, str], status: int = 200, refusal: str = ""
) -> Response:
    regions = current_above().regions
    places = places_of(aims_below(db.session(), regions))
    return show(
        "oversight/template.html",
        status=status,
        template=found,
        parts=template_parts(found.entry.name),
        places=places,
        wholes=wholes_of(regions, places),
        wish=_wish(found, given),
        refusal=refusal,
    )
