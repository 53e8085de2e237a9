"""A percentage as people write or paste it."""

import re
from unicodedata import normalize

from flask_babel import gettext as _
from wtforms import IntegerField

_WHOLE = re.compile(r"(\d{1,3})(?:\.0+)?\s*%?")


def read_percent(text: str) -> int | None:
    """A whole percentage from 0 to 100; None for anything else. A fraction is not guessed to be a share.

    >>> [read_percent(text) for text in ("72", " 72% ", "７２％", "72.00%")]
    [72, 72, 72, 72]
    >>> [read_percent(text) for text in ("0.72", "72.5", "101", "-1", "约七成", "")]
    [None, None, None, None, None, None]
    """
    found = _WHOLE.fullmatch(normalize("NFKC", text).strip())
    if found is None or int(found[1]) > 100:
        return None
    return int(found[1])


class PercentField(IntegerField):  # type: ignore[misc]
    """Takes what ``read_percent`` takes; what it refuses comes back as it was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        found = read_percent(valuelist[0])
        if found is None:
            raise ValueError(_("进展填 0 至 100 的整数，如 72 或 72%。"))
        self.data = found
