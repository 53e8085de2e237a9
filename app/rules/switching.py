"""Saving the form of a relaxation; files of a refused form stay kept, so that nobody uploads twice."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.file_kinds import FileRefused
from app.files import keep_files
from app.items.findings import read_findings
from app.items.queries import files_by_id
from app.items.stating import first_error
from app.returns.queries import known_schools
from app.rules.commands import switch_on
from app.rules.forms import RelaxationForm
from plans.actors import Actor
from plans.errors import PlanError
from scoring.standard import Standard


def save_switch(
    session: Session, actor: Actor, standard: Standard, form: RelaxationForm, *, folder: Path, at: datetime
) -> str:
    """Save a sent form of somebody who may; the answer is why it was refused, "" = saved."""
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
            schools = read_findings(form.schools.data or "", known_schools(session))
            switch_on(
                session,
                actor,
                standard,
                code=form.code.data,
                starts_on=form.starts_on.data,
                ends_on=form.ends_on.data,
                schools=[code for code, _ in schools],
                reason=form.reason.data or "",
                evidence=files,
                at=at,
            )
    except PlanError as refusal:
        return str(refusal)
    return ""
