"""The pages on which a template is looked at, aimed and sent down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from app.counting import counted as _n
from app.models import Region
from app.oversight.pushing import Aim, Effect
from app.punctuation import labelled, listed
from plans.corrections.parts import PART_NAMES, Part, Row, keyed, rows_of
from plans.pushing import Outcome
from plans.templates import TEMPLATES, TemplateEntry, load_template

NAMED = 6  # counties named in a message


@dataclass(frozen=True)
class TemplatePart:
    """One part that can be locked, with its rows as texts."""

    part: Part
    name: str
    lines: list[str]


@dataclass(frozen=True)
class TemplateView:
    """A template as it is offered to be sent down."""

    entry: TemplateEntry
    title: str
    horizon: int | None
    n_measures: int
    n_units: int

    @property
    def facts(self) -> str:
        units = _n("%(n)s 个责任单位", n=self.n_units) if self.n_units else _("未列责任单位")
        return _n(
            "到 %(year)s 年，%(n)s 项措施，%(units)s", n=self.n_measures, year=self.horizon, units=units
        )


@dataclass(frozen=True)
class Place:
    """A prefecture with its counties."""

    code: str
    name: str
    aims: list[Aim]


def template_views() -> list[TemplateView]:
    """Every built-in plan."""
    return [_view(entry, load_template(entry.name)) for entry in TEMPLATES]


def template_view(name: str) -> TemplateView | None:
    """One built-in plan; None where there is none of the name."""
    return next((one for one in template_views() if one.entry.name == name), None)


def template_parts(name: str) -> list[TemplatePart]:
    """What a template says, part by part."""
    body = keyed(load_template(name))
    return [
        TemplatePart(part, PART_NAMES[part], [_LINES[part](row) for row in rows_of(body, part)])
        for part in Part
    ]


def places_of(aims: Sequence[Aim]) -> list[Place]:
    """The counties as a tree: prefectures in the order of codes, each with its counties."""
    grouped = groupby(aims, key=lambda aim: (aim.place_code, aim.place))
    return [Place(code, name or _("其他"), list(members)) for (code, name), members in grouped]


def wholes_of(regions: Sequence[Region], places: Sequence[Place]) -> list[Region]:
    """Regions that are worth a box of their own: those wider than a single prefecture."""
    return [region for region in regions if region.code not in {place.code for place in places}]


def preview_headline(effects: Sequence[Effect]) -> str:
    """What sending would do, in one sentence."""
    n_sent = sum(effect.is_sent for effect in effects)
    n_warned = sum(effect.is_sent and bool(effect.warnings) for effect in effects)
    if all(effect.outcome is Outcome.SAME for effect in effects):
        return _n("所选 %(n)s 个县（市、区）都已下发，等待县里确认。", n=len(effects))
    if not n_sent:
        return _n("所选 %(n)s 个县（市、区）没有需要下发的。", n=len(effects))
    head = _n("将向 %(n)s 个县（市、区）下发", n=n_sent)
    if n_warned:
        head = _("%(head)s，其中 %(n)s 个请先看提示", head=head, n=n_warned)
    rest = len(effects) - n_sent
    return _("%(head)s；另有 %(n)s 个不下发。", head=head, n=rest) if rest else head + _("。")


def sent_words(effects: Sequence[Effect]) -> str:
    """Which counties got it; "" = none."""
    sent = [one for one in effects if one.is_sent]
    return _("已下发：%(names)s。", names=_names(sent)) if sent else ""


def held_back_words(effects: Sequence[Effect]) -> str:
    """Which counties did not get it and have not got it before; "" = none."""
    held_back = [one for one in effects if not one.is_sent and one.outcome is not Outcome.SAME]
    return _("未下发：%(names)s，原因见下表。", names=_names(held_back)) if held_back else ""


def _names(effects: Sequence[Effect]) -> str:
    names = listed(effect.aim.name for effect in effects[:NAMED])
    return names if len(effects) <= NAMED else _("%(names)s等 %(n)s 个县", names=names, n=len(effects))


def _view(entry: TemplateEntry, body: Mapping[str, Any]) -> TemplateView:
    n_measures = sum(len(group["measures"]) for group in body["groups"])
    return TemplateView(entry, body["title"], body["horizon"], n_measures, len(body["units"]))


def _head(row: Row) -> str:
    return _("《%(title)s》，目标年份 %(year)s 年", title=row["title"], year=row["horizon"])


def _measure(row: Row) -> str:
    return labelled(row["group"], row["title"])


def _phase(row: Row) -> str:
    return _("%(title)s（%(start)s 至 %(end)s）", title=row["title"], start=row["start"], end=row["end"])


def _stone(row: Row) -> str:
    return f"{row['due']} {row['text']}"


def _indicator(row: Row) -> str:
    return f"{row['code'] or ''} {row['text']}".strip()


def _duty(row: Row) -> str:
    return labelled(listed(row["units"]), row["text"])


_LINES = {
    Part.HEAD: _head,
    Part.GOALS: lambda row: str(row["text"]),
    Part.MEASURES: _measure,
    Part.PHASES: _phase,
    Part.MILESTONES: _stone,
    Part.INDICATORS: _indicator,
    Part.DUTIES: _duty,
}
