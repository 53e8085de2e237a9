"""From waiting drafts to entries of the chains: single rows as they are, many alike as one entry."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from app.audit.chains import PLATFORM, Chain, append, chain_of
from app.audit.plain import canonical
from app.audit.recording import Draft, take_waiting
from app.models.audit import Act

MOST_ALIKE = 20  # rows of one table in one transaction that get an entry each


def write_waiting(session: Session, at: datetime) -> None:
    """Write all that waits: the county's chain first, the platform's last, so nobody waits in a ring."""
    session.flush()
    drafts = list(_summed_up(take_waiting(session)))
    own = [draft for draft in drafts if not draft.for_platform]
    _append(session, chain_of(session), own, at)
    _append(session, PLATFORM, [draft for draft in drafts if draft.for_platform], at)


def _append(session: Session, chain: Chain, drafts: list[Draft], at: datetime) -> None:
    if drafts:
        append(session, chain, [(draft.at or at, _telling(draft)) for draft in drafts])


def _summed_up(drafts: Iterable[Draft]) -> Iterator[Draft]:
    drafts = list(drafts)
    large = {group for group, n in _sizes(drafts).items() if group and n > MOST_ALIKE}
    yield from (draft for draft in drafts if draft.group not in large)
    for group in sorted(large):
        yield _sum(group, [draft for draft in drafts if draft.group == group])


def _sizes(drafts: list[Draft]) -> dict[str, int]:
    groups = sorted(draft.group for draft in drafts)
    return {group: len(list(alike)) for group, alike in groupby(groups)}


def _sum(group: str, alike: list[Draft]) -> Draft:
    """One entry for many rows. The hash pins what each of them was and became."""
    table, how = group.split(" ")
    facts = [[draft.thing, draft.before, draft.after] for draft in alike]
    after: dict[str, Any] = {
        "batch": how,
        "rows": len(alike),
        "names": [draft.title for draft in alike if draft.title][:5],
        "sha256": sha256(canonical(facts).encode()).hexdigest(),
    }
    acts = {draft.act for draft in alike}
    act = acts.pop() if len(acts) == 1 else Act.CHANGE
    return Draft(alike[0].doer, act, table, "", None, after)


def _telling(draft: Draft) -> dict[str, Any]:
    doer = draft.doer
    return {
        "account_id": doer.account_id,
        "who": doer.who[:60],
        "role": doer.role[:20],
        "address": doer.address[:45],
        "act": draft.act,
        "thing": _cut(draft.thing, 80),
        "title": _cut(draft.title, 200),
        "before": draft.before,
        "after": draft.after,
    }


def _cut(text: str, length: int) -> str:
    return text.replace("\0", "")[:length]
