"""Who answers for what: the annex of duties, one unit a line."""

import re
from collections.abc import Iterator, Sequence

from plans.reading.blocks import Line
from plans.reading.draft import Duty
from plans.reading.folding import fold
from plans.reading.outline import Node
from plans.reading.units import NameReader

_VERB = r"(?:主要)?(?:负责|承担|牵头|配合|协助|做好|指导|履行|督促)"
_DUTY = re.compile(rf"(?P<units>.{{2,60}}?)(?:[：。]\s*(?P<after>.+)|(?P<verb>{_VERB}.+))$", re.DOTALL)
_END = re.compile(r"\s*(?:抄\s*送|主题词|印发)")


def read_duties(sections: Sequence[Node], reader: NameReader) -> tuple[Duty, ...]:
    """The duties under the headings; a line that names no unit continues the duty before it."""
    duties: list[Duty] = []
    for line in (line for section in _outermost(sections) for line in _lines(section)):
        if _END.match(line.text):
            break
        if duty := _read_duty(line, reader):
            duties.append(duty)
        elif duties:
            duties[-1] = _continued(duties[-1], line.text)
    return tuple(duties)


def _outermost(sections: Sequence[Node]) -> list[Node]:
    inner = {below for section in sections for child in section.items for below in child.walk()}
    return [section for section in sections if section not in inner]


def _lines(section: Node) -> Iterator[Line]:
    """The lines in order; a numbered unit alone on its line takes the next line with it."""
    yield from section.lines
    for node in section.items:
        head, body = node.head, node.lines
        if body and not re.search(r"[：。；]", fold(head.text)):
            head, body = Line(head.number, f"{head.text}：{body[0].text}"), body[1:]
        yield head
        yield from body
        for child in node.items:
            yield Line(child.head.number, child.label + child.head.text)
            yield from _lines(child)


def _read_duty(line: Line, reader: NameReader) -> Duty | None:
    found = _DUTY.match(fold(line.text))
    if not found:
        return None
    names = reader.read(found["units"])
    if names.unclear or not names.found:
        return None
    starts_at = found.start("after") if found["after"] else found.start("verb")
    return Duty(names.found, line.text[starts_at:].strip(), line.number)


def _continued(duty: Duty, text: str) -> Duty:
    return Duty(duty.units, f"{duty.text}\n{text}".strip(), duty.paragraph)
