"""Saving the statement form of a part; files of a refused form stay kept, so that nobody uploads twice."""

from datetime import datetime
from pathlib import Path

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from app.file_kinds import FileRefused
from app.files import keep_files
from app.items.commands import prepare
from app.items.findings import read_findings
from app.items.forms import StatementForm
from app.items.queries import files_by_id
from app.returns.queries import known_schools
from plans.actors import Actor
from plans.errors import PlanError


def save_statement(
    session: Session,
    actor: Actor,
    form: StatementForm,
    *,
    year: int,
    item: str,
    part: str,
    folder: Path,
    at: datetime,
) -> str:
    """Save a sent form of somebody who may prepare; the answer is why it was refused, "" = saved."""
    held = files_by_id(session, form.kept.data or [])
    form.kept.choices = [(file.id, file.name) for file in held]
    if not form.validate():
        return first_error(form)
    try:
        added = keep_files(session, actor, form.files.data or [], folder=folder, at=at)
    except FileRefused as refusal:
        return str(refusal)
    files = [*held, *(file for file in added if file not in held)]
    form.kept.data = [file.id for file in files]
    try:
        with session.begin_nested():
            prepare(
                session,
                actor,
                year=year,
                item=item,
                part=part,
                conclusion=form.conclusion.data or "",
                statement=form.statement.data or "",
                failing=read_findings(form.failing.data or "", known_schools(session)),
                evidence=files,
                seen=int(form.seen.data or 0),
                at=at,
            )
    except PlanError as refusal:
        return str(refusal)
    return ""


def first_error(form: FlaskForm) -> str:
    """The first thing wrong in a form."""
    return next(str(error) for errors in form.errors.values() for error in errors)
