"""Pages over the work as a whole: importing this module gathers all views."""

from app.work import calendar_views, notice_views, notice_writing_views, unit_views, wall_views
from app.work.blueprint import bp

__all__ = ["bp", "calendar_views", "notice_views", "notice_writing_views", "unit_views", "wall_views"]
