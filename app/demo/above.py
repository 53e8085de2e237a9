"""What stands above the demo's counties: a region, two prefectures, their overseers, two more counties."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.demo.county import DemoCounty, Year, read_sites
from app.demo.people import password_hash
from app.demo.yi import SITES, YI
from app.models import Account, CountyStanding, Oversight, Region
from app.models.assessments import VersionMove
from app.oversight.deciding import decide, overseer
from app.oversight.regions import county_below, regions_of
from plans.base import new_id

REGIONS = {"990000": "示例区", "990100": "甲市（示例）", "990200": "乙市（示例）"}
OVERSEERS = {"shi-overseer": ("市督导示例", "990100"), "qu-overseer": ("区督导示例", "990000")}


def _like_yi(code: str, name: str, years: Mapping[int, Year]) -> DemoCounty:
    sites = read_sites(code, SITES.replace("乙县", name))
    return replace(YI, code=code, name=f"{name}（示例）", sites=sites, years=years)


# Small counties of the shape of 乙县: one has handed its last year up, the other has not reported it.
BING = _like_yi("990102", "丙县", YI.years)
DING = _like_yi("990203", "丁县", {2024: YI.years[2024]})


def add_overseers(session: Session, at: datetime) -> None:
    """Add the regions and one account for each of two levels; nothing is committed."""
    session.add_all(Region(code=code, name=name) for code, name in REGIONS.items())
    session.flush()
    for login, (name, code) in OVERSEERS.items():
        account = Account(
            id=new_id(), login=login, name=name, password_hash=password_hash(session), created_at=at
        )
        session.add(account)
        session.flush()
        session.add(Oversight(account_id=account.id, region_code=code, since=at))
    session.flush()


def forward_last_year(session: Session, county_code: str, at: datetime) -> None:
    """Let the prefecture pass on what a county handed up last; enters the county, commits nothing."""
    account = session.scalars(sa.select(Account).where(Account.login == "shi-overseer")).one()
    regions = regions_of(session, account.id)
    newest = sa.select(CountyStanding).where(CountyStanding.county_code == county_code)
    standing = session.scalars(newest.order_by(CountyStanding.year.desc()).limit(1)).one()
    actor = overseer(account, regions, county_below(session, regions, county_code))
    move = VersionMove.FORWARD
    decide(session, actor, regions, standing, move=move, note="市级已复核，数据一致。", at=at)
