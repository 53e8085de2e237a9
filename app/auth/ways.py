"""By which way somebody signed in, kept in the browser's session for as long as that lasts."""

from enum import StrEnum

from flask import current_app, session

WAY = "way"


class Way(StrEnum):
    """What the first proof was."""

    PASSWORD = "password"  # noqa: S105 -- a way, not a password
    PROVIDER = "provider"


def way_here() -> Way:
    """The way of the sign-in that this request belongs to."""
    return Way(session.get(WAY, Way.PASSWORD))


def asks_for_no_code(way: Way) -> bool:
    """Whether the provider has seen to the second factor, as the operator says."""
    return way is Way.PROVIDER and bool(current_app.config["OIDC_SECOND_FACTOR"])
