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
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None}
PLACE = re.compile(r"%\(\w+\)s|%%|{\w+}")


def texts() -> set[str]:
    """Every text that the application marks for translation."""
    found = (one for name in PACKAGES for one in extract_from_dir(ROOT / name, METHODS, keywords=KEYWORDS))
    marked = {message[2] for message in found if isinstance(message[2], str) and message[2]}
    return marked | set(_rulebook_texts())


def _rulebook_texts() -> Iterator[str]:
    """Names and texts of the rulebooks and of the help, which are no code."""
    files = [file for file in RULEBOOKS.rglob("*.yaml") if file.name != "cases.yaml"]
    for file in (*files, TEXTS):
        yield from texts_in(read_yaml(file))
    yield from SCHOOL_KINDS
    for standard in map(load_standard, STANDARDS):
        yield from (kept_words(short_name(one.label)) for one in standard.indicators)


def english() -> dict[str, str]:
    """What the catalogue has."""
    with CATALOGUE.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id and message.string}


def missing() -> list[str]:
    return sorted(texts() - english().keys())


def misplaced() -> list[str]:
    """Texts whose English names other values than the Chinese; each is a page that breaks."""
    return sorted(
        text for text, words in english().items() if set(PLACE.findall(text)) != set(PLACE.findall(words))
    )


def unwritable() -> list[str]:
    """Texts whose English has a sign % that formatting trips over: templates and values format."""
    pages = extract_from_dir(ROOT / "app", METHODS[1:], keywords=KEYWORDS)
    formatted = {message[2] for message in pages}
    known = english().items()
    return sorted(
        text
        for text, words in known
        if (text in formatted or PLACE.search(text)) and "%" in PLACE.sub("", words)
    )


def write(known: dict[str, str]) -> None:
    """Renew the catalogue: every text once, sorted, without places, so that branches merge."""
    catalogue = Catalog(locale="en")
    for text in sorted(texts()):
        catalogue.add(text, known.get(text, ""))
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=0, omit_header=True, sort_output=True)


if __name__ == "__main__":
    if "--write" in sys.argv:
        write(english())
    sys.stdout.write("".join(f"{text}\n" for text in missing()))
