"""Groups of measures with their units, from the outline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plans.reading.assignments import Assignment, join_broken_lines, split_assignment
from plans.reading.blocks import Line
from plans.reading.dates import find_spans, recurring_words
from plans.reading.draft import Group, Measure
from plans.reading.outline import Node
from plans.reading.targets import find_targets
from plans.reading.units import NameReader
from plans.reading.wording import split_title


@dataclass(frozen=True)
class ReadGroups:
    """Groups, and the words that stood in the place of a unit without being one, with their paragraphs."""

    groups: tuple[Group, ...]
    unclear: tuple[tuple[str, int], ...]


@dataclass
class _Entry:
    """A measure in the making."""

    number: int | None
    paragraph: int
    texts: list[str] = field(default_factory=list)
    assignment: Assignment = field(default_factory=Assignment)


def read_groups(sections: Sequence[Node], reader: NameReader) -> ReadGroups:
    """The measures under each heading; without numbered ones, its paragraphs with units."""
    found = [_read_group(title, entries) for node in sections for title, entries in _entries_of(node, reader)]
    groups = tuple(group for group, _ in found if group.measures)
    return ReadGroups(groups, tuple(word for _, words in found for word in words))


def make_measure(
    number: int | None, title: str, text: str, paragraph: int, assignment: Assignment, targets_from: str
) -> Measure:
    """A measure with what its words promise: deadline, recurrence and targets."""
    ends = [span.end for span in find_spans(f"{title}。{text}") if span.is_deadline and span.end]
    return Measure(
        no=number,
        title=title,
        text=text,
        units=assignment.units,
        paragraph=paragraph,
        lead=assignment.lead,
        support=assignment.support,
        due=assignment.due or max(ends, default=None),
        recurrence=tuple(dict.fromkeys(assignment.recurrence + recurring_words(f"{title}{text}"))),
        targets=tuple(find_targets(targets_from, paragraph)),
    )


def _read_group(title: Line, entries: Sequence[_Entry]) -> tuple[Group, list[tuple[str, int]]]:
    measures = tuple(_measure(entry) for entry in entries if "".join(entry.texts))
    unclear = [(word, entry.paragraph) for entry in entries for word in entry.assignment.unclear]
    return Group(split_title(title.text)[0], measures, title.number), unclear


def _measure(entry: _Entry) -> Measure:
    title, rest = split_title(entry.texts[0])
    text = "\n".join([rest, *entry.texts[1:]]).strip()
    return make_measure(entry.number, title, text, entry.paragraph, entry.assignment, "\n".join(entry.texts))


def _entries_of(section: Node, reader: NameReader) -> Iterator[tuple[Line, list[_Entry]]]:
    """Heading and measures of each group in a section."""
    if not any(item.items for item in section.items) or _is_one_task_an_item(section, reader):
        inner = [entry for item in section.items for entry in _entries(item, reader)]
        yield section.head, inner or _with_units(_own_entries(section.lines, None, reader))
        return
    for group in section.items:
        inner = [entry for item in group.items for entry in _entries(item, reader)]
        yield group.head, inner or _unnumbered(group, reader)


def _is_one_task_an_item(section: Node, reader: NameReader) -> bool:
    """（一） are the tasks and 1. their points, when units stand exactly once at the end of every （一）."""
    return len(section.items) > 1 and all(
        len(item.items) > 1 and _assigned(item, reader) == [item.items[-1]] for item in section.items
    )


def _assigned(item: Node, reader: NameReader) -> list[Node]:
    return [node for node in item.walk() if any(_units(line, reader) for line in [node.head, *node.lines])]


def _units(line: Line, reader: NameReader) -> tuple[str, ...]:
    assignment = split_assignment(line.text, reader)[1]
    return assignment.units if assignment else ()


def _unnumbered(group: Node, reader: NameReader) -> list[_Entry]:
    """Paragraphs with units are measures; without any, the heading itself is the measure."""
    return _with_units(_own_entries(group.lines, None, reader)) or _entries(group, reader)


def _with_units(entries: list[_Entry]) -> list[_Entry]:
    return entries if any(entry.assignment.units for entry in entries) else []


def _entries(node: Node, reader: NameReader) -> list[_Entry]:
    """The measure of a node; further ones when a paragraph with units of its own follows its units."""
    entries = _own_entries([node.head, *node.lines], node.number, reader)
    for child in node.items:
        for below in child.walk():
            _append_below(entries[-1], below, reader)
    return entries


def _own_entries(lines: Sequence[Line], number: int | None, reader: NameReader) -> list[_Entry]:
    entries: list[_Entry] = []
    for index, whole in join_broken_lines([line.text for line in lines]):
        text, assignment = split_assignment(whole, reader)
        if not entries or (text and entries[-1].assignment.units):
            entries.append(_Entry(None if entries else number, lines[index].number))
        entries[-1].texts.extend([text] if text else [])
        entries[-1].assignment += assignment or Assignment()
    return _merge_remarks(entries)


def _merge_remarks(entries: list[_Entry]) -> list[_Entry]:
    """A last paragraph without units belongs to the measure before it."""
    if len(entries) > 1 and not entries[-1].assignment.units:
        entries[-2].texts.extend(entries.pop().texts)
    return entries


def _append_below(entry: _Entry, node: Node, reader: NameReader) -> None:
    lines = [node.label + node.head.text, *(line.text for line in node.lines)]
    for _, whole in join_broken_lines(lines):
        text, assignment = split_assignment(whole, reader)
        entry.texts.extend([text] if text else [])
        entry.assignment += assignment or Assignment()
