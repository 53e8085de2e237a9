"""Help texts as data, beside what the rulebooks say of the same indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from flask_babel import gettext as _

from app.assessments.requirements import at_least_words, requirement_of
from app.punctuation import labelled
from plans.errors import NotFound
from scoring.elements import STAGE_LABELS
from scoring.items import Item
from scoring.loader import load_standard
from scoring.standard import Composite, Indicator, Standard
from scoring.strict_yaml import check_keys, read_yaml

TEXTS = Path(__file__).with_name("indicators.yaml")
STANDARDS = ("quality-2017", "basic-2012")
_FIELDS = ("what", "how", "source", "mistakes")


@dataclass(frozen=True)
class Text:
    """Our own words about one indicator."""

    what: str
    how: str
    source: str
    mistakes: tuple[str, ...]


@dataclass(frozen=True)
class Help:
    """One indicator as its page of help shows it."""

    code: str
    label: str
    group: str
    standard: str
    requirements: tuple[str, ...]  # of the state; a county's own stand on the page of the rules
    clause: str
    text: Text


@cache
def texts() -> dict[str, Text]:
    """Code → text. Raises BadRulebook where a field is missing."""
    found = read_yaml(TEXTS)
    for code, given in found.items():
        check_keys(TEXTS.name, code, given, needed=_FIELDS)
    return {code: Text(**given | {"mistakes": tuple(given["mistakes"])}) for code, given in found.items()}


def has_help(code: str) -> bool:
    """Whether there is a text for a code; items of the rubric in points have none."""
    return code in texts()


def help_on(code: str, on: date) -> Help:
    """Help on one indicator by the standards of a day.

    Raises NotFound.
    """
    found = next((one for group in all_help(on) for one in group[1] if one.code == code), None)
    if found is None:
        raise NotFound(_("指标说明"))
    return found


def all_help(on: date) -> list[tuple[str, list[Help]]]:
    """Every indicator that has a text, by group, in the order of the standards."""
    groups: dict[str, list[Help]] = {}
    for one in (help_ for name in STANDARDS for help_ in _of_standard(load_standard(name, on))):
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())


def _of_standard(standard: Standard) -> list[Help]:
    composites = [standard.composite] if standard.composite else []
    things: Sequence[Indicator | Item | Composite] = [*composites, *standard.indicators, *standard.items]
    return [
        Help(
            code=thing.code,
            label=thing.label,
            group=thing.group,
            standard=standard.title,
            requirements=tuple(_requirements(thing)),
            clause=thing.clause,
            text=texts()[thing.code],
        )
        for thing in things
        if has_help(thing.code)
    ]


def _requirements(thing: Indicator | Item | Composite) -> list[str]:
    if isinstance(thing, Item):
        return _of_item(thing)
    if isinstance(thing, Composite):
        return [
            _("%(stage)s综合差异系数 ≤ %(limit)s", stage=STAGE_LABELS[stage], limit=limit)
            for stage, limit in thing.at_most.items()
        ]
    return [
        _(
            "%(stage)s %(floor)s，差异系数 ≤ %(limit)s",
            stage=STAGE_LABELS[stage],
            floor=at_least_words(float(floor), thing.unit),
            limit=thing.cv_at_most[stage],
        )
        for stage, floor in thing.at_least.items()
    ]


def _of_item(item: Item) -> list[str]:
    words = (labelled(part.label, requirement_of(part)) for part in item.parts if not part.optional)
    return list(dict.fromkeys(words))
