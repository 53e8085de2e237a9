"""Views of the ledger that a person keeps: made, replaced under the same name, dropped."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.models import SavedView
from plans.actors import Actor
from plans.base import new_id
from plans.errors import NotFound
from plans.words import _ as _l


class ViewForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        _("名称"), [InputRequired(_("请填写名称。")), Length(max=20, message=_("名称不超过 20 字。"))]
    )


def views_of(session: Session, actor: Actor) -> list[SavedView]:
    """What the person keeps in this county, by name."""
    mine = sa.select(SavedView).where(SavedView.account_id == actor.user_id)
    return list(session.scalars(mine.order_by(SavedView.name)))


def save_view(session: Session, actor: Actor, *, name: str, query: Mapping[str, Any]) -> SavedView:
    """Keep the filters under a name; one of the same name is replaced."""
    mine = {view.name: view for view in views_of(session, actor)}
    view = mine.get(name.strip()) or SavedView(id=new_id(), account_id=actor.user_id, name=name.strip())
    view.query = urlencode(query)
    session.add(view)
    return view


def drop_view(session: Session, actor: Actor, *, view_id: int) -> None:
    """Forget one of the person's own views.

    Raises NotFound.
    """
    view = next((one for one in views_of(session, actor) if one.id == view_id), None)
    if view is None:
        raise NotFound(_l("视图"))
    session.delete(view)
