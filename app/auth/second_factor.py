"""The second factor: codes of a telephone (TOTP, RFC 6238) and codes on paper that stand in for it once.

The shared secret is sealed with the key of the service, so that a copy of the database makes no codes.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

import pyotp
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.orm import Session

from app.auth.accounts import locked_account
from app.auth.attempts import Gate
from app.auth.errors import WrongProof
from app.models import RecoveryCode, SecondFactor
from plans.words import _

ISSUER = "优均台账"
N_CODES, FREE_CODES = 10, 5
DRIFT_STEPS = 1  # a telephone's clock may be half a minute off
_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Setup:
    """What a telephone needs to know while the second factor is being set up."""

    secret: str
    address: str  # otpauth://…, what the picture says


def code_gate(account_id: int) -> Gate:
    """What guesses at codes are counted by."""
    return Gate("code", str(account_id), FREE_CODES)


def begin_setup(session: Session, account_id: int, *, key: str) -> None:
    """Draw a new secret; it counts only once a code of it has been given.

    Raises WrongProof when a second factor is in use: that one is switched off first.
    """
    if locked_account(session, account_id).second_factor_at is not None:
        raise WrongProof(_("二次验证已经启用。要换手机，请先停用再重新设置。"))
    _forget(session, account_id)
    sealed = _seal(key).encrypt(pyotp.random_base32(32).encode()).decode()
    session.add(SecondFactor(account_id=account_id, totp_secret=sealed))


def setup_of(session: Session, account_id: int, login: str, *, key: str) -> Setup | None:
    """The secret while it is being set up; None before and afterwards."""
    kept = session.get(SecondFactor, account_id)
    if kept is None or (secret := _opened(kept, key)) is None:
        return None
    return Setup(secret, pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER))


def confirm_setup(session: Session, account_id: int, code: str, *, key: str, at: datetime) -> list[str]:
    """Switch the second factor on with its first code; the recovery codes, shown this once.

    Raises WrongProof.
    """
    account = locked_account(session, account_id)
    if account.second_factor_at is not None or not _is_code(session, account_id, code, key, at):
        raise WrongProof(_("验证码不正确。请核对手机时间是否准确，等下一个验证码出现后再试。"))
    account.second_factor_at = at
    return renew_codes(session, account_id)


def check_code(session: Session, account_id: int, code: str, *, key: str, at: datetime) -> None:
    """Take a code of the telephone, or one from the paper; either works once.

    Raises WrongProof.
    """
    locked_account(session, account_id)  # two requests with one code: the second finds it used
    if not _is_code(session, account_id, code, key, at) and not _use_recovery(session, account_id, code, at):
        raise WrongProof(_("验证码不正确或已经用过，请等下一个验证码出现后再试。"))


def renew_codes(session: Session, account_id: int) -> list[str]:
    """New recovery codes in place of the old ones."""
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = [_drawn_code() for _ in range(N_CODES)]
    session.add_all(RecoveryCode(account_id=account_id, code_hash=_digest(code)) for code in codes)
    return codes


def n_codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes are still good."""
    statement = sa.select(sa.func.count()).select_from(RecoveryCode)
    is_good = RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    return session.scalars(statement.where(*is_good)).one()


def drop_second_factor(session: Session, account_id: int) -> None:
    """Switch the second factor off."""
    locked_account(session, account_id).second_factor_at = None
    _forget(session, account_id)


def _forget(session: Session, account_id: int) -> None:
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.execute(sa.delete(SecondFactor).where(SecondFactor.account_id == account_id))


def _is_code(session: Session, account_id: int, code: str, key: str, at: datetime) -> bool:
    kept = session.get(SecondFactor, account_id, populate_existing=True)
    secret = _opened(kept, key) if kept else None
    if kept is None or secret is None:
        return False
    totp = pyotp.TOTP(secret)
    now, given = totp.timecode(at), "".join(code.split())
    for step in range(max(now - DRIFT_STEPS, kept.step + 1), now + DRIFT_STEPS + 1):
        if compare_digest(totp.generate_otp(step).encode(), given.encode()):
            kept.step = step
            return True
    return False


def _use_recovery(session: Session, account_id: int, code: str, at: datetime) -> bool:
    plain = "".join(code.split()).replace("-", "").lower()
    used = session.execute(
        sa.update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == _digest(plain),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    )
    return used.first() is not None


def _drawn_code() -> str:
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(16))  # 79 bits: a plain hash is enough
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def _digest(code: str) -> str:
    return sha256(code.replace("-", "").encode()).hexdigest()


def _opened(kept: SecondFactor, key: str) -> str | None:
    try:
        return _seal(key).decrypt(kept.totp_secret.encode()).decode()
    except InvalidToken:  # sealed with another key: whoever looks after accounts sets it up anew
        return None


def _seal(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(sha256(b"second factor" + key.encode()).digest()))
