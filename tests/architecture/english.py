"""Which texts have no English yet: `python -m tests.architecture.english`; `--write` enters them, empty."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.assessments.workings import short_name
from app.helping.texts import TEXTS
from app.language import CATALOGUE
from scoring.elements import RULEBOOKS, SCHOOL_KINDS
from scoring.loader import STANDARDS, load_standard
from scoring.strict_yaml import read_yaml, texts_in
from scoring.words import kept_words

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "plans", "scoring")
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
# The one Chinese form of a text that counts stands for both of English.
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "_n": (1, 1)}
PLACE = re.compile(r"%\(\w+\)s|%%|{\w+}")

Forms = tuple[str, ...]


def texts() -> dict[str, int]:
    """Every text that the application marks for translation, and how many forms its English has."""
    found = (one for name in PACKAGES for one in extract_from_dir(ROOT / name, METHODS, keywords=KEYWORDS))
    marked = sorted((_text(message[2]), len(_forms(message[2]))) for message in found)
    return dict.fromkeys(_rulebook_texts(), 1) | {text: n for text, n in marked if text}


def _rulebook_texts() -> Iterator[str]:
    """Names and texts of the rulebooks and of the help, which are no code."""
    files = [file for file in RULEBOOKS.rglob("*.yaml") if file.name != "cases.yaml"]
    for file in (*files, TEXTS):
        yield from texts_in(read_yaml(file))
    yield from SCHOOL_KINDS
    for standard in map(load_standard, STANDARDS):
        yield from (kept_words(short_name(one.label)) for one in standard.indicators)


def english() -> dict[str, Forms]:
    """What the catalogue has: one form, or two of a text that counts."""
    with CATALOGUE.open("rb") as file:
        return {_text(message.id): _forms(message.string) for message in read_po(file) if message.id}


def missing() -> list[str]:
    """Texts without English, or without one of its forms."""
    known = english()
    return sorted(text for text, n in texts().items() if not _is_whole(known.get(text, ()), n))


def misplaced() -> list[str]:
    """Texts whose English names other values than the Chinese; each is a page that breaks."""
    return sorted(text for text, forms in english().items() if not _agree(text, forms))


def unwritable() -> list[str]:
    """Texts whose English has a sign % that formatting trips over: templates and values format."""
    pages = extract_from_dir(ROOT / "app", METHODS[1:], keywords=KEYWORDS)
    formatted = {_text(message[2]) for message in pages}
    return sorted(
        text
        for text, forms in english().items()
        if (text in formatted or PLACE.search(text)) and "%" in PLACE.sub("", "".join(forms))
    )


def write(known: dict[str, Forms]) -> None:
    """Renew the catalogue: every text once, sorted, without places, so that branches merge."""
    catalogue = Catalog(locale="en")
    for text, n in sorted(texts().items()):
        forms = known.get(text, ())
        words = forms if _is_whole(forms, n) else ("",) * n
        catalogue.add(*((text, words[0]) if n == 1 else ((text, text), words)))
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=True, sort_output=True)


def _forms(words: str | Forms) -> Forms:
    return (words,) if isinstance(words, str) else tuple(words)


def _text(words: str | Forms) -> str:
    return _forms(words)[0]


def _is_whole(forms: Forms, n: int) -> bool:
    return len(forms) == n and all(forms)


def _agree(text: str, forms: Forms) -> bool:
    """Whether the English has the values of the Chinese; of one thing it may leave out the number."""
    *one, last = (set(PLACE.findall(words)) for words in forms)
    wanted = set(PLACE.findall(text))
    return last == wanted and all(places <= wanted for places in one)


if __name__ == "__main__":
    if "--write" in sys.argv:
        write(english())
    sys.stdout.write("".join(f"{text}\n" for text in missing()))
