"""Bulletins: importing this module gathers all views."""

from app.bulletins import reading_views, writing_views
from app.bulletins.blueprint import bp

__all__ = ["bp", "reading_views", "writing_views"]
