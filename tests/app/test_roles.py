"""The page of roles shows the table that every act is checked by."""

import pytest

from plans.actors import Role
from plans.rights import PERMISSIONS
from tests.factories import Factory
from tests.pages import PageClient


@pytest.mark.parametrize("role", Role)
def test_every_member_sees_every_act_with_who_may(client: PageClient, make: Factory, role: Role) -> None:
    client.sign_in(make.member(make.county(), role))

    page = client.get_page("/roles")

    rows = {row.th.text: [cell.text for cell in row.select("td")] for row in page.select("tbody tr")}
    expected = {
        permission.label: [_cell(permission.grants.get(each)) for each in Role]
        for permission in PERMISSIONS.values()
    }
    assert {label: cells for label, cells in rows.items() if cells} == expected


def _cell(condition: object) -> str:
    words = getattr(condition, "words", None)
    if words is None:
        return ""
    return f"○{words}" if words else "●"
