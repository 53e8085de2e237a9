"""The ledger: shown, exported, worked on many rows at once, kept as a view."""

import io

from flask import flash, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.clock import now, today
from app.extensions import db
from app.frame import current_year
from app.keys import read_key
from app.language import in_chinese
from app.pages import go, show
from app.planning.batch import BatchForm, BatchLine, act_on, chosen_of
from app.planning.blueprint import bp
from app.planning.ledger import LedgerPage, ledger_page, query_of
from app.planning.ledger_export import write_ledger
from app.planning.saved_filters import ViewForm, drop_view, save_view
from plans.progress import TimeStatus
from plans.queries import TaskFilter
from plans.rights import Act, check
from plans.states import TaskState

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/tasks.xlsx")
@in_chinese
def export() -> Response:
    stream = io.BytesIO()
    write_ledger(_page(), stream, title=_("任务台账"))
    stream.seek(0)
    name = _("任务台账%(day)s.xlsx", day=today().isoformat())
    return send_file(stream, mimetype=SHEET, as_attachment=True, download_name=name)


@bp.post("/tasks/batch")
def batch() -> Response:
    check(current_actor(), Act.ASSIGN_TASK)
    form, chosen = BatchForm(), chosen_of(request.form.getlist("chosen"))
    if not form.validate() or not chosen:
        form.act.errors = [*form.act.errors, *([] if chosen else [_("请先在台账中勾选任务。")])]
        return _shown(422, form=form)
    lines = act_on(db.session(), current_actor(), form, chosen, at=now(), today=today())
    db.session.commit()
    if any(line.refusal for line in lines):
        return _shown(422, form=form, lines=lines)
    flash(_("已办理 %(n)s 项。", n=len(lines)), "success")
    return go(url_for("planning.tasks", **query_of(wanted())))


@bp.post("/tasks/views")
def keep_view() -> Response:
    form, query = ViewForm(), query_of(wanted())
    if form.validate():
        save_view(db.session(), current_actor(), name=form.name.data, query=query)
        db.session.commit()
        flash(_("已保存视图“%(name)s”。", name=form.name.data.strip()), "success")
    else:
        flash("".join(map(str, form.name.errors)), "error")
    return go(url_for("planning.tasks", list="all", **query))


@bp.post("/tasks/views/<int:view_id>/drop")
def forget_view(view_id: int) -> Response:
    drop_view(db.session(), current_actor(), view_id=view_id)
    db.session.commit()
    return go(url_for("planning.tasks", list="all"))


def show_ledger() -> Response:
    """The ledger under the filters of the address."""
    return _shown(200)


def wanted() -> TaskFilter:
    """The filters of the address; what does not parse is no filter."""
    asked = request.args
    return TaskFilter(
        unit_id=asked.get("unit", type=read_key),
        state=asked.get("state", type=TaskState),
        time=asked.get("light", type=TimeStatus),
        indicator=asked.get("indicator") or None,
        measure_id=asked.get("measure", type=read_key),
        phase_id=asked.get("phase", type=read_key),
    )


def _shown(status: int, *, form: BatchForm | None = None, lines: list[BatchLine] | None = None) -> Response:
    return show("planning/ledger.html", "planning/_ledger.html", status, page=_page(form, lines))


def _page(form: BatchForm | None = None, lines: list[BatchLine] | None = None) -> LedgerPage:
    return ledger_page(
        db.session(),
        current_actor(),
        wanted=wanted(),
        year=current_year(),
        today=today(),
        batch=form,
        outcome=lines,
    )
