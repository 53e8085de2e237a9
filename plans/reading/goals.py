"""The goals of a plan."""

from collections.abc import Iterator, Sequence

from plans.reading.draft import Goal
from plans.reading.outline import Node
from plans.reading.sections import title_of
from plans.reading.targets import find_targets


def read_goals(sections: Sequence[Node]) -> tuple[Goal, ...]:
    """The numbered goals under the headings, else their paragraphs."""
    nodes = [node for section in sections for node in _goal_nodes(section)]
    texts = [(_text(node), node.head.number) for node in nodes]
    if not texts:
        texts = [(line.text, line.number) for section in sections for line in section.lines]
    return tuple(Goal(text, number, tuple(find_targets(text, number))) for text, number in texts if text)


def overall_goal(sections: Sequence[Node]) -> str | None:
    """The paragraphs between the heading and its first numbered goal; None without numbered goals."""
    lines = [line.text for section in sections if section.items for line in section.lines]
    return "\n".join(lines) or None


def _goal_nodes(section: Node) -> Iterator[Node]:
    """The items; （二）具体目标 is a heading of further goals and not one itself."""
    for item in section.items:
        if item.items and "目标" in title_of(item):
            yield from item.items
        else:
            yield item


def _text(node: Node) -> str:
    parts = [node.head.text, *(line.text for line in node.lines)]
    parts += [below.label + _text(below) for below in node.items]
    return "\n".join(part for part in parts if part)
