"""A scorecard as ready rows, the same for the screen and for the workbook. None = no number."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.models.rubric import ScoreKind
from app.punctuation import listed
from app.rubric.queries import Scores
from scoring.rubric import Hint, Scorecard
from scoring.rubric.hints import FLAG_LABELS, HINT_LABELS, Flag
from scoring.rubric.scores import KINDS

AREA, GROUP, ITEM, ALL = "area", "group", "item", "all"


@dataclass(frozen=True)
class Row:
    """An area, a group, an item or the total, with the three numbers."""

    level: str
    code: str
    label: str
    full: int
    points: Mapping[str, float | None]  # self, hint, reviewer
    of: Mapping[str, int]  # of a total: full points of the items that have that number
    starred: bool = False
    is_computed: bool = False
    verdict: str = ""  # of what is computed
    hints: tuple[Hint, ...] = ()  # of the year
    versions: Mapping[str, int] | None = None  # of the scores, 0 = none yet

    @property
    def flags(self) -> list[Flag]:
        """What a reader should know, each once."""
        return list(dict.fromkeys(flag for hint in self.hints for flag in hint.flags))

    @property
    def counted(self) -> list[str]:
        """How many figures have which verdict, in words."""
        verdicts = [hint.verdict for hint in self.hints]
        return [
            _("%(n)s 项%(word)s", n=verdicts.count(key), word=label)
            for key, label in HINT_LABELS.items()
            if verdicts.count(key)
        ]

    @property
    def flag_words(self) -> str:
        return listed(FLAG_LABELS[flag] for flag in self.flags)


def rows_of(card: Scorecard, scores: Scores) -> list[Row]:
    """The total, then every area, its groups and their items, in the order of the document."""
    totals = {row["code"]: _total(row) for row in card.totals.to_dict("records")}
    items = [_item(row, card, scores) for row in card.items.to_dict("records")]
    of_group = {row["code"]: row["group"] for row in card.items.to_dict("records")}
    rows = [totals[ALL]]
    for code, total in totals.items():
        if code != ALL:
            rows += [total, *(row for row in items if of_group[row.code] == code)]
    return rows


def touched(rows: list[Row], item: str, card: Scorecard) -> Iterator[Row]:
    """The totals that an item counts in."""
    group = next(one.group for one in card.rubric.items if one.code == item)
    area = next(one.area for one in card.rubric.groups if one.code == group)
    return (row for row in rows if row.level != ITEM and row.code in (ALL, group, area))


def _total(row: Mapping[Any, Any]) -> Row:
    of = {kind: int(row[f"{kind}_of"]) for kind in KINDS}
    return Row(row["level"], row["code"], row["label"], row["full"], _points(row), of)


def _item(row: Mapping[Any, Any], card: Scorecard, scores: Scores) -> Row:
    code = row["code"]
    return Row(
        level=ITEM,
        code=code,
        label=row["label"],
        full=row["full"],
        points=_points(row),
        of={},
        starred=row["starred"],
        is_computed="computed" in row["mode"],
        verdict=row["verdict"],
        hints=tuple(hint for hint in card.hints if hint.item == code and hint.year == card.year),
        versions={
            kind.value: scores[code, kind].version if (code, kind) in scores else 0 for kind in ScoreKind
        },
    )


def _points(row: Mapping[Any, Any]) -> dict[str, float | None]:
    return {kind: None if math.isnan(row[kind]) else float(row[kind]) for kind in KINDS}
