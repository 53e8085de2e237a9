"""An administrator of the platform, who belongs to no county."""

import pytest
from flask import Flask

from app.auth.passwords import hash_password
from app.models import Account
from plans.actors import Actor, Role
from plans.base import new_id
from tests.factories import PASSWORD, Factory, Member
from tests.pages import PageClient


@pytest.fixture
def admin_member(make: Factory) -> Member:
    with make.session() as session:
        account = Account(
            id=new_id(),
            login="operator",
            name="平台管理员甲",
            password_hash=hash_password(PASSWORD),
            is_platform_admin=True,
            created_at=make.now,
        )
        session.add(account)
        return Member("operator", Actor(account.id, account.name, 0, Role.OFFICE))


@pytest.fixture
def admin(app: Flask, admin_member: Member) -> PageClient:
    client = PageClient(app)
    client.sign_in(admin_member)
    return client
