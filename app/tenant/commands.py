"""Keeping a county's settings. The log tells each version with what it changed. No commits."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.auth.duties import SETTING as SECOND_FACTOR
from app.tenant.errors import SettingsOvertaken
from plans.actors import Actor
from plans.base import County
from plans.rights import Act, check
from plans.terms import JUMP_PERCENT, LATE_YEARS, SOON_DAYS

VERSION = "version"


@dataclass(frozen=True)
class Chosen:
    """What the page says; texts that are "" and numbers that are ours are not kept."""

    soon_days: int
    late_years: int
    jump_percent: int
    time_names: dict[str, str]
    role_names: dict[str, str]
    days_off: dict[str, str]  # ISO day → why
    work_days: list[str]
    second_factor: bool
    mail: bool


def version_of(county: County) -> int:
    """How often the settings were saved."""
    return int(county.settings.get(VERSION, 0))


def save_settings(session: Session, actor: Actor, *, chosen: Chosen, seen: int) -> County:
    """Keep settings; saving what holds already changes nothing. Other keys of the settings stay.

    Raises ActNotAllowed, and SettingsOvertaken unless ``seen`` is the version in force.
    """
    county = held_county(session, actor, seen=seen)
    return keep(county, _told(chosen))


def held_county(session: Session, actor: Actor, *, seen: int) -> County:
    """The county, held for a change of its settings.

    Raises ActNotAllowed, and SettingsOvertaken unless ``seen`` is the version in force.
    """
    check(actor, Act.SET_COUNTY)
    county = session.get_one(County, actor.county_id, with_for_update=True, populate_existing=True)
    if seen != version_of(county):
        raise SettingsOvertaken()
    return county


def keep(county: County, told: dict[str, Any]) -> County:
    """Keep what was told; empty values are those of ours and are not kept."""
    kept = {name: value for name, value in county.settings.items() if name not in told}
    settings = {**kept, **{name: value for name, value in told.items() if value}}
    if settings != county.settings:
        county.settings = {**settings, VERSION: version_of(county) + 1}
    return county


def _told(chosen: Chosen) -> dict[str, Any]:
    calendar = {"days_off": chosen.days_off, "work_days": sorted(chosen.work_days)}
    return {
        "soon_days": chosen.soon_days if chosen.soon_days != SOON_DAYS else None,
        "late_years": chosen.late_years if chosen.late_years != LATE_YEARS else None,
        "jump_percent": chosen.jump_percent if chosen.jump_percent != JUMP_PERCENT else None,
        "time_names": {key: word for key, word in chosen.time_names.items() if word},
        "role_names": {key: word for key, word in chosen.role_names.items() if word},
        "calendar": {key: days for key, days in calendar.items() if days},
        SECOND_FACTOR: chosen.second_factor,
        "channels": {} if chosen.mail else {"mail": False},
    }
