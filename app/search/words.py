"""What somebody looks for, as words to compare; too little to look for is said."""

from dataclasses import dataclass

from app.folding import fold

SHORTEST, LONGEST, MOST = 2, 60, 8  # characters in all, characters, words


@dataclass(frozen=True)
class Wanted:
    """What was typed, and the words that all have to be found, folded."""

    typed: str
    words: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.typed

    @property
    def is_short(self) -> bool:
        return not self.is_empty and sum(map(len, self.words)) < SHORTEST

    @property
    def can_be_found(self) -> bool:
        return not self.is_empty and not self.is_short


def wanted_of(typed: str) -> Wanted:
    """Read what was typed.

    >>> wanted_of(" Ｒ４　骨干 ").words
    ('r4', '骨干')
    """
    typed = typed.replace("\0", "").strip()[:LONGEST]
    return Wanted(typed, tuple(fold(typed).split()[:MOST]))


def has_all(words: tuple[str, ...], *texts: str) -> bool:
    """Whether every word stands in one of the texts."""
    held = [fold(text) for text in texts]
    return all(any(word in text for text in held) for word in words)
