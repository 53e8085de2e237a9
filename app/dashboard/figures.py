"""Figures of the leader's page: groups of items, and what holds the county back. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.assessments.items import RESOURCES, ItemLine
from app.assessments.queries import IndicatorLine
from app.punctuation import listed
from scoring.verdicts import overall

NAMED = 3


@dataclass(frozen=True)
class GroupFigure:
    """How many items of a group are met, and which are not."""

    met: int
    of: int
    verdict: str
    note: str
    first: ItemLine  # the one that tells, where the group has one item only


@dataclass(frozen=True)
class Held:
    """One line of what holds the county back; "" and None where a column does not apply."""

    code: str
    name: str
    stage: str  # code of the stage of a resource indicator
    stage_name: str
    value: float | None
    limit: float | None
    is_below: bool
    figure: str
    requirement: str
    cv: float | None
    cv_limit: float | None  # only where the CV is over it
    n_schools: int
    verdict: str


def group_figure(name: str, items: Sequence[ItemLine]) -> GroupFigure | None:
    """The figures of a group; None without items of it."""
    own = [item for item in items if item.group == name]
    if not own:
        return None
    met = sum(item.verdict == "met" for item in own)
    return GroupFigure(met, len(own), str(overall(item.verdict for item in own)), _note(own), own[0])


def holding_back(lines: Sequence[IndicatorLine], items: Sequence[ItemLine]) -> list[Held]:
    """Spreads over their limit, then unmet items, then indicators by which schools fail."""
    over = [line for line in lines if line.cv_verdict == "not_met"]
    schools = [line for line in lines if line.verdict == "not_met" and line not in over]
    schools.sort(key=lambda line: -line.failing)
    unmet = [item for item in items if item.verdict == "not_met" and item.group != RESOURCES]
    return [*map(_of_line, over), *map(_of_item, unmet), *map(_of_line, schools)]


def _note(items: Sequence[ItemLine]) -> str:
    unmet = [item.code for item in items if item.verdict == "not_met"]
    waiting = sum(item.verdict in ("pending", "no_data") for item in items)
    words = [_("%(codes)s未达标", codes=listed(unmet[:NAMED]) + (_("等") if len(unmet) > NAMED else ""))]
    parts = (words if unmet else []) + ([_("待定 %(n)s 项", n=waiting)] if waiting else [])
    return " · ".join(parts) or _("全部达标")


def _of_line(line: IndicatorLine) -> Held:
    return Held(
        code=line.code,
        name=line.name,
        stage=line.stage,
        stage_name=line.stage_name,
        value=line.mean,
        limit=line.at_least,
        is_below=line.mean_is_below,
        figure="",
        requirement="",
        cv=line.cv,
        cv_limit=line.cv_limit if line.cv_verdict == "not_met" else None,
        n_schools=line.schools - line.schools_met,
        verdict=line.verdict,
    )


def _of_item(item: ItemLine) -> Held:
    return Held(
        code=item.code,
        name=item.label,
        stage="",
        stage_name="",
        value=item.value,
        limit=item.limit,
        is_below=True,
        figure=item.figure,
        requirement=item.requirement,
        cv=None,
        cv_limit=None,
        n_schools=item.n_failing,
        verdict=item.verdict,
    )
