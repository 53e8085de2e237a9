"""Chance that is the same on every machine and in every order: each draw is a hash of what it is for."""

from collections.abc import Sequence
from hashlib import sha256


def draw(low: int, high: int, *purpose: object) -> int:
    """A whole number from ``low`` to ``high``, both included, fixed by what it is drawn for."""
    digest = sha256("|".join(map(str, purpose)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


def allot(total: int, wishes: Sequence[float]) -> list[int]:
    """Whole parts in proportion to the wishes that add up to the total (largest remainders first)."""
    scale = total / sum(wishes)
    exact = [wish * scale for wish in wishes]
    parts = [int(wish) for wish in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
