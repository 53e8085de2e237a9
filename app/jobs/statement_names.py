"""How reminders name a statement: the item, and which of its parts where there are several."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from app.items.slots import stated_parts
from app.models import Attestation
from scoring.items import Item
from scoring.loader import STANDARDS, load_standard
from scoring.words import kept_words


def statement_name() -> Any:
    """The name as SQL. No two standards use one code for different items."""
    whens = [
        (sa.and_(Attestation.item == item, Attestation.part == part), sa.literal(name, sa.String))
        for (item, part), name in statement_names().items()
    ]
    return sa.case(*whens, else_=Attestation.item)


@cache
def statement_names() -> dict[tuple[str, str], str]:
    """Names by item and part.

    >>> statement_names()["G2", "funds"]
    'G2 城乡学校标准四统一：生均公用经费基准定额统一'
    """
    return {key: name for one in STANDARDS for item in load_standard(one).items for key, name in _named(item)}


def _named(item: Item) -> Iterator[tuple[tuple[str, str], str]]:
    parts = stated_parts(item).values()
    for part in parts:
        which = f"：{kept_words(part.label)}" if len(parts) > 1 else ""
        yield (item.code, part.key), f"{item.code} {kept_words(item.label)}{which}"
