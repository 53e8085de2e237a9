"""Pages over the plan: the plan itself, uploading its document, the preview, acceptance."""

from pathlib import Path

from flask import current_app, flash, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.file_kinds import FileRefused
from app.pages import go, show
from app.planning import sentences
from app.planning.blueprint import bp
from app.planning.drafts import read_document
from app.planning.forms import DocumentForm
from app.planning.queries import source_of
from plans.acceptance import accept_draft, plan_of_document
from plans.errors import PlanAlreadyAccepted, ReadingError
from plans.guards import ASSIGNERS, only_assigners
from plans.models import Plan
from plans.overview import kept_draft, plan_overview
from plans.queries import counts


@bp.get("/plan")
def plan() -> Response:
    return _plan_page(None)


@bp.get("/plans/<int:plan_id>")
def one_plan(plan_id: int) -> Response:
    return _plan_page(plan_id)


@bp.get("/plan/new")
def new_plan() -> Response:
    only_assigners(current_actor())
    return show("planning/new_plan.html", form=DocumentForm())


@bp.post("/plan/new")
def upload_plan() -> Response:
    only_assigners(current_actor())
    form = DocumentForm()
    if not form.validate():
        return _refused_upload(form)
    try:
        folder = Path(current_app.config["FILES"])
        found = read_document(db.session(), current_actor(), form.document.data, folder=folder, at=now())
    except (FileRefused, ReadingError) as refusal:
        form.document.errors = [str(refusal)]
        return _refused_upload(form)
    db.session.commit()
    if isinstance(found, Plan):
        return _already(found)
    return go(url_for("planning.draft", draft_id=found.id))


@bp.get("/plan/drafts/<int:draft_id>")
def draft(draft_id: int) -> Response:
    only_assigners(current_actor())
    kept = kept_draft(db.session(), draft_id)
    accepted = plan_of_document(db.session(), kept.source_sha256)
    return show(
        "planning/draft.html",
        draft=kept,
        body=kept.body,
        accepted=accepted,
        headline=sentences.draft_headline(kept),
        basis=sentences.draft_basis(kept),
    )


@bp.post("/plan/drafts/<int:draft_id>/accept")
def accept(draft_id: int) -> Response:
    only_assigners(current_actor())
    kept = kept_draft(db.session(), draft_id)
    accepted = plan_of_document(db.session(), kept.source_sha256)
    if accepted is not None:
        return _already(accepted)
    source = {"source_sha256": kept.source_sha256, "source_name": kept.source_name}
    made = accept_draft(db.session(), current_actor(), draft=kept.body, at=now(), **source)
    db.session.commit()
    flash(_("方案已建立。下一步按措施交办任务。"), "success")
    return go(url_for("planning.one_plan", plan_id=made.id))


def _plan_page(plan_id: int | None) -> Response:
    may_assign = current_actor().role in ASSIGNERS
    overview = plan_overview(db.session(), today=today(), plan_id=plan_id)
    if overview is None:
        return show("planning/no_plan.html", may_assign=may_assign)
    numbers = counts(db.session(), current_actor(), today=today())
    return show(
        "planning/plan.html",
        overview=overview,
        plan=overview.plan,
        may_assign=may_assign,
        headline=sentences.plan_headline(overview, numbers),
        basis=sentences.plan_basis(overview, today()),
        source=source_of(db.session(), overview.plan.source_sha256),
        today=today(),
    )


def _refused_upload(form: DocumentForm) -> Response:
    return show("planning/new_plan.html", "planning/_upload.html", 422, form=form)


def _already(plan: Plan) -> Response:
    flash(str(PlanAlreadyAccepted(plan.title)), "info")
    return go(url_for("planning.one_plan", plan_id=plan.id))
