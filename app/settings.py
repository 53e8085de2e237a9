"""Settings: defaults, the environment over them, and a test's own over both."""

import os
import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

MEGABYTE = 1024 * 1024

DEFAULTS: dict[str, Any] = {
    "MAX_CONTENT_LENGTH": 50 * MEGABYTE,
    "MAX_FORM_MEMORY_SIZE": 5 * MEGABYTE,
    # A unit saves its whole table at once: eight parts a task, several hundred tasks at the most.
    "MAX_FORM_PARTS": 5000,
    "BABEL_DEFAULT_LOCALE": "zh_CN",
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
    "SESSION_IDLE": timedelta(hours=2),
    # Otherwise the late answer for a picture puts an older session back over a newer one.
    "SESSION_REFRESH_EACH_REQUEST": False,
    "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
    "ARGON2_TIME_COST": 3,
    "ARGON2_MEMORY_KIB": 65536,
    "RATE_LIMITS": {"upload": (60, 300), "search": (120, 60)},  # how many within how many seconds
    # Sign-in by an identity provider (OpenID Connect); none while there is no issuer.
    "OIDC_ISSUER": "",
    "OIDC_CLIENT_ID": "",
    "OIDC_CLIENT_SECRET": "",
    "OIDC_NAME": "",
    "OIDC_SECOND_FACTOR": False,  # the provider asks for a second factor, so that we need not
    "AUDIT_KEPT_DAYS": None,  # for ever
    "PROXIES": 0,  # how many proxies of the operator stand before the service
    # Plain http is for the machine's own address only; deployments set HTTPS=1.
    "HTTPS": False,
    # What leaves the system (docs/sending.md). Without a server that takes mail none is written.
    "MAIL_HOST": "",
    "MAIL_PORT": 25,
    "MAIL_SECURITY": "none",  # none, starttls or tls
    "MAIL_LOGIN": "",
    "MAIL_PASSWORD": "",
    "MAIL_SENDER": "",
    "WEBHOOK_PRIVATE_HOSTS": frozenset(),  # names inside the operator's network that counties may address
}
MAIL_NAMES = ("MAIL_HOST", "MAIL_SECURITY", "MAIL_LOGIN", "MAIL_PASSWORD", "MAIL_SENDER")
LEAST_KEPT_DAYS = 180  # 网络安全法 asks for six months of logs
CONTENT_SECURITY_POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


class KeptTooShort(ValueError):
    """The audit log was to be kept for a shorter time than the law allows, or for no time at all."""

    def __init__(self, days: object) -> None:
        super().__init__(
            f"AUDIT_KEPT_DAYS is {days!r}. It must be a whole number of days, {LEAST_KEPT_DAYS} or more; "
            "leave it out and the audit log is kept for ever."
        )


class ProviderNotSet(ValueError):
    """The settings of the identity provider cannot work, or not safely."""


def read_settings(instance: Path, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """All settings of an app whose own files live under ``instance``."""
    chosen = {**DEFAULTS, **_from_environment(), **(given or {})}
    chosen.setdefault("SQLALCHEMY_DATABASE_URI", f"sqlite:///{instance / 'ledger.sqlite'}")
    _settle_databases(chosen)
    _settle_sending(chosen)
    chosen.setdefault("FILES", str(instance / "files"))
    chosen.setdefault("SECRET_KEY", None) or chosen.update(SECRET_KEY=_kept_secret(instance))
    chosen["SESSION_COOKIE_SECURE"] = chosen["HTTPS"]
    chosen.setdefault("ADMIN_SECOND_FACTOR", chosen["HTTPS"])
    # Its accounts have a published password.
    chosen.setdefault("DEMO", not chosen["HTTPS"])
    _check_provider(chosen)
    chosen["AUDIT_KEPT_DAYS"] = _days_of_keeping(chosen["AUDIT_KEPT_DAYS"])
    # A browser takes a cookie named __Host- from this very host and over HTTPS only.
    prefix = "__Host-" if chosen["HTTPS"] else ""
    chosen["SESSION_COOKIE_NAME"] = f"{prefix}ledger"
    chosen["DEVICE_COOKIE_NAME"] = f"{prefix}ledger-device"
    return chosen


def _from_environment() -> dict[str, Any]:
    names = {
        **{name: name for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")},
        "DATABASE_URL": "SQLALCHEMY_DATABASE_URI",
        "MIGRATION_DATABASE_URL": "MIGRATION_DATABASE_URI",
        "SECRET_KEY": "SECRET_KEY",
        "FILES": "FILES",
        "BACKUP_DIR": "BACKUP_DIR",
    }
    found: dict[str, Any] = {ours: os.environ[name] for name, ours in names.items() if os.environ.get(name)}
    if "HTTPS" in os.environ:
        found["HTTPS"] = os.environ["HTTPS"] == "1"
    if os.environ.get("PROXIES"):
        found["PROXIES"] = int(os.environ["PROXIES"])
    if os.environ.get("AUDIT_KEPT_DAYS"):
        found["AUDIT_KEPT_DAYS"] = os.environ["AUDIT_KEPT_DAYS"]
    if os.environ.get("HOSTS"):  # the names under which the service answers; any other is refused
        found["TRUSTED_HOSTS"] = os.environ["HOSTS"].split(",")
    for name in ("ADMIN_SECOND_FACTOR", "OIDC_SECOND_FACTOR", "DEMO"):
        if name in os.environ:
            found[name] = os.environ[name] == "1"
    return {**found, **_sending_from_environment()}


def _check_provider(chosen: dict[str, Any]) -> None:
    issuer = chosen["OIDC_ISSUER"]
    if issuer and not chosen["OIDC_CLIENT_ID"]:
        raise ProviderNotSet("OIDC_ISSUER is set without OIDC_CLIENT_ID. Set both, or neither.")
    if issuer and chosen["HTTPS"] and not issuer.startswith("https://"):
        raise ProviderNotSet("OIDC_ISSUER is not https://, so anybody on the way could sign in as anybody.")


def _days_of_keeping(given: str | int | None) -> int | None:
    if given is None:
        return None
    days = int(given) if re.fullmatch(r"[0-9]{1,6}", str(given)) else 0
    if days < LEAST_KEPT_DAYS:
        raise KeptTooShort(given)
    return days


def _sending_from_environment() -> dict[str, Any]:
    found: dict[str, Any] = {name: os.environ[name] for name in MAIL_NAMES if os.environ.get(name)}
    if os.environ.get("MAIL_PORT"):
        found["MAIL_PORT"] = int(os.environ["MAIL_PORT"])
    if os.environ.get("BASE_URL"):
        found["BASE_URL"] = os.environ["BASE_URL"]
    if names := os.environ.get("WEBHOOK_PRIVATE_HOSTS"):
        found["WEBHOOK_PRIVATE_HOSTS"] = frozenset(name.strip().lower() for name in names.split(","))
    return found


def _settle_sending(chosen: dict[str, Any]) -> None:
    """Refuse at the start what would otherwise fail with each message."""
    base_url = chosen.setdefault("BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}").rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", base_url):
        raise ValueError("BASE_URL must be the address of the service, such as https://ledger.example.org")
    chosen["BASE_URL"] = base_url
    if chosen["MAIL_SECURITY"] not in ("none", "starttls", "tls"):
        raise ValueError("MAIL_SECURITY must be none, starttls or tls")
    if chosen["MAIL_HOST"] and not chosen["MAIL_SENDER"]:
        raise ValueError("MAIL_HOST is set, so MAIL_SENDER must be the address that mail comes from")


def _settle_databases(chosen: dict[str, Any]) -> None:
    for name in ("SQLALCHEMY_DATABASE_URI", "MIGRATION_DATABASE_URI"):
        # Hosters hand out the address without a driver; SQLAlchemy would look for another one than ours.
        chosen[name] = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", chosen.get(name) or "")
    if chosen["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        # A server that was restarted, or a firewall, may have closed what lies in the pool.
        chosen.setdefault("SQLALCHEMY_ENGINE_OPTIONS", {"pool_pre_ping": True})


def _kept_secret(instance: Path) -> str:
    # Made on the first start and kept, so that a restart signs nobody out and no default is ever in use.
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    return path.read_text()
