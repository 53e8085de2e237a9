"""The English catalogue is whole: all marked texts, with the values of the Chinese, one apart from many."""

import pytest

from tests.architecture.english import english, misplaced, missing, unwritable
from tests.architecture.plurals import ALWAYS_MANY, says_many, uncounted, undecided


def test_every_text_has_english() -> None:
    assert missing() == [], "translate them: python -m tests.architecture.english --write enters them, empty"


def test_english_names_the_values_of_the_chinese() -> None:
    assert misplaced() == []


def test_english_can_be_formatted() -> None:
    assert unwritable() == []


def test_english_tells_one_from_many() -> None:
    assert uncounted() == [], "mark them with _n, which takes two forms, or find words that need none"
    assert undecided() == []


def test_exceptions_are_in_use() -> None:
    assert {text for text in ALWAYS_MANY if not says_many(text, english()[text][0])} == set()


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("%(n)s 项任务", "%(n)s tasks", True),
        ("%(n)s 项任务", "%(n)s open tasks", True),
        ("共 {n} 项", "{n} items", True),
        ("%(n)s 项任务", "tasks: %(n)s", False),
        ("%(n)s 项逾期", "%(n)s overdue", False),
        ("第 %(no)s 版", "version %(no)s says", False),
        ("最多 %(n)s 天", "at most %(n)s days", False),
        ("%(year)s 年度%(name)s", "%(year)s shows %(name)s", False),
    ],
)
def test_plural_after_a_count_is_found(text: str, words: str, *, found: bool) -> None:
    assert says_many(text, words) is found
