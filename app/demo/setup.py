"""The whole demo: two fictional counties with people, data, plans and work."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from app.demo.above import BING, DING, add_overseers, forward_last_year
from app.demo.county import DemoCounty
from app.demo.follow_up import follow_up
from app.demo.heads import name_heads
from app.demo.jia import JIA
from app.demo.milestones import play_milestones
from app.demo.people import PASSWORD, add_offices, add_reporter
from app.demo.rubric import load_rubric_scores
from app.demo.statements import load_statements
from app.demo.versions import load_handed_up, load_versions
from app.demo.work import Stage, adopt_template, play_work
from app.demo.yi import YI
from app.extensions import db
from app.targets.defaults import add_default_targets
from app.targets.pages import standard_in
from app.tenancy import enter_county
from plans.actors import Actor
from plans.base import County, new_id
from plans.models import Plan

DEMO_NOTE = f"""演示账号（密码均为 {PASSWORD}）：
  甲县（示例）  jia-leader 领导小组  jia-office 创建办  jia-supervisor 督导室  jia-education 县教育局
                jia-school 学校
  乙县（示例）  yi-leader 领导小组  yi-office 创建办  yi-supervisor 督导室
  上级督导      shi-overseer 甲市（示例）  qu-overseer 示例区"""

REPORTING = JIA.sites[0]  # the school whose reporter has an account


def is_empty(session: Session) -> bool:
    """Whether no county has been created yet."""
    return session.scalar(sa.select(sa.func.count()).select_from(County)) == 0


def load_demo(at: datetime) -> None:
    """Create the counties, each in a session of its own as a session serves one county, and what is above."""
    _load(JIA, "jia", 2029, at)
    _load(YI, "yi", 2032, at)
    for demo, login in ((BING, "bing"), (DING, "ding")):
        _load_figures(demo, login, at)
    add_overseers(db.session(), at)
    db.session.commit()
    forward_last_year(db.session(), BING.code, at)
    db.session.commit()
    db.session.remove()


def _load_figures(demo: DemoCounty, login: str, at: datetime) -> None:
    """A county with figures and an office, without plan and work: enough to stand beside the others."""
    county_id = _create(demo, demo.horizon_year)
    db.session.remove()
    session = db.session()
    enter_county(session, county_id)
    load_handed_up(session, add_offices(session, login, at), demo, accepted_before=YI.last_year)
    session.commit()
    db.session.remove()


def _load(demo: DemoCounty, login: str, horizon_year: int, at: datetime) -> None:
    county_id = _create(demo, horizon_year)
    db.session.remove()
    session = db.session()
    enter_county(session, county_id)
    offices = add_offices(session, login, at)
    if demo is JIA:
        load_statements(session, offices, demo, Path(current_app.config["FILES"]))
    load_versions(session, offices, demo, at)
    if demo is JIA:
        load_rubric_scores(session, offices, demo, at)
        add_reporter(session, f"{login}-school", REPORTING.name, REPORTING.code, at)
    plan = adopt_template(session, offices["office"], f"to-{horizon_year}", at)
    files = Path(current_app.config["FILES"])
    _set_targets(session, offices["office"], plan, demo.last_year, at)
    play_milestones(session, offices, plan, files=files, at=at)
    if any(measure.units for measure in plan.measures):
        stage = Stage(session, offices, plan, files, at)
        follow_up(stage, play_work(stage, login))
        name_heads(stage, login)
    session.commit()
    db.session.remove()


def _set_targets(session: Session, office: Actor, plan: Plan, year: int, at: datetime) -> None:
    standard = standard_in(session, year)
    if standard is not None:
        horizon = plan.horizon_year or year
        add_default_targets(session, office, plan, standard, horizon_year=horizon, at=at)


def _create(demo: DemoCounty, horizon_year: int) -> int:
    county = County(id=new_id(), code=demo.code, name=demo.name, horizon_year=horizon_year, is_example=True)
    db.session.add(county)
    db.session.commit()
    return county.id
