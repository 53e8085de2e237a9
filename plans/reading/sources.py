"""The words of a document by their place, to stand beside what was read from them."""

from collections.abc import Mapping, Sequence
from typing import Any

from plans.reading.blocks import Block, Line


def source_texts(blocks: Sequence[Block]) -> dict[str, str]:
    """Place → words: ``"12"`` is the twelfth paragraph, ``"t1r3"`` the third row of the first table.

    >>> source_texts([Line(1, "一、目标"), Line(1, "到2029年达标")])
    {'1': '一、目标\\n到2029年达标'}
    """
    texts: dict[str, str] = {}
    for block in blocks:
        if isinstance(block, Line):
            place = str(block.number)
            texts[place] = f"{texts[place]}\n{block.text}" if place in texts else block.text
            continue
        for number, row in enumerate(block.rows, 1):
            # A merged cell repeats its words in every column that it covers.
            texts[f"t{block.ordinal}r{number}"] = " ｜ ".join(dict.fromkeys(row.cells))
    return texts


def place_of(row: Mapping[str, Any]) -> str | None:
    """Where a row of a draft stands in its document; None = in none.

    >>> place_of({"paragraph": 9, "table": 1, "row": 3}), place_of({"paragraph": 12}), place_of({})
    ('t1r3', '12', None)
    """
    if row.get("table") and row.get("row"):
        return f"t{row['table']}r{row['row']}"
    return str(row["paragraph"]) if row.get("paragraph") else None
