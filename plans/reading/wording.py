"""Cutting sentences: a title from the text that follows it."""

import re

_LONGEST_TITLE = 40
_CLAUSE_ENDS = re.compile(r"[，；：,;:]")
_ONLY_A_DATE = re.compile(
    r"(?:[到至在]|截至)?\s*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?\s*[底末初]?(?:以?前|之前|止|起)?$"
)


def split_title(text: str) -> tuple[str, str]:
    """Title and text: the first sentence when short, else its first clause beside the whole text.

    >>> split_title("改造校舍。新建两所学校。")
    ('改造校舍', '新建两所学校。')
    >>> split_title("按照就近入学的原则，" + "统筹" * 20 + "。")[0]
    '按照就近入学的原则'
    >>> split_title("到2028年底，改扩建初中3所，" + "统筹" * 20 + "。")[0]
    '到2028年底，改扩建初中3所'
    """
    first, _, rest = text.partition("。")
    if len(first) <= _LONGEST_TITLE:
        return re.sub(r"\.+$", "", first.strip(" ：:；;")), rest.strip()
    clause = _first_clause(text)
    return (clause if len(clause) <= _LONGEST_TITLE else clause[:_LONGEST_TITLE] + "…"), text


def _first_clause(text: str) -> str:
    """The first clause; a date alone is no title, so the next one goes with it."""
    ends = [found.start() for found in _CLAUSE_ENDS.finditer(text)]
    if len(ends) > 1 and _ONLY_A_DATE.match(text[: ends[0]]):
        return text[: ends[1]]
    return text[: ends[0]] if ends else text
