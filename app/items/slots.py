"""The parts of an item that people answer for: what was stated, what is missing, what the person may do."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.items.commands import PREPARE, has_prepared, lacking
from app.items.forms import StatementForm
from app.items.queries import attestations_of, files_to_offer
from app.models import Attestation, AttestationEvent
from plans.actors import Actor
from plans.rights import Act, may
from scoring.items import Item, Part

STATED = ("attested", "veto")
WHOLE = "whole"  # stands for the key "" in an address


@dataclass(frozen=True)
class Slot:
    """One statement to be made."""

    key: str  # of the part, as in addresses
    label: str
    is_veto: bool
    names_schools: bool
    row: Attestation | None
    lacking: list[str]  # what is missing before it can be signed
    form: StatementForm | None  # None = the person may not write now
    may_sign: bool
    may_withdraw: bool
    obstacle: str  # why this supervisor may not sign
    refusal: str
    may_fetch: bool  # whether the person may open the files

    @property
    def events(self) -> list[AttestationEvent]:
        """The story, newest first."""
        return list(reversed(self.row.events)) if self.row else []

    @property
    def prepared_by(self) -> str:
        """Who wrote on it last."""
        names = [event.actor_name for event in self.events if event.act == PREPARE]
        return names[0] if names else ""


def stated_parts(item: Item) -> dict[str, Part]:
    """Parts that need a statement, by their key in addresses."""
    return {part.key or WHOLE: part for part in item.parts if part.mode in STATED}


def slots(
    session: Session,
    actor: Actor,
    year: int,
    item: Item,
    names: Mapping[str, str],
    sent: Mapping[str, tuple[StatementForm, str]],
) -> list[Slot]:
    """All statements of an item. ``names``: school code → name; ``sent``: refused forms with the refusal."""
    rows = attestations_of(session, year, item.code) if stated_parts(item) else {}
    return [
        _slot(session, actor, item, part, key, rows.get(part.key), names, sent.get(key))
        for key, part in stated_parts(item).items()
    ]


def new_form(key: str) -> StatementForm:
    """The form of a part as it was sent."""
    return StatementForm(prefix=f"{key}-")


def _slot(
    session: Session,
    actor: Actor,
    item: Item,
    part: Part,
    key: str,
    row: Attestation | None,
    names: Mapping[str, str],
    sent: tuple[StatementForm, str] | None,
) -> Slot:
    is_signed, supervises = bool(row and row.is_signed), may(actor, Act.SIGN_ITEM)
    prepared_it = row is not None and has_prepared(actor, row)
    missing = lacking(row) if row else [_("结论"), _("情况说明"), _("佐证材料")]
    form = None
    if may(actor, Act.STATE_ITEM) and not is_signed:
        form = sent[0] if sent else _blank(key, row, names)
        held = [link.evidence_id for link in row.evidence] if row else []
        form.offer(is_veto=part.mode == "veto", files=files_to_offer(session, held))
    return Slot(
        key=key,
        label=part.label,
        is_veto=part.mode == "veto",
        names_schools=item.level == "school",
        row=row,
        lacking=[] if is_signed else missing,
        form=form,
        may_sign=supervises and row is not None and not is_signed and not missing and not prepared_it,
        may_withdraw=supervises and is_signed,
        obstacle=_("材料由您准备，须由其他督导人员签署。")
        if supervises and prepared_it and not is_signed
        else "",
        refusal=sent[1] if sent else "",
        may_fetch=may(actor, Act.READ_STATEMENTS),
    )


def _blank(key: str, row: Attestation | None, names: Mapping[str, str]) -> StatementForm:
    if row is None:
        return StatementForm(formdata=None, prefix=f"{key}-", conclusion="")
    failing = [f"{names.get(one['school_code'], one['school_code'])} {one['figure']}" for one in row.failing]
    return StatementForm(
        formdata=None,
        prefix=f"{key}-",
        seen=row.last_event_no,
        conclusion=row.conclusion,
        statement=row.statement,
        failing="\n".join(line.strip() for line in failing),
        kept=[link.evidence_id for link in row.evidence],
    )
