"""Phases with their dates and steps, and the milestones among the steps."""

import re
from collections.abc import Iterator, Sequence

from plans.reading.blocks import Line
from plans.reading.dates import Span, find_span, find_spans, recurring_words
from plans.reading.draft import Milestone, Phase, Step
from plans.reading.folding import fold, squeeze
from plans.reading.outline import Node, Rank

_SENTENCE = re.compile(r"(?<=[。；;])")
_STAGE = re.compile("阶段")
_TRIM = " ：:，,、。（）()—-　"
_LONGEST_HEAD = 60


def read_phases(sections: Sequence[Node]) -> tuple[Phase, ...]:
    """The phases under the headings; a heading that is itself a dated phase counts as one."""
    nodes = [node for section in sections for node in _phase_nodes(section)]
    return tuple(_phase(node) for node in nodes if node.rank < Rank.DECIMAL or _is_phase(node))


def make_phase(head: str, dates: str, steps: Sequence[Step], paragraph: int) -> Phase:
    """A phase whose dates stand in ``head`` or, apart from it, in ``dates``."""
    span = find_span(head)
    other = span or find_span(dates)
    return Phase(
        title=_without_date(head, span) or head,
        start=other.start if other else None,
        end=other.end if other else None,
        steps=tuple(steps),
        paragraph=paragraph,
    )


def find_milestones(phases: Sequence[Phase]) -> tuple[Milestone, ...]:
    """Every sentence of a step that names the day by which it must be done."""
    return tuple(
        milestone for phase in phases for step in phase.steps for milestone in _milestones(phase.title, step)
    )


def _phase_nodes(section: Node) -> Iterator[Node]:
    if _is_phase(section):
        yield section
    else:
        yield from section.items or _unnumbered(section)


def _unnumbered(section: Node) -> Iterator[Node]:
    """Paragraphs that begin with a dated stage, with the paragraphs that follow each."""
    node: Node | None = None
    for line in section.lines:
        if _STAGE.search(_head(line.text)) and find_span(_head(line.text)):
            if node:
                yield node
            node = Node(Rank.BRACKETED_CHINESE, None, "", line)
        elif node:
            node.body.append(line)
    if node:
        yield node


def _is_phase(node: Node) -> bool:
    head = _head(node.head.text)
    return find_span(head) is not None and node.rank > Rank.CHINESE


def _phase(node: Node) -> Phase:
    head = _head(node.head.text)
    rest = node.head.text[len(head) :].lstrip(_TRIM + "。；")
    lines = [Line(node.head.number, rest)] * bool(rest) + node.lines
    lines = [line for line in lines if not _is_only_date(line.text)]
    own = [_step(line.text, line.number) for line in lines if line.text]
    below = [_step(_whole_text(child), child.head.number) for child in node.items]
    dates = node.lines[0].text if node.lines else rest
    return make_phase(head, dates[:_LONGEST_HEAD], own + below, node.head.number)


def _step(text: str, paragraph: int) -> Step:
    return Step(text, paragraph, recurring_words(text))


def _whole_text(node: Node) -> str:
    parts = [node.head.text, *(line.text for line in node.lines)]
    for child in node.items:
        parts.append(child.label + _whole_text(child))
    return "\n".join(part for part in parts if part)


def _head(text: str) -> str:
    """The heading part of a paragraph: its first sentence, or the clause before its first colon or comma."""
    sentence = re.split(r"[。；]", text, maxsplit=1)[0]
    if len(sentence) <= _LONGEST_HEAD and "，" not in fold(sentence):
        return sentence
    clause = re.match(r"[^，。]*?(?:（[^）]*）)?(?=[，。])", fold(text[: 2 * _LONGEST_HEAD]))
    return text[: clause.end()] if clause else sentence[:_LONGEST_HEAD]


def _without_date(head: str, span: Span | None) -> str:
    if span is None:
        return head.strip(_TRIM)
    parts = (head[: span.begins_at].strip(_TRIM), head[span.ends_at :].strip(_TRIM))
    return "：".join(part for part in parts if part)


def _is_only_date(text: str) -> bool:
    """时间：2023年1月至2023年6月 on a line of its own."""
    span = find_span(text)
    return span is not None and len(squeeze(_without_date(text, span))) <= 4


def _milestones(phase: str, step: Step) -> Iterator[Milestone]:
    for sentence in _SENTENCE.split(step.text):
        spans = find_spans(sentence)
        due = next((span for span in spans if _is_due(span, sentence)), None)
        if due and due.end:
            text = (sentence[: due.begins_at] + sentence[due.ends_at :]).strip().lstrip(_TRIM).rstrip("；;")
            yield Milestone(due.end, text, step.paragraph, phase)


def _is_due(span: Span, sentence: str) -> bool:
    """A deadline, or a single date that opens the sentence."""
    opens = span.begins_at <= len(sentence) - len(sentence.lstrip()) and not span.is_range
    return span.is_deadline or (opens and span.end is not None)
