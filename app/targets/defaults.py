"""Targets to start from: the standard's own lines, due in the plan's last year, from the oldest data on."""

from collections.abc import Iterator
from datetime import datetime

import pandas as pd
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.targets.actuals import actuals, known
from app.targets.quantities import direction_of, standard_line
from plans.actors import Actor
from plans.models import Plan, Quantity
from plans.targets import Aim, set_target, targets_of
from scoring.standard import Indicator, Standard
from scoring.targets import reached

QUANTITIES = (Quantity.MEAN, Quantity.SPREAD)


def add_default_targets(
    session: Session, actor: Actor, plan: Plan, standard: Standard, *, horizon_year: int, at: datetime
) -> int:
    """Set what the standard asks for wherever the plan has no target yet; returns how many were added.

    Raises ActNotAllowed.
    """
    present = {(one.indicator_code, one.stage, one.quantity) for one in targets_of(session, plan.id)}
    aims = [
        aim
        for aim in _aims(session, standard, horizon_year)
        if (aim.indicator_code, aim.stage, aim.quantity) not in present
    ]
    for aim in aims:
        set_target(session, actor, plan_id=plan.id, aim=aim, at=at, reason=_("按国家标准补设。"))
    return len(aims)


def default_aim(
    indicator: Indicator, stage: str, quantity: Quantity, history: "pd.Series[float]", horizon_year: int
) -> Aim | None:
    """From the oldest figure to the standard; None without a figure or where the standard asks for nothing.

    Where the oldest figure was good enough, the path is the standard itself.
    """
    line, past = standard_line(quantity, indicator, stage), history.dropna().sort_index()
    if line is None or past.empty or past.index[0] >= horizon_year:
        return None
    start = float(past.iloc[0])
    baseline = line if reached(start, line, direction_of(quantity)) else start
    return Aim(indicator.code, stage, quantity, int(past.index[0]), baseline, horizon_year, line)


def _aims(session: Session, standard: Standard, horizon_year: int) -> Iterator[Aim]:
    series = actuals(session)
    for indicator in standard.indicators:
        for stage in indicator.at_least:
            for quantity in QUANTITIES:
                history = known(series.get((indicator.code, stage, quantity)))
                aim = default_aim(indicator, stage, quantity, history, horizon_year)
                if aim is not None:
                    yield aim
