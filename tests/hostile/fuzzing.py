"""The forms that the pages of a county show, and requests that fill them wrongly."""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from flask import Flask

from tests.hostile.inputs import DATES, IDS, NUMBERS, TEXTS, WORDS, uploads
from tests.hostile.roads import path_to, rules
from tests.tenancy.places import Place
from tests.tenancy.test_two_counties import fields_of
from tests.tenancy.viewers import Browser

LISTED = (*WORDS, *TEXTS, *NUMBERS, *DATES, *IDS)
FILES = tuple(uploads().values())
Fields = dict[str, object]


@dataclass(frozen=True)
class Form:
    """Where a form goes, what it holds as it is shown, and which of its fields take files."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: frozenset[str] = frozenset()

    @property
    def shape(self) -> tuple[str, frozenset[str]]:
        """The same for forms that differ by a number in the address or by what is typed only."""
        return re.sub(r"\d+", "#", self.path), frozenset(name for name, _value in self.fields)


def forms_shown(app: Flask, browser: Browser, place: Place) -> Iterator[Form]:
    """One form of each shape on the pages that somebody may open."""
    seen = set()
    for rule in rules(app, "GET"):
        with browser.open("GET", path_to(rule, place)) as answer:
            shown = answer.text if answer.mimetype == "text/html" else ""
        for found in BeautifulSoup(shown, "html.parser").select("form[method=post]"):
            form = _read(found)
            if form.shape not in seen:
                seen.add(form.shape)
                yield form


def forms_by_hand(app: Flask, place: Place) -> Iterator[Form]:
    """A plausible form for each address that takes one, shown somewhere or not."""
    fields = tuple(fields_of(place).items())
    for rule in rules(app, "POST"):
        yield Form(path_to(rule, place), fields)


def strange_addresses(app: Flask, place: Place) -> Iterator[str]:
    """Addresses with numbers that no row has and no database can hold."""
    for rule in (rule for method in ("GET", "POST") for rule in rules(app, method)):
        for name in rule.arguments:
            for key in (0, 2**63 - 1, 2**63, 10**40):
                keys = {**place.keys, name: key}
                yield path_to(rule, Place(place.county_id, place.unit_id, place.word, keys))


def filled(form: Form, wrong: Mapping[str, object]) -> Fields:
    """The form as it is shown, but for what is wrong; a file field is left empty unless that is it."""
    data: Fields = {}
    for name, value in form.fields:
        data.setdefault(name, []).append(value)
    for name, value in wrong.items():
        data[name] = (io.BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value
    return data


def _read(form: Tag) -> Form:
    fields = [(element["name"], _value(element)) for element in form.select("[name]")]
    files = {element["name"] for element in form.select("input[type=file]")}
    path = str(form["action"])
    return Form(path, tuple((name, value) for name, value in fields if name not in files), frozenset(files))


def _value(element: Tag) -> str:
    if element.name == "select":
        option = element.select_one("option[selected]") or element.select_one("option")
        return str(option.get("value", option.text)) if option else ""
    return str(element.get("value", "")) if element.name != "textarea" else element.text
