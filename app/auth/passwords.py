"""Password hashes: argon2id, its cost a setting."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app


def hash_password(password: str) -> str:
    """The hash to keep."""
    return str(_hasher().hash(password))


def password_fits(kept_hash: str, password: str) -> bool:
    """Whether the password is the one behind the hash."""
    try:
        return bool(_hasher().verify(kept_hash, password))
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> PasswordHasher:
    settings = current_app.config
    return PasswordHasher(time_cost=settings["ARGON2_TIME_COST"], memory_cost=settings["ARGON2_MEMORY_KIB"])
