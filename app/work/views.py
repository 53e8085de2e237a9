"""Pages over the work as a whole: importing this module gathers all views."""

from app.work import wall_views
from app.work.blueprint import bp

__all__ = ["bp", "wall_views"]
