"""A plan file → ``PlanDraft``."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from plans.errors import EmptyPlanFile
from plans.reading.blocks import Block
from plans.reading.draft import Duty, Indicator, Measure, PlanDraft, Unit
from plans.reading.duties import read_duties
from plans.reading.files import FileKind, kind_of
from plans.reading.front import county_of, document_no_of, title_of_plan
from plans.reading.gaps import find_gaps
from plans.reading.goals import overall_goal, read_goals
from plans.reading.horizon import horizon_of
from plans.reading.leading import member_units
from plans.reading.measures import passed_over, read_groups
from plans.reading.merging import merge_tasks
from plans.reading.outline import build_outline
from plans.reading.phases import find_milestones, read_phases
from plans.reading.roster import Roster
from plans.reading.sections import find_sections
from plans.reading.tables import read_tables
from plans.reading.text import read_text
from plans.reading.units import NameReader
from plans.reading.word import read_word


def read_plan(source: Path | bytes, filename: str | None = None) -> PlanDraft:
    """Read a plan from a .docx or .txt file, or from its bytes with the name it was uploaded under.

    Raises a ReadingError that says what is wrong with the file; OSError when a path cannot be opened.
    """
    content = source if isinstance(source, bytes) else source.read_bytes()
    return read_blocks(blocks_of(content, filename or (None if isinstance(source, bytes) else source.name)))


def blocks_of(content: bytes, filename: str | None) -> list[Block]:
    """The lines and tables of a document.

    Raises a ReadingError that says what is wrong with the file.
    """
    blocks = read_word(content) if kind_of(content, filename) is FileKind.WORD else read_text(content)
    if not blocks:
        raise EmptyPlanFile
    return blocks


def read_blocks(blocks: Sequence[Block]) -> PlanDraft:
    """Read a plan from its lines and tables."""
    root = build_outline(blocks)
    title = title_of_plan(root.lines)
    reader = NameReader(county_of(title))
    sections = find_sections(root)
    tables = read_tables(blocks, reader)
    read = read_groups(sections.measures, reader)
    goals = read_goals(sections.goals)
    phases = read_phases(sections.phases) or tables.phases
    draft = PlanDraft(
        title=title,
        document_no=document_no_of(root.lines),
        horizon=horizon_of(
            title,
            [overall_goal(sections.goals) or "", *(goal.text for goal in goals)],
            phases,
            [line.text for line in root.lines],
        ),
        overall_goal=overall_goal(sections.goals),
        goals=goals,
        groups=merge_tasks(read.groups, tables.tasks),
        phases=phases,
        milestones=find_milestones(phases),
        indicators=tables.indicators,
        duties=read_duties(sections.duties, reader) + tables.duties,
        units=(),
        gaps=(),
    )
    roster = Roster.of(_mentions(draft))
    settled = _settle(draft, roster)
    members = roster.settle((*member_units(root, reader), *tables.members))
    known = (*sections.measures, *sections.goals, *sections.phases, *sections.duties)
    gaps = find_gaps(
        settled,
        members=members,
        unclear=read.unclear + tables.unclear,
        unread_tables=tables.unread,
        passed_over=passed_over(root, known, reader),
    )
    return replace(settled, gaps=gaps)


def _mentions(draft: PlanDraft) -> list[str]:
    items: tuple[Measure | Indicator | Duty, ...] = (*draft.measures, *draft.indicators, *draft.duties)
    return [unit for item in items for unit in item.units]


def _settle(draft: PlanDraft, roster: Roster) -> PlanDraft:
    """The draft with one name an office, and the table of its units."""
    groups = tuple(replace(group, measures=_renamed(group.measures, roster)) for group in draft.groups)
    draft = replace(
        draft,
        groups=groups,
        indicators=_renamed(draft.indicators, roster),
        duties=tuple(replace(duty, units=roster.settle(duty.units)) for duty in draft.duties),
    )
    return replace(draft, units=_units(draft, roster))


_Assigned = TypeVar("_Assigned", Measure, Indicator)


def _renamed(items: Iterable[_Assigned], roster: Roster) -> tuple[_Assigned, ...]:
    return tuple(
        replace(
            item,
            units=roster.settle(item.units),
            lead=roster.settle(item.lead),
            support=roster.settle(item.support),
        )
        for item in items
    )


def _units(draft: PlanDraft, roster: Roster) -> tuple[Unit, ...]:
    measures = Counter(unit for measure in draft.measures for unit in measure.units)
    indicators = Counter(unit for indicator in draft.indicators for unit in indicator.units)
    duties = {unit for duty in draft.duties for unit in duty.units}
    names = dict.fromkeys(_mentions(draft))
    return tuple(
        Unit(name, roster.aliases(name), measures[name], indicators[name], name in duties) for name in names
    )
