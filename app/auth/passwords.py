"""Password hashes: argon2id, its cost a setting. Slow on purpose: never inside a transaction that writes."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

NONE_KEPT = "!"  # the hash of an account without a password: nothing fits it


def hash_password(password: str) -> str:
    """The hash to keep."""
    return str(_hasher().hash(password))


def password_fits(kept_hash: str | None, password: str) -> bool:
    """Whether the password is the one behind the hash.

    Without a hash it takes as long as with one: the time of an answer must not tell which logins exist.
    """
    hasher = _hasher()
    is_kept = kept_hash is not None and kept_hash != NONE_KEPT
    try:
        hasher.verify(kept_hash if kept_hash and is_kept else _hash_of_nobody(hasher), password)
    except (VerificationError, InvalidHashError):
        return False
    return is_kept


def is_outdated(kept_hash: str) -> bool:
    """Whether the hash was made at another cost than the present settings."""
    return bool(_hasher().check_needs_rehash(kept_hash))


def _hasher() -> PasswordHasher:
    settings = current_app.config
    return _hasher_of(settings["ARGON2_TIME_COST"], settings["ARGON2_MEMORY_KIB"])


@cache
def _hasher_of(time_cost: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib)


@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return str(hasher.hash("nobody signs in with this"))
