"""Who is to do it and by when, as written behind a task: 责任单位：…, （县教育局牵头，县财政局配合）."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from plans.reading.dates import deadline_of, recurring_words
from plans.reading.folding import fold
from plans.reading.units import NameReader, Names, level_of


class Part(StrEnum):
    """What a clause behind a task names."""

    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    DUE = "due"
    PERSON = "person"


@dataclass(frozen=True)
class Assignment:
    """Units by their part; persons are left out on purpose."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    due: str | None = None
    recurrence: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()  # words in the place of a unit that are none

    @classmethod
    def of(cls, part: Part, names: Names) -> "Assignment":
        """The names in one part; in the part of a deadline or a person they are dropped."""
        return cls(
            lead=names.found if part is Part.LEAD else (),
            support=names.found if part is Part.SUPPORT else (),
            responsible=names.found if part is Part.RESPONSIBLE else (),
            unclear=names.unclear,
        )

    @property
    def units(self) -> tuple[str, ...]:
        """All units, each once, the lead first."""
        return tuple(dict.fromkeys(self.lead + self.responsible + self.support))

    def __add__(self, other: "Assignment") -> "Assignment":
        return Assignment(
            self.lead + other.lead,
            self.support + other.support,
            self.responsible + other.responsible,
            self.due or other.due,
            tuple(dict.fromkeys(self.recurrence + other.recurrence)),
            self.unclear + other.unclear,
        )


_WHO = "(?:单位|部门|主体|科室|处室)"


def _keys(who: str) -> str:
    """The words before a part; ``who`` is what follows 牵头 and 配合."""
    parts = (
        r"(?P<person>(?:责任|分管|包联|联系|牵头|主管)(?:领导|人)|负责人|联系人)",
        rf"(?P<lead>(?:牵头|主责|主办|主要责任|主要牵头)(?:责任)?{who})",
        rf"(?P<support>(?:配合|协办|协同|参与|参加|协助|协作)(?:责任)?{who})",
        rf"(?P<responsible>(?:责任|落实|承办|承担|实施|完成){_WHO})",
        r"(?P<due>(?:完成|办结|整改|工作)(?:时限|时间|期限)|时限要求|完成日期)",
    )
    return "|".join(parts)


_KEYS = _keys(_WHO)
# Before a colon 牵头 and 配合 are enough; elsewhere they are words of the task itself.
_KEY = re.compile(rf"(?:(?<=[（。；;，、\s])|^)(?:{_keys(_WHO + '?')})\s*）?\s*(?:：|为(?=[省州市县区旗各]))")
_BARE_KEY = re.compile(rf"^（?\s*(?:{_KEYS})\s*(?:）\s*|(?<=\s)|$)")
_BRACKETED = re.compile(r"（(?P<inside>(?:[^（）]|（[^（）]*）)*)）\s*[。；]?\s*$")
_VERBS = re.compile(
    r"(?P<names>.+?)(?:(?P<lead>牵头(?:负责)?)|(?P<support>配合|参与|协助|协同)|(?P<responsible>(?:按(?:照)?职责分工)?(?:分别|共同)?负责|落实))"
    r"(?:[，；。、\s]+|$)",
    re.DOTALL,
)


def split_assignment(text: str, reader: NameReader) -> tuple[str, Assignment | None]:
    """The words of a task without the clause behind it, and what the clause says.

    >>> text, assignment = split_assignment("改造校舍。（责任单位：县教育局、财政局）", NameReader())
    >>> text, assignment.units
    ('改造校舍。', ('县教育局', '县财政局'))
    """
    folded = fold(text)
    if key := _KEY.search(folded) or _BARE_KEY.match(folded):
        start, end, clause = _extent(folded, key.start(key.lastgroup or 0))
        return (text[:start] + text[end:]).strip(), _read_clause(clause, reader)
    if bracketed := _BRACKETED.search(folded):
        assignment = _read_bracket(folded, bracketed, reader)
        if assignment:
            return text[: bracketed.start()].strip(), assignment
    return text, None


def read_cell(part: Part, text: str, reader: NameReader) -> Assignment:
    """The units of a table cell, which may tell the parts itself: 牵头：县教育局；配合：县财政局."""
    folded = fold(text)
    keyed = part is Part.RESPONSIBLE and _KEY.search(folded)
    return _read_clause(folded, reader) if keyed else _read_part(part, folded, reader)


def is_broken_off(text: str) -> bool:
    """Whether a line of units goes on in the next line."""
    folded = fold(text).rstrip()
    key = _KEY.match(folded) or _BARE_KEY.match(folded)
    return key is not None and (folded.endswith(("、", "，", "：")) or key.end() == len(folded))


def _extent(folded: str, start: int) -> tuple[int, int, str]:
    """Where a clause begins and ends, and its inside; a bracket round it belongs to it."""
    before = folded[:start].rstrip()
    if not before.endswith("（"):
        return start, len(folded), folded[start:]
    opening = len(before) - 1
    closing = _closing(folded, opening)
    if re.fullmatch(_KEYS, folded[start:closing].strip()):  # 【责任单位】 before the units themselves
        return opening, len(folded), folded[start:]
    return opening, closing + 1, folded[start:closing]


def _closing(folded: str, opening: int) -> int:
    depth = 0
    for index in range(opening, len(folded)):
        depth += {"（": 1, "）": -1}.get(folded[index], 0)
        if depth == 0:
            return index
    return len(folded)


def _read_clause(clause: str, reader: NameReader) -> Assignment:
    keys = list(_KEY.finditer(clause)) or [key for key in [_BARE_KEY.match(clause)] if key]
    ends = [key.start() for key in keys[1:]] + [len(clause)]
    total = Assignment()
    for key, end in zip(keys, ends, strict=True):
        total += _read_part(Part(key.lastgroup or ""), clause[key.end() : end], reader)
    return total


def _read_part(part: Part, text: str, reader: NameReader) -> Assignment:
    text = _without_loose_brackets(text.strip(" ；，。、\n"))
    if part is Part.PERSON:
        return Assignment()
    if part is Part.DUE:
        return Assignment(due=deadline_of(text), recurrence=recurring_words(text))
    if part is Part.RESPONSIBLE and (by_verb := _read_verbs(text, reader)):
        return by_verb
    return Assignment.of(part, reader.read(text))


def _without_loose_brackets(text: str) -> str:
    """A bracket whose other half stands in another part: 完成时限：2026年底（责任单位：县教育局）."""
    if text.endswith("（"):
        text = text[:-1]
    return (
        text[:-1].rstrip() if text.count("）") > text.count("（") and text.endswith("）") else text.rstrip()
    )


def _read_bracket(folded: str, bracketed: re.Match[str], reader: NameReader) -> Assignment | None:
    inside = bracketed["inside"]
    if by_verb := _read_verbs(inside, reader):
        return by_verb
    names = reader.read(inside)
    stands_alone = folded[: bracketed.start()].rstrip().endswith(("。", "；")) or bracketed.start() == 0
    has_levels = bool(names.found) and all(level_of(name) or name.startswith("各") for name in names.found)
    if names.unclear or not names.found or not (stands_alone or has_levels):
        return None
    return Assignment(responsible=names.found)


def _read_verbs(text: str, reader: NameReader) -> Assignment | None:
    """县教育局牵头，县财政局、人社局配合; None unless every word before a verb is a unit."""
    total = Assignment()
    position = 0
    for found in _VERBS.finditer(text):
        if found.start() != position:
            return None
        names = reader.read(found["names"])
        if names.unclear or not names.found:
            return None
        total += Assignment.of(Part(found.lastgroup or ""), names)
        position = found.end()
    return total if position == len(text) and total.units else None


def join_broken_lines(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Index of the first line and the whole text, where a list of units runs over several lines."""
    index = 0
    while index < len(texts):
        start, text = index, texts[index]
        while is_broken_off(text) and index + 1 < len(texts):
            index += 1
            text += texts[index]
        yield start, text
        index += 1
