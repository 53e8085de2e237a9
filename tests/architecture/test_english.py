"""The English catalogue is whole: every marked text has English, with the same values in it."""

from tests.architecture.english import misplaced, missing, unwritable


def test_every_text_has_english() -> None:
    assert missing() == [], "translate them: python -m tests.architecture.english --write enters them, empty"


def test_english_names_the_values_of_the_chinese() -> None:
    assert misplaced() == []


def test_english_can_be_formatted() -> None:
    assert unwritable() == []
