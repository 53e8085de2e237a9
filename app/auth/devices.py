"""A browser that has signed in before: a signed cookie, by account.

Somebody else's failures never close the gate of a known browser, nor that of an address from which the
account has signed in before. So a stranger who guesses at a login cannot keep its owner out.
"""

from datetime import datetime
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from app.auth.attempts import Gate
from app.auth.sign_ins import Visit, has_come_from

COOKIE_AGE_S = 180 * 24 * 60 * 60
FREE_BY_LOGIN, FREE_BY_KNOWN, FREE_BY_ADDRESS = 5, 5, 50  # a whole county office may share one address
_MOST_REMEMBERED = 8


def device_cookie(secret: str, cookie: str, account_id: int) -> str:
    """The cookie that says that these accounts have signed in here, the newest last."""
    others = [known for known in _accounts(secret, cookie) if known != account_id]
    return str(_signer(secret).dumps([*others, account_id][-_MOST_REMEMBERED:]))


def gates_of(
    session: Session,
    secret: str,
    *,
    cookie: str,
    login: str,
    account_id: int,
    visit: Visit,
    at: datetime,
) -> list[Gate]:
    """What an attempt to sign in is counted by."""
    login = login.casefold()
    if account_id in _accounts(secret, cookie):
        return [Gate("device", f"{login} {sha256(cookie.encode()).hexdigest()}", FREE_BY_KNOWN)]
    if has_come_from(session, account_id, visit.address, at=at):
        return [Gate("known", f"{login} {visit.address}", FREE_BY_KNOWN)]
    return [Gate("login", login, FREE_BY_LOGIN), Gate("address", visit.address, FREE_BY_ADDRESS)]


def _accounts(secret: str, cookie: str) -> list[int]:
    try:
        return [int(known) for known in _signer(secret).loads(cookie)]
    except BadSignature:
        return []


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="known device")
