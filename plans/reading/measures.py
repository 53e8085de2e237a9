"""Groups of measures with their units, from the outline."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plans.reading.assignments import Assignment, join_broken_lines, split_assignment
from plans.reading.blocks import Line
from plans.reading.dates import find_spans, recurring_words
from plans.reading.draft import Group, Measure
from plans.reading.outline import Node, Rank
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
    rank = _measure_rank(sections, reader)
    found = [_read_group(*group) for node in sections for group in _groups(node, rank, reader)]
    groups = tuple(group for group, _ in found if group.measures)
    return ReadGroups(groups, tuple(word for _, words in found for word in words))


def passed_over(root: Node, read: Sequence[Node], reader: NameReader) -> list[Line]:
    """Lines that name units in none of the sections that were read; annexes are read by other means."""
    known = {below for node in read for below in node.walk()}
    main = [node for item in root.items if item.rank is not Rank.ANNEX for node in item.walk()]
    lines = [line for node in main if node not in known for line in (node.head, *node.lines)]
    return [line for line in lines if _units(line, reader)]


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


def _groups(node: Node, rank: Rank, reader: NameReader) -> Iterator[tuple[Line, list[_Entry]]]:
    """Heading and measures of each group; the measures are the items of that rank."""
    measures = [item for item in node.items if item.rank >= rank]
    inner = [entry for item in measures for entry in _entries(item, reader)]
    headings = [item for item in node.items if item.rank < rank]
    if inner or not headings:
        yield node.head, inner or _unnumbered(node, reader)
    for heading in headings:
        yield from _groups(heading, rank, reader)


def _measure_rank(sections: Sequence[Node], reader: NameReader) -> Rank:
    """The rank that carries units most often; without units, the second below a section, else the first."""
    nodes = [node for section in sections for item in section.items for node in item.walk()]
    assigned = [node for node in nodes if any(_units(line, reader) for line in [node.head, *node.lines])]
    numbered = [node for node in assigned if not _holds_unnumbered(node, reader)]
    if assigned:
        return _rank_of_tasks(nodes, numbered)
    second = [below.rank for section in sections for item in section.items for below in item.items]
    first = [item.rank for section in sections for item in section.items]
    return _most_common(second or first)


def _holds_unnumbered(node: Node, reader: NameReader) -> bool:
    """A heading over paragraphs that each have their own units."""
    n_with_units = sum(bool(_units(line, reader)) for line in node.lines)
    return node.rank < Rank.DECIMAL and not node.items and n_with_units > 1


def _rank_of_tasks(nodes: Sequence[Node], assigned: Sequence[Node]) -> Rank:
    """（一） are the tasks and 1. only their points, when units stand once, behind the last point of each."""
    rank = _most_common([node.rank for node in assigned])
    parents = [node for node in nodes if any(item.rank is rank for item in node.items)]
    is_at_end = all(
        len(parent.items) > 1 and [item for item in parent.items if item in assigned] == parent.items[-1:]
        for parent in parents
    )
    return _most_common([parent.rank for parent in parents]) if len(parents) > 1 and is_at_end else rank


def _most_common(ranks: Sequence[Rank]) -> Rank:
    return Counter(ranks).most_common(1)[0][0] if ranks else Rank.DECIMAL


def _units(line: Line, reader: NameReader) -> tuple[str, ...]:
    assignment = split_assignment(line.text, reader)[1]
    return assignment.units if assignment else ()


def _unnumbered(group: Node, reader: NameReader) -> list[_Entry]:
    """Paragraphs with units are measures; without any, a numbered point is the measure itself.

    Under a heading without numbers and without units every paragraph is one.
    """
    entries = _own_entries(group.lines, None, reader)
    if any(entry.assignment.units for entry in entries):
        return entries
    if group.rank > Rank.CHINESE:
        return _entries(group, reader)
    return [_Entry(None, line.number, [line.text]) for line in group.lines if not line.text.endswith("：")]


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
