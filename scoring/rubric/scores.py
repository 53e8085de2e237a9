"""Three numbers an item, never mixed: self score, computed hint, reviewer's score; and their totals."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from scoring.rubric.hints import NOT_APPLICABLE, Hint, hints, of_year
from scoring.rubric.model import Item, Part, Rubric
from scoring.verdicts import Verdict, overall
from scoring.words import _

KINDS = ("self", "hint", "reviewer")


@dataclass(frozen=True)
class Scorecard:
    """A county's points by a rubric in one year. Nothing is concluded: see ``rubric.open``.

    items : code, label, group, starred, full, mode, self, hint, reviewer (NaN = none), verdict (of the
        computed checks that count; pending without any).
    totals : code, label, level (area, group, all), full, and per kind of number its sum and ``<kind>_of``,
        the full points of the items that have that number: 85 of 100 says nothing of the rest.
    starred_not_full : kind of number → starred items that have it and fall short of full points.
    starred_unscored : kind of number → starred items that lack it.
    """

    rubric: Rubric
    year: int | None
    items: pd.DataFrame
    totals: pd.DataFrame
    hints: tuple[Hint, ...]  # of all years
    starred_not_full: Mapping[str, tuple[str, ...]]
    starred_unscored: Mapping[str, tuple[str, ...]]

    def to_json(self) -> dict[str, Any]:
        """Plain lists, dicts, strings and numbers; numbers unrounded, missing as None."""
        rubric = self.rubric
        return {
            "rubric": {"id": rubric.id, "version": rubric.version, "sha256": rubric.sha256},
            "year": self.year,
            "items": _records(self.items),
            "totals": _records(self.totals),
            "starred_not_full": {kind: list(codes) for kind, codes in self.starred_not_full.items()},
            "starred_unscored": {kind: list(codes) for kind, codes in self.starred_unscored.items()},
            "hints": [_hint_json(hint) for hint in self.hints],
            "open": [{"code": code, "text": text} for code, text in rubric.open.items()],
            "miscounts": [
                {"code": group.code, "stated": group.stated_items, "listed": n}
                for group, n in rubric.miscounts()
            ],
        }


def scorecard(
    rubric: Rubric, annual: pd.DataFrame, scores: pd.DataFrame, year: int | None = None
) -> Scorecard:
    """Points of a county by a rubric.

    Parameters
    ----------
    rubric : Rubric
        From ``load_rubric``.
    annual : DataFrame
        Yearly figures, as ``scoring.rubric.hints.hints`` takes them.
    scores : DataFrame
        Index = codes of items (any subset), columns self and reviewer [points]; NaN = not scored.
    year : int, optional
        Year whose figures give the hint; the newest by default.

    Returns
    -------
    Scorecard
        A hint is given only where the document says how many points a figure earns: full points when every
        check is met, and part by part where the parts have points of their own.
    """
    given = hints(rubric, annual)
    chosen = year if year is not None or annual.empty else int(max(annual.index))
    current = list(of_year(given, chosen)) if chosen is not None else []
    items = pd.DataFrame([_item_row(item, current, scores) for item in rubric.items])
    starred = items[items["starred"]]
    totalled = ("", *(group.code for group in rubric.groups))
    return Scorecard(
        rubric,
        chosen,
        items,
        pd.DataFrame([_total_row(rubric, items, code) for code in totalled]),
        given,
        {kind: tuple(starred.loc[starred[kind] < starred["full"], "code"]) for kind in KINDS},
        {kind: tuple(starred.loc[starred[kind].isna(), "code"]) for kind in KINDS},
    )


def _item_row(item: Item, current: list[Hint], scores: pd.DataFrame) -> dict[str, Any]:
    own = [hint for hint in current if hint.item == item.code]
    verdicts = {part.label: _part_verdict(part, own) for part in item.parts}
    return {
        "code": item.code,
        "label": item.label,
        "group": item.group,
        "starred": item.starred,
        "full": item.full,
        "mode": item.mode,
        "self": _score(scores, item.code, "self"),
        "hint": _points(item, verdicts),
        "reviewer": _score(scores, item.code, "reviewer"),
        "verdict": _together(verdicts.values()) if item.parts else str(Verdict.PENDING),
    }


def _score(scores: pd.DataFrame, code: str, kind: str) -> float:
    return float(scores[kind].reindex([code]).to_numpy(dtype=float)[0])


def _part_verdict(part: Part, own: list[Hint]) -> str:
    verdicts = [hint.verdict for hint in own if hint.part == part.label and hint.counts]
    if part.readings and {Verdict.MET, Verdict.NOT_MET} <= set(verdicts):
        return str(Verdict.PENDING)
    return _together(verdicts)


def _together(verdicts: Iterable[str]) -> str:
    given = list(verdicts)
    applicable = [verdict for verdict in given if verdict != NOT_APPLICABLE]
    return NOT_APPLICABLE if given and not applicable else str(overall(applicable))


def _points(item: Item, verdicts: Mapping[str, str]) -> float:
    earned = {part.label: verdicts[part.label] == Verdict.MET for part in item.parts}
    if item.parts and all(earned.values()):
        return float(item.full)
    undecided = set(verdicts.values()) - {Verdict.MET, Verdict.NOT_MET}
    if undecided or not all(part.full for part in item.parts) or not item.parts:
        return np.nan
    return float(sum(part.full or 0 for part in item.parts if earned[part.label]))


def _total_row(rubric: Rubric, items: pd.DataFrame, code: str) -> dict[str, Any]:
    group = next((one for one in rubric.groups if one.code == code), None)
    own = items if group is None else items[items["code"].isin([one.code for one in rubric.items_of(code)])]
    row: dict[str, Any] = {
        "code": code or "all",
        "label": group.label if group else _("合计"),
        "level": "all" if group is None else "group" if group.area else "area",
        "full": group.full if group else rubric.full,
    }
    for kind in KINDS:
        # Points have a digit or two; more is float dust.
        row[kind] = round(own[kind].sum(min_count=1), 6)
        row[f"{kind}_of"] = int(own.loc[own[kind].notna(), "full"].sum())
    return row


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(key): value for key, value in row.items()} for row in plain.to_dict("records")]


def _hint_json(hint: Hint) -> dict[str, Any]:
    flags = [str(flag) for flag in hint.flags]
    value = None if hint.value is None else float(hint.value)
    return asdict(hint) | {"value": value, "verdict": str(hint.verdict), "flags": flags}
