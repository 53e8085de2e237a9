"""Members for the office: the list, invitations, and what is done to one member."""

from flask import abort, flash, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now
from app.extensions import db
from app.keys import read_key
from app.pages import go, show
from app.people.blueprint import bp
from app.people.forms import InvitationForm, PartForm
from app.people.handing_over import hand_over
from app.people.inviting import Invited, invite, revoke
from app.people.membership import change_member, end_member, resume_member
from app.people.pages import member_page, members_page
from app.people.posts import set_post
from plans.actors import Post
from plans.errors import ActNotAllowed, NotFound, PlanError
from plans.rights import Act, check

LONGEST_NOTE = 500
POST_WORDS = {post.value: post for post in Post}


@bp.get("/members")
def members() -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    return _members(InvitationForm(formdata=None))


@bp.post("/members")
def invite_one() -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    form = InvitationForm()
    members_page(db.session(), now(), form)  # offers what can be chosen
    if not form.validate():
        return _members(form, status=422)
    try:
        made = invite(db.session(), current_actor(), name=form.name.data, part=form.part, at=now())
    except PlanError as refusal:
        db.session.rollback()
        return _members(form, status=422, refusal=str(refusal))
    db.session.commit()
    return _members(InvitationForm(formdata=None), links=[(made, link_to(made))])


@bp.post("/members/invitations/<int:invitation_id>/revoke")
def revoke_one(invitation_id: int) -> Response:
    revoke(db.session(), current_actor(), invitation_id=invitation_id, at=now())
    db.session.commit()
    flash(_("邀请已撤回，链接不能再用。"), "success")
    return go(url_for("people.members"))


@bp.get("/members/<int:membership_id>")
def member(membership_id: int) -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    return _member(membership_id)


@bp.post("/members/<int:membership_id>/part")
def change(membership_id: int) -> Response:
    form = PartForm()
    member_page(db.session(), current_actor(), membership_id, form)
    check(current_actor(), Act.MANAGE_MEMBERS)
    if not form.validate():
        return _member(membership_id, form, 422)
    try:
        change_member(db.session(), current_actor(), membership_id=membership_id, part=form.part, at=now())
    except (ActNotAllowed, NotFound):
        raise
    except PlanError as refusal:
        db.session.rollback()
        return _member(membership_id, form, 422, str(refusal))
    return _done(membership_id, _("已调整，从现在起按新的角色办理。"))


@bp.post("/members/<int:membership_id>/post")
def name_post(membership_id: int) -> Response:
    check(current_actor(), Act.MANAGE_MEMBERS)
    post = POST_WORDS.get(request.form.get("post", ""))
    if post is None:
        abort(400)
    set_post(db.session(), current_actor(), membership_id=membership_id, post=post, at=now())
    db.session.commit()
    flash(_("已保存，今后的逾期上报按此发送。"), "success")
    return go(url_for("people.members"))


@bp.post("/members/<int:membership_id>/end")
def end(membership_id: int) -> Response:
    note = request.form.get("note", "").strip()[:LONGEST_NOTE]
    end_member(db.session(), current_actor(), membership_id=membership_id, note=note, at=now())
    return _done(membership_id, _("已停用，该成员不能再进入本县；办理记录保留。"))


@bp.post("/members/<int:membership_id>/resume")
def resume(membership_id: int) -> Response:
    resume_member(db.session(), current_actor(), membership_id=membership_id, at=now())
    return _done(membership_id, _("已恢复。"))


@bp.post("/members/<int:membership_id>/hand-over")
def hand_over_items(membership_id: int) -> Response:
    to_id, note = read_key(request.form.get("to")) or 0, request.form.get("note", "").strip()[:LONGEST_NOTE]
    items = hand_over(
        db.session(), current_actor(), membership_id=membership_id, to_id=to_id, note=note, at=now()
    )
    return _done(
        membership_id,
        _("已交接任务 %(n)s 项、措施 %(m)s 条。", n=len(items.work.tasks), m=len(items.work.measures)),
    )


def link_to(made: Invited) -> str:
    """The address to hand to the invited person."""
    code = current_presence().county.code
    return url_for("people.invitation", county_code=code, token=made.token, _external=True)


def _members(form: InvitationForm, status: int = 200, **context: object) -> Response:
    page = members_page(db.session(), now(), form)
    return show("people/members.html", status=status, page=page, **context)


def _member(
    membership_id: int, form: PartForm | None = None, status: int = 200, refusal: str = ""
) -> Response:
    page = member_page(db.session(), current_actor(), membership_id, form)
    return show("people/member.html", status=status, page=page, refusal=refusal)


def _done(membership_id: int, told: str) -> Response:
    db.session.commit()
    flash(told, "success")
    return go(url_for("people.member", membership_id=membership_id))
