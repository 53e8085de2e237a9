"""Whom the demo does not have: an operator of the platform."""

from pathlib import Path

from app.auth.passwords import hash_password
from app.clock import now
from app.demo.people import PASSWORD
from app.extensions import db
from app.models import Account
from plans.base import new_id
from tests.conftest import close_database, open_app
from tests.databases import Database

OPERATOR = "operator"


def add_operator(folder: Path, database: Database) -> str:
    """An administrator of the platform, by login."""
    with open_app(folder, database).app_context():
        account = Account(
            id=new_id(),
            login=OPERATOR,
            name="平台管理员",
            password_hash=hash_password(PASSWORD),
            is_platform_admin=True,
            created_at=now(),
        )
        db.session.add(account)
        db.session.commit()
        close_database()
    return OPERATOR
