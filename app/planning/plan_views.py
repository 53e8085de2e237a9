"""Pages over the plan: the plan itself, and how a new one is begun."""

from pathlib import Path

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from app.auth.presence import current_actor, current_presence
from app.clock import now, today
from app.extensions import db
from app.file_kinds import FileRefused
from app.frame import current_year
from app.pages import go, show
from app.planning import sentences
from app.planning.blueprint import bp
from app.planning.check_page import findings_of, findings_words
from app.planning.draft_views import already
from app.planning.drafts import read_document
from app.planning.forms import DocumentForm
from app.planning.handed_down import handed_down
from app.planning.new_plan import NewPlanPage, new_plan_page
from app.planning.plan_standing import plan_standing
from app.planning.queries import data_status, source_of
from plans.errors import ReadingError
from plans.models import Plan
from plans.origins import start_from_template
from plans.overview import plan_overview
from plans.queries import counts
from plans.rights import Act, check, may
from plans.successor import draft_next_version


@bp.get("/plan")
def plan() -> Response:
    return _plan_page(None)


@bp.get("/plans/<int:plan_id>")
def one_plan(plan_id: int) -> Response:
    return _plan_page(plan_id)


@bp.get("/plan/new")
def new_plan() -> Response:
    check(current_actor(), Act.EDIT_PLAN)
    return show("planning/new_plan.html", form=DocumentForm(), page=_beginnings())


@bp.post("/plan/new")
def upload_plan() -> Response:
    check(current_actor(), Act.EDIT_PLAN)
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
        return already(found)
    return go(url_for("planning.draft", draft_id=found.id))


@bp.post("/plan/new/template")
def new_from_template() -> Response:
    name = request.form.get("template", "")
    begun = start_from_template(db.session(), current_actor(), name=name, at=now())
    if isinstance(begun, Plan):
        return already(begun)
    db.session.commit()
    return go(url_for("planning.draft", draft_id=begun.id))


@bp.post("/plans/<int:plan_id>/next")
def next_version(plan_id: int) -> Response:
    begun = draft_next_version(db.session(), current_actor(), plan_id=plan_id, at=now())
    if isinstance(begun, Plan):
        return already(begun)
    db.session.commit()
    return go(url_for("planning.draft", draft_id=begun.id))


def _plan_page(plan_id: int | None) -> Response:
    may_assign = may(current_actor(), Act.EDIT_PLAN)
    overview = plan_overview(db.session(), today=today(), plan_id=plan_id)
    if overview is None:
        return show("planning/no_plan.html", may_assign=may_assign, handed=handed_down(db.session()))
    numbers = counts(db.session(), current_actor(), today=today())
    findings = findings_of(db.session(), overview.plan, county=current_presence().county, today=today())
    handed = handed_down(db.session(), overview.plan.source_sha256)
    known = data_status(db.session(), current_year())
    standing = plan_standing(db.session(), overview.plan.id, known, today())
    return show(
        "planning/plan.html",
        overview=overview,
        standing=standing,
        plan=overview.plan,
        may_assign=may_assign,
        headline=sentences.plan_headline(overview, numbers),
        basis=[*sentences.plan_basis(overview, today()), *filter(None, [handed.origin, standing.words])],
        handed=handed,
        findings=findings,
        findings_words=findings_words(findings),
        source=source_of(db.session(), overview.plan.source_sha256),
        today=today(),
    )


def _refused_upload(form: DocumentForm) -> Response:
    return show("planning/new_plan.html", "planning/_upload.html", 422, form=form, page=_beginnings())


def _beginnings() -> NewPlanPage:
    return new_plan_page(db.session(), current_presence().county.horizon_year)
