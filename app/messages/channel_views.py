"""The office's pages of groups: adding, changing, trying out, removing."""

from flask import current_app, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now
from app.extensions import db
from app.keys import read_key
from app.messages.blueprint import bp
from app.messages.channel_forms import ChannelForm, blank_form, form_of, shown_again
from app.messages.channels import (
    add_channel,
    change_channel,
    find_channel,
    list_channels,
    remove_channel,
    send_test,
)
from app.messages.errors import AddressNotOfKind, ChannelOvertaken, NameWanted, PrivateHost, RelayRefused
from app.messages.hooks import KIND_NAMES, masked
from app.messages.outcome import Fate
from app.models import Channel
from app.pages import go, show
from plans.rights import Act, check

REFUSALS = (AddressNotOfKind, NameWanted, PrivateHost, RelayRefused)


@bp.get("/messages/channels")
def channels() -> Response:
    return _channels(blank_form())


@bp.post("/messages/channels")
def add_group() -> Response:
    check(current_actor(), Act.SET_COUNTY)
    form = ChannelForm()
    if not form.validate():
        return _channels(form, 422)
    try:
        add_channel(db.session(), current_actor(), chosen=form.chosen, private_hosts=_private(), at=now())
    except REFUSALS as refusal:
        db.session.rollback()
        return _channels(form, 422, str(refusal))
    db.session.commit()
    flash(_("渠道已添加，请试发一条。"), "success")
    return go(url_for("messages.channels"))


@bp.get("/messages/channels/<int:channel_id>")
def channel(channel_id: int) -> Response:
    return _channel(channel_id)


@bp.post("/messages/channels/<int:channel_id>")
def change_group(channel_id: int) -> Response:
    session, actor = db.session(), current_actor()
    find_channel(session, actor, channel_id)
    form = ChannelForm()
    if not form.validate():
        return _channel(channel_id, form, 422)
    try:
        change_channel(
            session,
            actor,
            channel_id=channel_id,
            chosen=form.chosen,
            private_hosts=_private(),
            seen_version=form.seen_version,
        )
    except ChannelOvertaken as refusal:
        session.rollback()
        return _overtaken(channel_id, form, refusal)
    except REFUSALS as refusal:
        session.rollback()
        return _channel(channel_id, form, 422, str(refusal))
    session.commit()
    flash(_("渠道已保存。"), "success")
    return go(url_for("messages.channels"))


@bp.post("/messages/channels/<int:channel_id>/remove")
def remove_group(channel_id: int) -> Response:
    seen = read_key(request.form.get("seen")) or 0
    try:
        remove_channel(db.session(), current_actor(), channel_id=channel_id, seen_version=seen)
    except ChannelOvertaken as refusal:
        db.session.rollback()
        return _overtaken(channel_id, None, refusal)
    db.session.commit()
    flash(_("渠道已删除；已发出的消息仍可在发送情况里查到。"), "success")
    return go(url_for("messages.channels"))


@bp.post("/messages/channels/<int:channel_id>/test")
def try_group(channel_id: int) -> Response:
    session = db.session()
    found, county = find_channel(session, current_actor(), channel_id), current_presence().county
    for row in (found, county):
        session.expunge(row)
    session.rollback()  # nobody waits for us while the other side answers
    where = {"base_url": current_app.config["BASE_URL"], "private_hosts": _private()}
    outcome = send_test(found, county, **where, at=now())
    if outcome.fate is Fate.SENT:
        flash(_("已发出，请到群里看一看。"), "success")
    else:
        flash(_("没有发成：%(why)s", why=outcome.error), "danger")
    return go(url_for("messages.channels"))


def _private() -> frozenset[str]:
    return frozenset(current_app.config["WEBHOOK_PRIVATE_HOSTS"])


def _channels(form: ChannelForm, status: int = 200, refusal: str = "") -> Response:
    found = list_channels(db.session(), current_actor())
    rows = [(row, KIND_NAMES[row.kind], masked(row.secret)) for row in found]
    return show("messages/channels.html", status=status, rows=rows, form=form, refusal=refusal)


def _channel(
    channel_id: int, form: ChannelForm | None = None, status: int = 200, refusal: str = ""
) -> Response:
    found = find_channel(db.session(), current_actor(), channel_id)
    return _one(found, form or form_of(found), status, refusal=refusal)


def _overtaken(channel_id: int, form: ChannelForm | None, refusal: ChannelOvertaken) -> Response:
    """The form as it was filled in, beside the group as it stands now."""
    found = find_channel(db.session(), current_actor(), channel_id)
    again = shown_again(form, found) if form else form_of(found)
    return _one(found, again, 422, refusal=str(refusal), is_overtaken=True)


def _one(
    found: Channel, form: ChannelForm, status: int, *, refusal: str, is_overtaken: bool = False
) -> Response:
    return show(
        "messages/channel.html",
        status=status,
        channel=found,
        service=KIND_NAMES[found.kind],
        address=masked(found.secret),
        form=form,
        refusal=refusal,
        is_overtaken=is_overtaken,
    )
