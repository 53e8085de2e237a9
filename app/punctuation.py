"""Punctuation that stands between values rather than in a text: full width in Chinese, ASCII in English."""

from collections.abc import Iterable

from flask_babel import gettext as _


def bracketed(text: object) -> str:
    """What explains the word before it.

    >>> bracketed("初中")
    '（初中）'
    """
    return _("（%(text)s）", text=text)


def labelled(label: object, text: object) -> str:
    """A value after its name.

    >>> labelled("学校", "甲县第一小学")
    '学校：甲县第一小学'
    """
    return _("%(label)s：%(text)s", label=label, text=text)


def quoted(text: object) -> str:
    """A title or name in quotation marks.

    >>> quoted("建新校")
    '“建新校”'
    """
    return _("“%(text)s”", text=text)


def listed(texts: Iterable[object]) -> str:
    """Several of a kind.

    >>> listed(["甲县", "乙县"])
    '甲县、乙县'
    """
    return _("、").join(map(str, texts))
