"""How the parts of a return are called on pages and in the change log."""

from flask_babel import gettext as _

from app.punctuation import listed
from app.returns.differences import ROOMS
from scoring.elements import ELEMENTS
from scoring.measures import ROOM_KINDS


def county_name() -> str:
    """What the county's own return is called among those of schools."""
    return str(_("县级数据"))


def element_label(code: str) -> str:
    """Chinese name of an element with its unit."""
    return str(_("音乐、美术专用教室")) if code == ROOMS else ELEMENTS[code].header


def words_of(value: object) -> str | None:
    """A value, or the rooms of a school, as the change log writes it; None if missing."""
    if isinstance(value, list):
        return listed(f"{ROOM_KINDS[room['kind']]} {room['area_m2']:g} ㎡" for room in value) or None
    return None if value is None else str(value)
