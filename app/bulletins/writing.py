"""The form of a bulletin: how it starts, and what it becomes."""

from datetime import date

from sqlalchemy.orm import Session

from app.bulletins.facts import gather_facts, next_period
from app.bulletins.forms import BulletinForm
from app.bulletins.wording import TITLE, draft_text
from plans.actors import Actor
from plans.base import new_id
from plans.bulletins import BulletinTerms
from plans.models import Bulletin


def blank_bulletin_form(session: Session, actor: Actor, today: date) -> BulletinForm:
    """A form with the text that the state of the work gives."""
    since, until = next_period(session, actor, today)
    form = BulletinForm(
        formdata=None, bulletin_id=new_id(), seen_version=0, title=TITLE, starts_on=since, ends_on=until
    )
    return rewritten(session, actor, form, today)


def form_of(bulletin: Bulletin) -> BulletinForm:
    """A form with what a draft says."""
    return BulletinForm(
        formdata=None,
        bulletin_id=bulletin.id,
        seen_version=bulletin.version,
        title=bulletin.title,
        starts_on=bulletin.starts_on,
        ends_on=bulletin.ends_on,
        text=bulletin.text,
    )


def rewritten(session: Session, actor: Actor, form: BulletinForm, today: date) -> BulletinForm:
    """The form with a text made anew for its days."""
    since, until = form.starts_on.data or today, form.ends_on.data or today
    facts = gather_facts(session, actor, since=since, until=until, today=today)
    form.text.data = draft_text(facts)
    return form


def terms_of(form: BulletinForm) -> BulletinTerms:
    """What the form says."""
    return BulletinTerms(form.title.data, form.starts_on.data, form.ends_on.data, form.text.data)
