"""Rows → what an assessment rests on beside figures. Each function with a constant number of queries."""

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.assessments.inputs import Inputs, Target
from app.clock import ZONE
from app.models import Attestation, CountyTarget, MonitoringResult, RelaxationSwitch, RuleChoice
from app.people.words import ROLE_NAMES
from app.rules.local import local_standard
from scoring import evidence
from scoring.standard import Standard, SwitchedOn

SETTING, VARIANT = "setting", "variant"


def gather(session: Session, standard: Standard, year: int) -> Inputs:
    """Everything that the county chose and stated for a year. Five queries."""
    chosen = choices(session)
    variant, targets = chosen[VARIANT].get(standard.id, ""), own_targets(session)
    local = local_standard(standard, variant, targets)
    known = {(item.code, part.key) for item in local.items for part in item.parts}
    return Inputs(
        variant,
        tuple(targets),
        evidence.Evidence(
            tuple(_stated(row) for row in _attestations(session, year) if (row.item, row.part) in known),
            tuple(_issued(row) for row in monitoring_rows(session, year)),
            valid_settings(local, chosen[SETTING]),
        ),
    )


def switches_on(session: Session, standard: Standard, day: date) -> list[str]:
    """Relaxations that the county uses on a day, as ``SwitchedOn.parse`` reads them. One query."""
    statement = sa.select(RelaxationSwitch).where(
        RelaxationSwitch.off_at.is_(None), RelaxationSwitch.starts_on <= day, RelaxationSwitch.ends_on >= day
    )
    known = {relaxation.code for relaxation in standard.relaxations}
    rows = session.scalars(statement.order_by(RelaxationSwitch.code, RelaxationSwitch.id))
    # The newest of several for the same relaxation holds.
    return list({row.code: switch_text(row) for row in rows if row.code in known}.values())


def switch_text(row: RelaxationSwitch) -> str:
    """A switch the way the command line writes it: CODE:school,school=reason."""
    schools = f":{','.join(row.schools)}" if row.schools else ""
    reason = f"={' '.join(row.reason.split())}" if row.reason else ""
    return f"{row.code}{schools}{reason}"


def code_of(switch: str) -> str:
    """Code of the relaxation that a switch turns on."""
    return SwitchedOn.parse(switch).code


def choices(session: Session) -> dict[str, dict[str, str]]:
    """Kind → name → choice. One query."""
    found: dict[str, dict[str, str]] = {SETTING: {}, VARIANT: {}}
    for row in session.scalars(sa.select(RuleChoice)):
        found[row.kind][row.name] = row.choice
    return found


def valid_settings(standard: Standard, chosen: Mapping[str, str]) -> dict[str, str]:
    """Choices that the standard still leaves open; a region may have settled a question."""
    return {
        setting.name: chosen[setting.name]
        for setting in standard.settings
        if chosen.get(setting.name) in setting.choices
    }


def own_targets(session: Session) -> list[Target]:
    """The county's own limits in one order. One query."""
    rows = session.scalars(
        sa.select(CountyTarget).order_by(CountyTarget.item, CountyTarget.part, CountyTarget.key)
    )
    return [Target(row.item, row.part, row.sense, row.key, row.limit, row.source) for row in rows]


def monitoring_rows(session: Session, year: int) -> list[MonitoringResult]:
    """Results issued up to a year. One query."""
    statement = sa.select(MonitoringResult).where(MonitoringResult.year <= year)
    return list(session.scalars(statement.order_by(MonitoringResult.year, MonitoringResult.subject)))


def _attestations(session: Session, year: int) -> Iterable[Attestation]:
    statement = sa.select(Attestation).where(Attestation.year == year)
    ordered = statement.order_by(Attestation.item, Attestation.part)
    return session.scalars(ordered.options(selectinload(Attestation.evidence)))


def _stated(row: Attestation) -> evidence.Attestation:
    return evidence.Attestation(
        item=row.item,
        part=row.part,
        conclusion=row.conclusion,
        statement=row.statement,
        signed_by_role=ROLE_NAMES[row.signed_role] if row.signed_role else "",
        signed_on=row.signed_at.astimezone(ZONE).date() if row.signed_at else None,
        n_evidence=len(row.evidence),
        failing=tuple(evidence.SchoolFinding(**finding) for finding in row.failing),
    )


def _issued(row: MonitoringResult) -> evidence.MonitoringResult:
    rate = float("nan") if row.difference_rate is None else row.difference_rate
    return evidence.MonitoringResult(row.subject, row.year, row.level, rate)
