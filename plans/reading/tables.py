"""Tables of a plan: indicators, tasks, duties, phases; every other table is reported as unread."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plans.reading.assignments import Assignment, Part, read_cell
from plans.reading.blocks import Block, Line, Table
from plans.reading.dates import deadline_of, recurring_words
from plans.reading.draft import Duty, Indicator, Measure, Phase, Step
from plans.reading.folding import fold, squeeze
from plans.reading.heads import Column
from plans.reading.indicator_words import indicator_of
from plans.reading.measures import make_measure
from plans.reading.numerals import from_chinese
from plans.reading.outline import mark_of
from plans.reading.phases import make_phase
from plans.reading.records import Record, read_records
from plans.reading.targets import find_targets
from plans.reading.units import NameReader
from plans.reading.wording import split_title

_UNIT_COLUMNS = (Column.LEAD, Column.SUPPORT, Column.RESPONSIBLE, Column.UNIT)
_SENTENCE_ENDS = re.compile(r"[。；;！？]$")
_CODE = re.compile(r"[A-Za-z]{0,2}\d{1,3}(?:[.\-]\d{1,2})*")


@dataclass(frozen=True)
class TaskTable:
    """Measures of one table under its caption."""

    caption: str
    paragraph: int
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class TableContents:
    """What all tables of a document hold."""

    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[TaskTable, ...] = ()
    duties: tuple[Duty, ...] = ()
    phases: tuple[Phase, ...] = ()
    members: tuple[str, ...] = ()  # offices of a leading group given as a table
    unclear: tuple[tuple[str, int], ...] = ()
    unread: tuple[int, ...] = ()  # ordinals

    def __add__(self, other: "TableContents") -> "TableContents":
        return TableContents(
            self.indicators + other.indicators,
            self.tasks + other.tasks,
            self.duties + other.duties,
            self.phases + other.phases,
            self.members + other.members,
            self.unclear + other.unclear,
            self.unread + other.unread,
        )


def read_tables(blocks: Sequence[Block], reader: NameReader) -> TableContents:
    """Every table by the words of its head."""
    total = TableContents()
    caption = Line(0, "")
    for block in blocks:
        if isinstance(block, Line):
            caption = block
        else:
            total += _read_table(block, caption, reader)
    return total


def _read_table(table: Table, caption: Line, reader: NameReader) -> TableContents:
    records = read_records(table)
    kinds = {column for record in records for column in record.cells}
    if Column.INDICATOR in kinds:
        return _indicators(table, records, reader)
    if Column.PERSON in kinds and Column.UNIT in kinds and Column.DUTY not in kinds:
        return TableContents(members=reader.read("、".join(r.joined(Column.UNIT) for r in records)).found)
    if Column.DUTY in kinds and Column.UNIT in kinds | {Column.RESPONSIBLE}:
        return TableContents(duties=tuple(_duties(records, reader)))
    if Column.PHASE in kinds and kinds & {Column.DUE, Column.TASK}:
        return TableContents(phases=tuple(_phases(records)))
    if Column.TASK in kinds:
        return _tasks(table, caption, records, reader)
    return TableContents(unread=(table.ordinal,))


def _assignment(record: Record, reader: NameReader) -> Assignment:
    total = Assignment(
        due=deadline_of(record.text(Column.DUE)), recurrence=recurring_words(record.text(Column.DUE))
    )
    for column in _UNIT_COLUMNS:
        part = Part.RESPONSIBLE if column is Column.UNIT else Part(column.value)
        total += read_cell(part, record.text(column), reader)
    return total


def _indicators(table: Table, records: Sequence[Record], reader: NameReader) -> TableContents:
    found: list[Indicator] = []
    unclear: list[tuple[str, int]] = []
    for record in records:
        assignment = _assignment(record, reader)
        unclear.extend((word, record.paragraph) for word in assignment.unclear)
        indicator = _indicator(table, record, assignment)
        if found and (indicator.code, indicator.text) == (found[-1].code, found[-1].text):
            found[-1] = _joined(found[-1], indicator)
        elif indicator.text:
            found.append(indicator)
    return TableContents(indicators=tuple(found), unclear=tuple(unclear))


def _indicator(table: Table, record: Record, assignment: Assignment) -> Indicator:
    cells = [squeeze(cell) for cell in record.cells[Column.INDICATOR]]
    codes = [cell for cell in cells if _CODE.fullmatch(fold(cell))]
    texts = [cell for cell in cells if cell and cell not in codes]
    code = next(iter(codes), None) or record.joined(Column.NUMBER) or None
    text = texts[-1] if texts else record.joined(Column.TASK)
    ours = indicator_of(text)
    return Indicator(
        code=code,
        group=record.group or (texts[0] if len(texts) > 1 else None),
        text=text,
        units=assignment.units,
        paragraph=record.paragraph,
        table=table.ordinal,
        row=record.row,
        indicator_code=ours,
        lead=assignment.lead,
        support=assignment.support,
        targets=tuple(find_targets(_with_target(text, record), record.paragraph, ours)),
    )


def _with_target(text: str, record: Record) -> str:
    """The indicator and the value of its target column as one sentence."""
    target = record.joined(Column.TARGET)
    return f"{text}：{'达到' if target[0].isdigit() else ''}{target}" if target else text


def _joined(first: Indicator, second: Indicator) -> Indicator:
    """Two rows of one merged cell are one indicator with the units of both."""
    units = tuple(dict.fromkeys(first.units + second.units))
    return Indicator(**{**vars(first), "units": units})


def _tasks(table: Table, caption: Line, records: Sequence[Record], reader: NameReader) -> TableContents:
    measures: dict[str, list[Measure]] = {}
    unclear: list[tuple[str, int]] = []
    for record, head in zip(records, _heads(records), strict=True):
        assignment = _assignment(record, reader)
        unclear.extend((word, record.paragraph) for word in assignment.unclear)
        cells = [cell for cell in record.cells[Column.TASK][1 if head else 0 :] if cell]
        if cells := cells or [cell for cell in record.cells[Column.TASK] if cell]:
            title = record.group or head or caption.text
            measures.setdefault(title, []).append(_task(table, record, cells, assignment))
    tasks = tuple(TaskTable(title, caption.number, tuple(found)) for title, found in measures.items())
    return TableContents(tasks=tasks, unclear=tuple(unclear))


def _heads(records: Sequence[Record]) -> list[str]:
    """The heading of each row where the first of several task columns only gathers rows of the second.

    It does where it repeats itself or is left blank: 重点任务 | 具体措施 with the task over several rows.
    """
    firsts = [squeeze(cells[0]) for record in records if len(cells := record.cells[Column.TASK]) > 1]
    named = [first for first in firsts if first]
    if len(firsts) < len(records) or len(set(named)) == len(firsts):
        return [""] * len(records)
    heads: list[str] = []
    for first in firsts:
        heads.append(first or (heads[-1] if heads else ""))
    return heads


def _task(table: Table, record: Record, cells: Sequence[str], assignment: Assignment) -> Measure:
    title, more = split_title(squeeze(cells[0]))
    text = "\n".join(part for part in (more, *cells[1:]) if part)
    number = from_chinese(fold(record.joined(Column.NUMBER)))
    whole = "\n".join(map(_unbroken, cells))
    found = make_measure(number, title, text, record.paragraph, assignment, whole)
    return replace(found, table=table.ordinal, row=record.row)


def _unbroken(cell: str) -> str:
    """A cell whose sentences run over several lines, each on one; points with a number stay apart."""
    lines: list[str] = []
    for line in cell.split("\n"):
        if lines and not mark_of(line) and not _SENTENCE_ENDS.search(lines[-1]):
            lines[-1] += line.strip()
        else:
            lines.append(line.strip())
    return "\n".join(lines)


def _duties(records: Sequence[Record], reader: NameReader) -> Iterator[Duty]:
    for record in records:
        units = reader.read(record.text(Column.UNIT, Column.RESPONSIBLE)).found
        if units and record.text(Column.DUTY):
            yield Duty(units, record.text(Column.DUTY), record.paragraph)


def _phases(records: Sequence[Record]) -> Iterator[Phase]:
    for record in records:
        lines = record.text(Column.TASK, Column.DUTY).split("\n")
        steps = [Step(line, record.paragraph, recurring_words(line)) for line in lines if line]
        if head := record.joined(Column.PHASE):
            yield make_phase(head, record.text(Column.DUE), steps, record.paragraph)
