"""Failing schools as people write them: a line each, name or code, then the grade."""

import re
from collections.abc import Mapping

from app.items.errors import SchoolUnknown

_PARTED = re.compile(r"[\s,，:：=＝、]+")


def read_findings(text: str, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Lines → code and figure of each school; ``names``: code → name.

    Raises SchoolUnknown with every name that no school bears.

    >>> read_findings("甲村小学 合格\\n102：不合格", {"101": "甲村小学", "102": "乙村小学"})
    [('101', '合格'), ('102', '不合格')]
    """
    codes = {name: code for code, name in names.items()} | {code: code for code in names}
    pairs = [_PARTED.split(line.strip(), maxsplit=1) for line in text.splitlines() if line.strip()]
    unknown = [pair[0] for pair in pairs if pair[0] not in codes]
    if unknown:
        raise SchoolUnknown(unknown)
    return [(codes[pair[0]], pair[1].strip() if len(pair) > 1 else "") for pair in pairs]
