"""Whoever looks after accounts of a county gets hold of none that stands above it."""

from app.models import Oversight
from plans.actors import Role
from tests.app.people_scene import people_scene
from tests.factories import Factory
from tests.pages import PageClient


def test_office_does_not_reset_the_password_of_an_overseer(client: PageClient, make: Factory) -> None:
    people = people_scene(make)
    leader = make.member(people.county, Role.LEADER)
    path = f"/members/{people.membership(leader)}/access"
    client.sign_in(people.office)
    client.get_page(path)
    make.region("990100")
    with make.session() as session:
        session.add(Oversight(account_id=leader.actor.user_id, region_code="990100", since=make.now))

    client.get_page(path, 404)
    client.post_page(f"{path}/password", {}, 404)
