"""Chinese numbers as headings write them, 1 to 99."""

_DIGITS = "零一二三四五六七八九"
NUMERAL = "[一二三四五六七八九十〇零两]{1,4}"


def to_chinese(number: int) -> str:
    """A counting number; beyond 99 the digits are plain.

    >>> [to_chinese(n) for n in (3, 10, 12, 20, 45)]
    ['三', '十', '十二', '二十', '四十五']
    """
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (
        _DIGITS[ones] if ones else ""
    )


def from_chinese(text: str) -> int | None:
    """The number that the text writes; None when it writes none.

    >>> [from_chinese(t) for t in ("7", "七", "十", "十二", "二十五", "二〇", "甲")]
    [7, 7, 10, 12, 25, 20, None]
    """
    text = text.replace("〇", "零").replace("两", "二")
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char not in _DIGITS + "十" for char in text):
        return None
    if "十" not in text:
        return int("".join(str(_DIGITS.index(char)) for char in text))
    tens, _, ones = text.partition("十")
    tens_value, ones_value = from_chinese(tens or "一"), from_chinese(ones or "零")
    return None if tens_value is None or ones_value is None else tens_value * 10 + ones_value
