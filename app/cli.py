"""Commands of the operator."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands to ``flask``."""
