"""Values as an entry keeps them: plain JSON, without secrets, long texts by their hash alone."""

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from plans.words import _

SECRET = re.compile(r"passw|secret|token|totp|recovery|webhook|credential|private|code_hash", re.IGNORECASE)
HIDDEN = _("（不记录）")
LONGEST = 2000  # characters of one value; a longer one stands in its own table and is named by its hash


def canonical(value: Any) -> str:
    """One spelling for equal values, whatever database they come back from."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def plain(name: str, value: Any) -> Any:
    """A column's value as JSON; secrets never, not even as a hash."""
    if SECRET.search(name):
        return None if value in (None, "") else HIDDEN
    ready = _ready(value)
    text = canonical(ready)
    if len(text) <= LONGEST:
        return ready
    return {"sha256": sha256(text.encode()).hexdigest(), "length": len(text)}


def _ready(value: Any) -> Any:
    if isinstance(value, Enum):
        return _ready(value.value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _hidden_or_ready(str(key), one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_ready(one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # PostgreSQL's JSON has no NaN
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return str(value).replace("\0", "")  # nor has its text the zero


def _hidden_or_ready(name: str, value: Any) -> Any:
    return plain(name, value) if SECRET.search(name) else _ready(value)
