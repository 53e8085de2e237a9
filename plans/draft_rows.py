"""What a draft promises in numbers, and what it says comes back: rows of an accepted plan."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plans.duties import DutyTerms
from plans.models import Measure, MeasureIndicator, PlanTarget
from plans.months import last_day
from plans.periods import RULES, every_of
from plans.units import UnitRoster

Draft = Mapping[str, Any]


def plan_targets(draft: Draft, measures: Sequence[Measure]) -> list[PlanTarget]:
    """Every promised number with its sentence, in the order goals, measures, indicator table, template."""
    found = [
        *(_target(one, None) for goal in draft.get("goal_sources", ()) for one in goal["targets"]),
        *(_target(one, row.id) for read, row in _paired(draft, measures) for one in read.get("targets", ())),
        *(_of_indicator(one, row) for row in draft["indicators"] for one in row.get("targets", ())),
        *(_of_template(one, measures) for one in draft.get("targets", ())),
    ]
    for no, target in enumerate(found, 1):
        target.no = no
    return found


def link_indicators(targets: Sequence[PlanTarget], measures: Sequence[Measure]) -> None:
    """Tie each measure to the indicators that its own promises name."""
    codes = {(target.measure_id, target.indicator_code) for target in targets if target.indicator_code}
    for measure in measures:
        own = sorted(code for measure_id, code in codes if measure_id == measure.id and code)
        measure.indicators = [MeasureIndicator(code=code) for code in own]


def duty_terms(draft: Draft, measures: Sequence[Measure], roster: UnitRoster) -> Iterator[DutyTerms]:
    """What comes back: rules of a template, and words such as 每学期 in the text of a measure."""
    for row in draft.get("recurring", ()):
        yield _template_terms(row, measures, roster)
    for read, row in _paired(draft, measures):
        for word in read.get("recurrence", ()):
            if every := every_of(word):
                units = [link.unit.id for link in row.units]
                lead = row.lead.id if row.lead else None
                yield DutyTerms(
                    row.title, _sentence(read, word), every, RULES[every], row.id, lead, units, True
                )


def _paired(draft: Draft, measures: Sequence[Measure]) -> Iterator[tuple[Draft, Measure]]:
    read = [measure for group in draft["groups"] for measure in group["measures"]]
    return zip(read, measures, strict=True)


def _target(read: Draft, measure_id: int | None) -> PlanTarget:
    return PlanTarget(
        measure_id=measure_id,
        indicator_code=read["indicator_code"],
        stage=read["stage"],
        relation=read["relation"],
        value=read["value"],
        unit=read["unit"],
        year=read["year"],
        sentence=read["sentence"],
        source_paragraph=read["paragraph"],
    )


def _of_indicator(read: Draft, row: Draft) -> PlanTarget:
    target = _target(read, None)
    target.indicator_code = row.get("indicator_code") or target.indicator_code
    return target


def _of_template(read: Draft, measures: Sequence[Measure]) -> PlanTarget:
    return PlanTarget(
        measure_id=measures[read["measure"] - 1].id,
        indicator_code=read["indicator_code"],
        stage=read["stage"],
        relation=">=",
        value=float(read["at_least"]),
        unit=read["unit"],
        year=last_day(read["due"]).year,
        sentence=read["text"],
        source_paragraph=None,
    )


def _template_terms(row: Draft, measures: Sequence[Measure], roster: UnitRoster) -> DutyTerms:
    every = every_of(row["every"])
    if every is None:
        raise ValueError(f"A template names the period {row['every']!r}, which is none.")
    units = [roster.find_or_add(name).id for name in row["units"]]
    measure = measures[row["measure"] - 1]
    lead = next(iter(units), measure.lead.id if measure.lead else None)
    return DutyTerms(row["title"], "", every, row["rule"], measure.id, lead, units)


def _sentence(read: Draft, word: str) -> str:
    sentences = re.split("(?<=[。；])", f"{read['title']}。{read['text']}")
    return next((sentence.strip() for sentence in sentences if word in sentence), "")
