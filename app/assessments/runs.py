"""The one place where a county's data meets a standard. Nobody commits here."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale
from sqlalchemy.orm import Session

from app.assessments.gathering import code_of, gather, switches_on
from app.assessments.inputs import Inputs
from app.assessments.queries import latest, standard_of, standards_of
from app.models import Assessment, AssessmentIndicator, AssessmentItem, AssessmentSection
from app.returns.store import load_values
from app.returns.values import YearValues, measures_of
from app.rules.local import local_standard
from app.targets.alarms import watch_targets
from plans.actors import Actor
from plans.base import County, new_id
from plans.calendar import ZONE
from plans.rights import Act, check
from scoring import engine
from scoring.loader import load_standard


def assess_year(session: Session, actor: Actor, *, year: int, at: datetime) -> Assessment:
    """Judge the returns of a year by the county's standard in force at its end; the result is a draft.

    The same data under the same rules give no second assessment: the newest one is handed back. A new draft
    replaces the draft before it and stands beside a frozen one. Other standards that the year was judged by
    are followed up.

    Raises ActNotAllowed, and scoring's NoStandardInForce.
    """
    check(actor, Act.ASSESS_YEAR)
    return _assess_all(session, actor, year, at)


def assess_by(session: Session, actor: Actor, *, standard: str, year: int, at: datetime) -> Assessment:
    """Judge a year by another standard than the county's own; from then on it follows the data too.

    Raises ActNotAllowed, and scoring's NoStandardInForce.
    """
    check(actor, Act.ASSESS_YEAR)
    return _assess(session, actor, standard, year, at)


def renew_assessment(session: Session, actor: Actor, *, year: int, at: datetime) -> Assessment | None:
    """Judge a year again after something that it rests on was changed; None where it was never judged.

    Whoever was allowed to make that change may call this.
    """
    return None if latest(session, year) is None else _assess_all(session, actor, year, at)


def renew_all(session: Session, actor: Actor, *, at: datetime) -> None:
    """Judge every year again whose newest result is a draft, after a rule of the county was changed.

    Other standards have no rules that a county chooses.
    """
    county = session.get_one(County, actor.county_id)
    years = session.scalars(sa.select(Assessment.year).distinct().order_by(Assessment.year))
    for year in list(years):
        newest = latest(session, year)
        if newest is not None and not newest.is_frozen:
            _assess(session, actor, county.standard, year, at)
    watch_targets(session, on=at.astimezone(ZONE).date())


def judged_again(assessment: Assessment, without: str = "") -> engine.Assessment:
    """The assessment worked out anew from its own data, rules and statements, to show the working.

    ``without`` : code of a relaxation to leave off, to see what it changed.
    """
    measures = measures_of(YearValues.from_json(assessment.data))
    switches = [switch for switch in assessment.relaxations if code_of(switch) != without]
    evidence = Inputs.from_json(assessment.inputs).evidence
    return engine.assess(measures, standard_of(assessment), switches, _day_of(assessment.year), evidence)


def _assess_all(session: Session, actor: Actor, year: int, at: datetime) -> Assessment:
    main = session.get_one(County, actor.county_id).standard
    for other in sorted(standards_of(session, year) - {main}):
        _assess(session, actor, other, year, at)
    made = _assess(session, actor, main, year, at)
    watch_targets(session, on=at.astimezone(ZONE).date())
    return made


def _assess(session: Session, actor: Actor, standard_id: str, year: int, at: datetime) -> Assessment:
    values, day = load_values(session, year), _day_of(year)
    national = load_standard(standard_id, day)
    # A standard of figures alone rests on nothing that is stated or chosen.
    inputs = gather(session, national, year) if national.items else Inputs()
    switches = switches_on(session, national, day)
    standard = local_standard(national, inputs.variant, inputs.targets)
    previous = latest(session, year, standard_id)
    key = (standard.id, standard.sha256, switches, inputs.to_json(), values.sha256)
    if previous is not None and _key(previous) == key:
        return previous
    with force_locale("zh_CN"):  # the row keeps Chinese, whoever asks
        made = _row(
            engine.assess(measures_of(values), standard, switches, day, inputs.evidence),
            values,
            inputs,
            switches,
        )
    if previous is not None and not previous.is_frozen:
        session.delete(previous)
    made.year, made.made_at, made.made_by = year, at, actor.name
    session.add(made)
    session.flush()
    return made


def _day_of(year: int) -> date:
    return date(year, 12, 31)


def _key(assessment: Assessment) -> tuple[str, str, list[Any], dict[str, Any], str]:
    return (
        assessment.standard,
        assessment.standard_sha256,
        assessment.relaxations,
        assessment.inputs,
        assessment.data_sha256,
    )


def _row(judged: engine.Assessment, values: YearValues, inputs: Inputs, switches: list[str]) -> Assessment:
    result = judged.to_json()
    return Assessment(
        id=new_id(),
        standard=judged.standard.id,
        standard_version=judged.standard.version,
        standard_sha256=judged.standard.sha256,
        relaxations=switches,
        inputs=inputs.to_json(),
        data=values.to_json(),
        data_sha256=values.sha256,
        verdict=result["county"]["verdict"],
        summary={name: result["county"][name] for name in ("schools_passing", "composite_cv")},
        sections=_rows(AssessmentSection, result["sections"]),
        indicators=_rows(AssessmentIndicator, result["county"]["indicators"]),
        items=_rows(AssessmentItem, result["county"]["items"]),
    )


def _rows(kind: type[Any], records: list[dict[str, Any]]) -> list[Any]:
    # A result may have keys without a column; pages that need them work the assessment out again.
    names = sa.inspect(kind).column_attrs.keys()
    return [kind(**{name: record[name] for name in names if name in record}) for record in records]
