"""What a new password must be: long, and not what others try first. No rule about kinds of characters.

Common passwords are few words put together in many ways, so not passwords are listed but their pieces;
years, dates, runs of the keyboard and repeats are recognised by rule. What is left when all pieces are taken
away must be something. Four different words make a passphrase and are taken even if each of them is common.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from app.auth.errors import PasswordRefused
from plans.words import _

SHORTEST, LONGEST = 12, 128
LEAST_LEFT, ENOUGH_WORDS, LEAST_DIFFERENT = 4, 4, 5
_PIECES = Path(__file__).with_name("common_pieces.txt")
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "!@#$%^&*()")
_DATE = r"(?:19|20)\d{2}(?:[-./年]?(?:0?[1-9]|1[0-2])(?:[-./月]?(?:0?[1-9]|[12]\d|3[01])日?)?)?"
_SWAPPED = str.maketrans("@0$35!", "aosesi")


def check_new_password(password: str, *, own_words: Iterable[str]) -> None:
    """Refuse a password that others would guess; ``own_words`` are the login, the names, the county.

    Raises PasswordRefused.
    """
    if len(password) < SHORTEST:
        raise PasswordRefused(
            _(
                "密码至少 %(least)s 个字符，现在是 %(n)s 个。可以用几个词连成一句话。",
                least=SHORTEST,
                n=len(password),
            )
        )
    if len(password) > LONGEST:
        raise PasswordRefused(_("密码最多 %(most)s 个字符，请缩短后再试。", most=LONGEST))
    text = unicodedata.normalize("NFKC", password).casefold()
    if len(set(text)) < LEAST_DIFFERENT:
        raise PasswordRefused(_("密码里只有几个重复的字符，容易被猜到，请换一个。"))
    if _is_guessable(text, [word.casefold() for word in own_words if word]):
        raise PasswordRefused(
            _(
                "密码由常见词、姓名、用户名、年份或键盘顺序组成，容易被猜到。"
                "请换成几个不相干的词，或加上别人想不到的内容。"
            )
        )


def _is_guessable(text: str, own_words: list[str]) -> bool:
    return any(_is_made_of_pieces(form, own_words) for form in {text, text.translate(_SWAPPED)})


def _is_made_of_pieces(text: str, own_words: list[str]) -> bool:
    for word in sorted(own_words, key=len, reverse=True):
        text = text.replace(word, " ")
    found = {match[0] for match in _pattern().finditer(text) if match[0].isalpha()}
    left = re.sub(r"[\W_]", "", _pattern().sub(" ", text))
    return len(left) < LEAST_LEFT and len(found) < ENOUGH_WORDS


@cache
def _pattern() -> re.Pattern[str]:
    lines = _PIECES.read_text("utf-8").splitlines()
    pieces = {line for line in lines if line and not line.startswith("# ")} | set(_runs())
    words = "|".join(re.escape(piece) for piece in sorted(pieces, key=len, reverse=True))
    return re.compile(rf"(.)\1{{2,}}|{_DATE}|{words}")


def _runs() -> Iterable[str]:
    """Every stretch of at least three keys in a row, forwards and backwards."""
    for row in _ROWS:
        for way in (row, row[::-1]):
            yield from (way[at : at + n] for n in range(3, len(way) + 1) for at in range(len(way) - n + 1))
