"""A person of the office before a kept draft."""

from typing import Any

from sqlalchemy.orm import Session

from plans.actors import Actor
from plans.corrections.commands import add_row, correct_row, delete_row, fingerprint, restore_row
from plans.corrections.parts import Part, find_row, keyed, rows_of
from plans.models import KeptDraft
from tests.conftest import NOW


class Desk:
    """A person of the office before a kept draft."""

    def __init__(self, session: Session, office: Actor, kept: KeptDraft) -> None:
        self.session, self.office, self.kept = session, office, kept

    def correct(self, part: Part, key: str, values: dict[str, Any], seen: str | None = None) -> KeptDraft:
        shown = seen or fingerprint(find_row(keyed(self.kept.body), part, key))
        return correct_row(
            self.session,
            self.office,
            draft_id=self.kept.id,
            part=part,
            key=key,
            values=values,
            seen=shown,
            at=NOW,
        )

    def add(self, part: Part, key: str, values: dict[str, Any]) -> KeptDraft:
        return add_row(
            self.session, self.office, draft_id=self.kept.id, part=part, key=key, values=values, at=NOW
        )

    def delete(self, part: Part, key: str) -> KeptDraft:
        rows = rows_of(keyed(self.kept.body), part)
        seen = next((fingerprint(row) for row in rows if row["key"] == key), "")
        return delete_row(
            self.session, self.office, draft_id=self.kept.id, part=part, key=key, seen=seen, at=NOW
        )

    def restore(self, part: Part, key: str) -> KeptDraft:
        return restore_row(self.session, self.office, draft_id=self.kept.id, part=part, key=key, at=NOW)

    def row(self, part: Part, key: str) -> dict[str, Any]:
        return find_row(self.kept.body, part, key)

    @property
    def gaps(self) -> list[str]:
        return [gap["kind"] for gap in self.kept.body["gaps"]]

    @property
    def units(self) -> list[tuple[str, int, int, bool]]:
        return [
            (unit["name"], unit["measures"], unit["indicators"], unit["has_duty"])
            for unit in self.kept.body["units"]
        ]
