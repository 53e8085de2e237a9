"""A county with one row of every kind that an address can name, all carrying the county's own word."""

import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from app.assessments.inputs import Target
from app.assessments.runs import assess_year
from app.auth.sign_ins import Visit, open_sign_in
from app.files import keep_content
from app.items.commands import prepare
from app.items.monitoring import enter_result
from app.messages.channels import Chosen, add_channel
from app.models import (
    Assessment,
    ChannelKind,
    CountyStanding,
    CountyTarget,
    Membership,
    MonitoringResult,
    SavedView,
)
from app.models.access import SignIn
from app.models.assessments import VersionMove
from app.people.inviting import invite
from app.people.membership import Part
from app.returns.store import save_measures
from app.returns.uploads import put_aside
from app.rules.commands import set_target as set_limit
from app.rules.commands import switch_on
from app.versions.commands import move_version
from plans.acceptance import accept_draft
from plans.actors import Actor, Role
from plans.base import County, new_id
from plans.bulletins import BulletinTerms, draft_bulletin
from plans.commands import report_progress, sign_task
from plans.duties import DutyTerms, add_duty
from plans.models import Evidence, KeptDraft, Message, MessageState, Quantity, Reminder
from plans.notices import NoticeTerms, draft_notice
from plans.periods import RULES, Every
from plans.reminders.rules import Family, Level
from plans.targets import Aim, set_target
from scoring.loader import load_standard
from scoring.measures import Measures
from scoring.workbook import write_template
from tests.factories import Factory
from tests.plans.drafts import draft
from tests.scoring.make import school, schools_frame

YEAR = 2025
AIM = Aim("R1", "primary", Quantity.MEAN, 2024, 4.0, 2029, 4.2)


@dataclass(frozen=True)
class Place:
    """A county, the word that all its texts carry, and its keys by the name of the URL parameter."""

    county_id: int
    unit_id: int
    word: str
    keys: dict[str, int | str]


def fill(make: Factory, word: str, code: str, county_code: str | None = None) -> Place:
    """Make a county whose every row says ``word``; its one school has the code ``code``."""
    county_id = make.county(f"{word}示例县", code=county_code)
    unit_id = make.unit(county_id, f"{word}教育局")
    office = make.member(county_id).actor
    with make.session(county_id) as session:
        plan = accept_draft(
            session,
            office,
            draft=draft(title=f"{word}方案"),
            source_sha256="0" * 64,
            source_name=word,
            at=make.now,
        )
        plan_id, measure_id = plan.id, plan.measures[0].id
        plan.milestones[0].text = f"{word}里程碑"
        milestone_id = plan.milestones[0].id
        told = _add_results(session, office, YEAR - 1, word, code, make)
        keys = {
            "draft_id": _add_draft(session, word, make),
            "duty_id": _add_duty(session, office, plan_id, unit_id, word, make),
            "milestone_id": milestone_id,
            "membership_id": session.query(Membership).one().id,
            "version_id": _add_results(session, office, YEAR, word, code, make).id,
            "standing_id": _tell_standing(session, office, told, make),
            "view_id": _add_view(session, word),
            "reminder_id": _add_reminder(session, word, make),
            "channel_id": _add_channel(session, office, word, make),
            "message_id": _add_message(session, word, make),
            "target_id": set_target(session, office, plan_id=plan_id, aim=AIM, at=make.now).id,
        }
    keys["invitation_id"] = _invite(make, office, word)
    task_id = make.task(
        county_id, unit_id=unit_id, title=f"{word}任务", plan_id=plan_id, measure_id=measure_id
    )
    keys |= {
        "row_id": measure_id,
        "plan_id": plan_id,
        "measure_id": measure_id,
        "task_id": task_id,
        "code": code,
    }
    keys["notice_id"] = _add_notice(make, office, unit_id, word)
    keys["bulletin_id"] = _add_bulletin(make, office, word)
    keys |= {"evidence_id": _report(make, county_id, unit_id, task_id, word), "unit_id": unit_id}
    with make.session(county_id) as session:
        keys |= _state(session, office, word, make, int(keys["evidence_id"]))
        keys["county_code"] = session.get_one(County, county_id).code
    keys |= {"token": _put_aside(make, county_id, word, code), "sign_in_id": _sign_in(make, office, word)}
    return Place(county_id, unit_id, word, keys)


def _invite(make: Factory, office: Actor, word: str) -> int:
    with make.session(office.county_id) as session:
        part = Part(Role.LEADER)
        return invite(session, office, name=f"{word}同志", part=part, at=make.now).invitation.id


def _put_aside(make: Factory, county_id: int, word: str, code: str) -> str:
    """A workbook that waits for a second look, among those of the returns and of the roster."""
    target = io.BytesIO()
    measures = Measures(schools_frame(school(code, school_name=f"{word}小学")))
    write_template(load_standard("quality-2017"), target, measures)
    files = Path(make.app.config["FILES"])
    put_aside(files / "rosters" / str(county_id), target.getvalue(), make.now)
    return put_aside(files / "uploads" / str(county_id), target.getvalue(), make.now)


def _sign_in(make: Factory, office: Actor, word: str) -> int:
    with make.session() as session:
        open_sign_in(session, office.user_id, Visit("203.0.113.9", word), at=make.now)
        session.flush()
        return session.query(SignIn.id).filter_by(account_id=office.user_id).scalar()


def _add_duty(session: Session, office: Actor, plan_id: int, unit_id: int, word: str, make: Factory) -> int:
    terms = DutyTerms(f"{word}周期工作", word, Every.YEAR, RULES[Every.YEAR], None, unit_id)
    return add_duty(session, office, plan_id=plan_id, terms=terms, at=make.now).id


def _add_notice(make: Factory, office: Actor, unit_id: int, word: str) -> int:
    terms = NoticeTerms(f"{word}督办", f"{word}要求", unit_id, date(YEAR + 2, 6, 30))
    with make.session(office.county_id) as session:
        return draft_notice(session, office, terms=terms, at=make.now).id


def _add_bulletin(make: Factory, office: Actor, word: str) -> int:
    terms = BulletinTerms(f"{word}通报", date(YEAR, 10, 1), date(YEAR, 12, 31), f"{word}进展")
    with make.session(office.county_id) as session:
        return draft_bulletin(session, office, terms=terms, at=make.now).id


def _add_channel(session: Session, office: Actor, word: str, make: Factory) -> int:
    chosen = Chosen(f"{word}工作群", ChannelKind.JSON, "json://hooks.example.org/hook")
    return add_channel(session, office, chosen=chosen, private_hosts=(), at=make.now).id


def _add_message(session: Session, word: str, make: Factory) -> int:
    message = Message(
        id=new_id(),
        channel="mail",
        kind="digest",
        dedup_key=f"digest:{word}",
        address="jia@example.org",
        day=make.now.date(),
        subject=f"{word}提醒",
        text=word,
        state=MessageState.FAILED,
        next_try_at=make.now,
        created_at=make.now,
    )
    session.add(message)
    return message.id


def _add_view(session: Session, word: str) -> int:
    view = SavedView(id=new_id(), account_id=session.query(Membership).one().account_id, name=word, query="")
    session.add(view)
    return view.id


def _add_reminder(session: Session, word: str, make: Factory) -> int:
    reminder = Reminder(
        id=new_id(),
        family=Family.SCHOOLS_BEHIND,
        item_id=YEAR,
        account_id=session.query(Membership).one().account_id,
        rule="schools_behind-after-1",
        slot_on=make.now.date(),
        anchor_on=make.now.date(),
        level=Level.YELLOW,
        title=f"{word}填报",
        created_at=make.now,
    )
    session.add(reminder)
    return reminder.id


def _add_draft(session: Session, word: str, make: Factory) -> int:
    kept = KeptDraft(
        id=new_id(),
        source_sha256="1" * 64,
        source_name=f"{word}.docx",
        body=draft(title=f"{word}草稿"),
        read_at=make.now,
        read_by=word,
    )
    session.add(kept)
    return kept.id


def _add_results(
    session: Session, office: Actor, year: int, word: str, code: str, make: Factory
) -> Assessment:
    measures = Measures(schools_frame(school(code, school_name=f"{word}小学")))
    save_measures(session, office, year=year, measures=measures, source=word, at=make.now)
    return assess_year(session, office, year=year, at=make.now)


def _report(make: Factory, county_id: int, unit_id: int, task_id: int, word: str) -> int:
    lead = make.member(county_id, Role.UNIT, unit_id).actor
    with make.session(county_id) as session:
        task = sign_task(session, lead, task_id=task_id, seen_event=1, at=make.now)
        folder = Path(make.app.config["FILES"])
        file = keep_content(
            session, lead, f"{word}佐证材料".encode(), f"{word}.txt", folder=folder, at=make.now
        )
        report_progress(
            session,
            lead,
            task_id=task_id,
            percent=40,
            note=f"{word}进展",
            evidence=[file],
            seen_event=task.events[-1].no,
            at=make.now,
        )
        return file.id


def _state(session: Session, office: Actor, word: str, make: Factory, evidence_id: int) -> dict[str, int]:
    """What the county attests and chooses, each row with its word."""
    at, file = make.now, session.query(Evidence).filter_by(id=evidence_id).one()
    stated = {"item": "G1", "part": "", "conclusion": "met", "statement": word, "failing": [], "seen": 0}
    row = prepare(session, office, year=YEAR, evidence=[file], at=at, **stated)
    monitored = {"year": YEAR, "subject": "语文", "level": 3, "rate": 0.1, "source": word}
    enter_result(session, office, at=at, **monitored)
    standard, first, last = load_standard("quality-2017"), date(YEAR, 1, 1), date(YEAR, 12, 31)
    days = {"starts_on": first, "ends_on": last, "schools": [], "reason": word}
    switch = switch_on(session, office, standard, code="G4-built", evidence=[file], at=at, **days)
    set_limit(session, office, standard, target=Target("G9", "", "at_least", "", "100", word), at=at)
    session.flush()
    return {
        "attestation_id": row.id,
        "result_id": session.query(MonitoringResult.id).scalar(),
        "switch_id": switch.id,
        "limit_id": session.query(CountyTarget.id).scalar(),
    }


def _tell_standing(session: Session, office: Actor, version: Assessment, make: Factory) -> int:
    move_version(session, office, assessment_id=version.id, move=VersionMove.FREEZE, note="", at=make.now)
    code = session.get_one(County, office.county_id).code
    return session.query(CountyStanding).filter_by(county_code=code).one().id
