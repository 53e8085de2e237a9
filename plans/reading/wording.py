"""Cutting sentences: a title from the text that follows it."""

import re

_LONGEST_TITLE = 40


def split_title(text: str) -> tuple[str, str]:
    """Title and text: the first sentence when short, else its first clause beside the whole text.

    >>> split_title("改造校舍。新建两所学校。")
    ('改造校舍', '新建两所学校。')
    >>> split_title("按照就近入学的原则，" + "统筹" * 20 + "。")[0]
    '按照就近入学的原则'
    """
    first, _, rest = text.partition("。")
    if len(first) <= _LONGEST_TITLE:
        return re.sub(r"\.+$", "", first.strip(" ：:；;")), rest.strip()
    clause = re.split(r"[，；：,;:]", text, maxsplit=1)[0]
    return (clause if len(clause) <= _LONGEST_TITLE else clause[:_LONGEST_TITLE] + "…"), text
