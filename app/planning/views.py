"""Pages over plans and the work under them: importing this module gathers all views."""

from app.planning import (
    act_views,
    check_views,
    draft_views,
    evidence_views,
    ledger_views,
    part_views,
    plan_views,
    push_cli,
    task_views,
)
from app.planning.blueprint import bp

__all__ = [
    "act_views",
    "bp",
    "check_views",
    "draft_views",
    "evidence_views",
    "ledger_views",
    "part_views",
    "plan_views",
    "push_cli",
    "task_views",
]
