"""Numbers that a sentence promises: 小学4.2人、初中5.3人以上, 不低于96%, 每班不超过45人."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from plans.reading.dates import Span, find_spans
from plans.reading.folding import fold
from plans.reading.indicator_words import indicator_of


class Relation(StrEnum):
    """How the value binds."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"


@dataclass(frozen=True)
class Target:
    """One promised number with the sentence it stands in."""

    indicator_code: str | None  # our code, when the words name one
    stage: str | None  # "primary", "junior"; None = both or not said
    relation: Relation
    value: float  # in ``unit``; a percentage is 96.0, not 0.96
    unit: str | None
    year: int | None  # the year it is promised for, when the sentence gives one
    sentence: str
    paragraph: int


_BEFORE = {
    Relation.AT_MOST: r"不超过|不得超过|不高于|不大于|不多于|控制在|≤",
    Relation.AT_LEAST: r"不低于|不少于|不小于|达到|达|保持在|稳定在|提高到|提升到|提升至|提高至|≥|为",
    Relation.BELOW: r"低于|小于|少于|＜|<",
    Relation.ABOVE: r"高于|大于|超过|＞|>",
}
_AFTER = {Relation.AT_LEAST: r"及?以上", Relation.AT_MOST: r"及?以[内下]|之内"}
_STAGES = {"小学": "primary", "初中": "junior"}
_UNIT = r"%|‰|个百分点|平方米|㎡|m²|万元|元|学时|人|名|间|册|台|个|所|分|节|小时"
_NUMBER = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE.values())})?\s*(?P<stage>小学|初中)?(?:阶段)?\s*"
    rf"(?P<before2>{'|'.join(_BEFORE.values())})?\s*"
    rf"(?<![\d.第〔（A-Za-z])(?P<value>\d{{1,6}}(?:\.\d+)?)\s*(?P<unit>{_UNIT})?(?![\d年月日号.])\s*"
    rf"(?P<after>{'|'.join(_AFTER.values())})?"
)
_JOIN = re.compile(r"\s*(?:[、，和与及/]|以及)?\s*$")
_SENTENCE_END = re.compile(r"(?<=[。；;！？\n])")
_SHARE_OF = re.compile(
    rf"(?P<before>{'|'.join(_BEFORE.values())})[^，。；、：\d（）]{{1,24}}的\s*$"
)  # 不低于…总数的10%
_LONGEST_CLAUSE = 200
_SHARED = re.compile(
    r"小学|初中|阶段|其中|学生|学校|以上|[\s\d，、；（）年月底前]"
)  # says of nothing what is counted
_OWN_WORDS = 5  # so many other characters between two numbers name another thing
_NO_PROMISE = re.compile(r"个百分点")


@dataclass(frozen=True)
class _Number:
    stage: str | None
    relation: Relation | None
    value: float
    unit: str | None
    begins_at: int
    ends_at: int


def find_targets(text: str, paragraph: int, default: str | None = None) -> list[Target]:
    """The promised numbers of a text, sentence by sentence; ``default`` is the indicator of unnamed ones.

    >>> [(t.stage, t.relation.value, t.value, t.unit) for t in find_targets("小学4.2人、初中5.3人以上", 1)]
    [('primary', '>=', 4.2, '人'), ('junior', '>=', 5.3, '人')]
    >>> [(t.stage, t.value) for t in find_targets("小学、初中分别不超过45人、50人", 1)]
    [('primary', 45.0), ('junior', 50.0)]
    """
    sentences = (sentence.strip() for sentence in _SENTENCE_END.split(text))
    return [
        target for sentence in sentences if sentence for target in _in_sentence(sentence, paragraph, default)
    ]


def _in_sentence(sentence: str, paragraph: int, default: str | None) -> Iterator[Target]:
    folded = fold(sentence)
    whole = indicator_of(folded) or default
    dates = [span for span in find_spans(folded) if span.end]
    previous = 0
    for run in _runs(folded):
        start = _clause_start(folded, run[0].begins_at)
        clause = folded[start : run[-1].ends_at]
        previous_ends, previous = previous, run[-1].ends_at
        near = folded[max(start, previous_ends) : run[0].begins_at]
        has_own = previous_ends > start and len(_SHARED.sub("", near)) >= _OWN_WORDS
        code = indicator_of(near) or (default if has_own else indicator_of(clause) or whole)
        year = _year(dates, run[0].begins_at)
        for number in _staged(_related(run), clause, near):
            if number.relation:
                yield Target(
                    code, number.stage, number.relation, number.value, number.unit, year, sentence, paragraph
                )


def _runs(folded: str) -> Iterator[list[_Number]]:
    """Numbers that follow one another with nothing but a mark between share what is said of them."""
    run: list[_Number] = []
    for found in _NUMBER.finditer(folded):
        number = _number(found)
        if run and not _JOIN.match(folded[run[-1].ends_at : number.begins_at]):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _number(found: re.Match[str]) -> _Number:
    before, after = found["before"] or found["before2"], found["after"]
    if (
        not before
        and found["unit"] == "%"
        and (share := _SHARE_OF.search(found.string, max(0, found.start() - 40), found.start()))
    ):
        before = share["before"]
    relation = _relation(before, _BEFORE) or _relation(after, _AFTER)
    is_promise = not _NO_PROMISE.fullmatch(found["unit"] or "") and (before != "为" or found["unit"] == "%")
    return _Number(
        _STAGES.get(found["stage"] or ""),
        relation if is_promise else None,
        float(found["value"]),
        found["unit"],
        found.start(),
        found.end(),
    )


def _relation(word: str | None, table: dict[Relation, str]) -> Relation | None:
    return next((relation for relation, words in table.items() if word and re.fullmatch(words, word)), None)


def _related(run: list[_Number]) -> list[_Number]:
    """A number without a relation takes that of its neighbour; without a unit likewise."""
    relation = next((number.relation for number in run if number.relation), None)
    unit = next((number.unit for number in run if number.unit), None)
    return [replace(n, relation=n.relation or relation, unit=n.unit or unit) for n in run]


def _staged(run: list[_Number], clause: str, near: str) -> list[_Number]:
    """小学、初中分别 gives the stages in order; one stage alone is meant; else the value is for both.

    ``near`` is what stands between the number before and this one: 小学每班45人、初中每班50人.
    """
    named = [_STAGES[word] for word in re.findall("小学|初中", clause)]
    if any(number.stage for number in run) or not named:
        return run
    if "分别" in clause and len(run) == len(named):
        return [replace(number, stage=stage) for number, stage in zip(run, named, strict=True)]
    alone = next(
        (words for words in (set(named), set(re.findall("小学|初中", near))) if len(words) == 1), set()
    )
    if len(run) == 1 and alone:
        stage = next(iter(alone))
        return [replace(run[0], stage=_STAGES.get(stage, stage))]
    return run


def _clause_start(folded: str, position: int) -> int:
    nearest = max(0, position - _LONGEST_CLAUSE)
    return max([folded.rfind(mark, nearest, position) + 1 for mark in "；;。"] + [nearest])


def _year(dates: Sequence[Span], position: int) -> int | None:
    """The last year named before the number, else the first of the sentence."""
    before = [span for span in dates if span.ends_at <= position]
    ends = [span.end for span in before[-1:] or dates[:1]]
    return int(ends[0][:4]) if ends and ends[0] else None
