"""Pages over plans and the work under them: importing this module gathers all views."""

from app.planning import act_views, evidence_views, plan_views, task_views
from app.planning.blueprint import bp

__all__ = ["act_views", "bp", "evidence_views", "plan_views", "task_views"]
