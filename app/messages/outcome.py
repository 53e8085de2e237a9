"""How the sending of one message went."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What is known after a try."""

    SENT = "sent"
    REFUSED = "refused"  # surely not delivered; worth another try
    REFUSED_FOR_GOOD = "refused_for_good"  # surely not delivered; another try would be refused too
    UNKNOWN = "unknown"  # handed over, and then no answer


@dataclass(frozen=True)
class Outcome:
    """The fate of a try, with the reason as it is shown to the office."""

    fate: Fate
    error: str = ""


SENT = Outcome(Fate.SENT)


def refused(error: str) -> Outcome:
    """Surely not delivered; worth another try."""
    return Outcome(Fate.REFUSED, error)


def refused_for_good(error: str) -> Outcome:
    """Surely not delivered; another try would be refused too."""
    return Outcome(Fate.REFUSED_FOR_GOOD, error)


def unknown(error: str) -> Outcome:
    """Nobody can say whether it was delivered."""
    return Outcome(Fate.UNKNOWN, error)
