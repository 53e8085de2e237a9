"""Keys as strangers may send them: whole numbers that a database can hold, or none."""

from flask_babel import lazy_gettext as _l
from werkzeug.routing import IntegerConverter, Map
from wtforms import HiddenField

LARGEST = 2**63 - 1


class KeyConverter(IntegerConverter):
    """A whole number in an address; the address of a larger one than any row can have is not found."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


class HiddenNumber(HiddenField):  # type: ignore[misc]
    """What a form carries along to be read by ``int``; anything else makes the form invalid."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and valuelist[0] and read_key(valuelist[0]) is None:
            raise ValueError(_l("页面内容有误，请刷新后再填。"))
        super().process_formdata(valuelist)


def read_key(text: object) -> int | None:
    """The whole number, or None.

    >>> [read_key(text) for text in ("12", "-1", "1e3", "9223372036854775808", "9" * 5000, "", None)]
    [12, None, None, None, None, None, None]
    """
    if not isinstance(text, str) or not text.isdecimal() or len(text) > len(str(LARGEST)):
        return None
    return int(text) if int(text) <= LARGEST else None
