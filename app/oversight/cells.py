"""One county's verdict on one item beside that of the year before. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.models import CountyStanding

RANK = {"not_met": 0, "no_data": 1, "pending": 1, "met": 2}
NOTICEABLE = 0.02  # of the limit; less is noise between two years


class Arrow(StrEnum):
    """Which way it went since the year before."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = ""


@dataclass(frozen=True)
class Cell:
    """A light and an arrow. verdict "" = the county was not judged by it."""

    code: str
    label: str
    verdict: str
    arrow: Arrow


def cells_of(
    standing: CountyStanding | None, before: CountyStanding | None, labels: Mapping[str, str]
) -> list[Cell]:
    """A cell for each item in the order of ``labels``; none without a standing.

    A code of one letter stands for all items that begin with it: the worst of them counts.
    """
    if standing is None:
        return []
    return [
        Cell(code, label, _verdict(standing, code), _arrow(standing, before, code))
        for code, label in labels.items()
    ]


def _verdict(standing: CountyStanding, code: str) -> str:
    held = standing.verdicts
    own = [held[code]] if code in held else [held[one] for one in held if len(code) == 1 and one[:1] == code]
    return min(own, key=lambda verdict: RANK.get(verdict, 3), default="")


def _arrow(standing: CountyStanding, before: CountyStanding | None, code: str) -> Arrow:
    now = RANK.get(_verdict(standing, code))
    then = RANK.get(_verdict(before, code)) if before else None
    if before is None or now is None or then is None:
        return Arrow.UNKNOWN
    if now != then:
        return Arrow.BETTER if now > then else Arrow.WORSE
    return _by_strain(standing.strain.get(code), before.strain.get(code))


def _by_strain(now: float | None, then: float | None) -> Arrow:
    """Under the same verdict: whether the largest spread came nearer to its limit."""
    if now is None or then is None or abs(now - then) < NOTICEABLE:
        return Arrow.SAME
    return Arrow.BETTER if now < then else Arrow.WORSE
