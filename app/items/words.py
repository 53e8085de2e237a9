"""Words of the story of an attestation."""

from datetime import datetime

from app.clock import ZONE

ACTS = {"prepare": "准备材料", "sign": "签署", "withdraw": "撤回签署"}


def moment(at: datetime) -> str:
    """A moment on a Chinese clock.

    >>> moment(datetime(2026, 11, 22, 9, 5, tzinfo=ZONE))
    '2026年11月22日 09:05'
    """
    here = at.astimezone(ZONE)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
