"""What a relaxation changed: the result with it beside the result without it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.assessments.gathering import code_of
from app.assessments.runs import judged_again
from app.models import Assessment
from scoring.elements import STAGE_LABELS
from scoring.engine import Assessment as Judged
from scoring.verdicts import VERDICT_LABELS, Verdict


@dataclass(frozen=True)
class Effect:
    """One changed verdict: of an item (``stage`` is "") or of a school's stage."""

    name: str
    without: str
    now: str

    def __str__(self) -> str:
        return _("%(name)s：%(without)s → %(now)s", name=self.name, without=self.without, now=self.now)


def effects(assessment: Assessment) -> dict[str, list[Effect]]:
    """Relaxation in use → verdicts that are other than they would be without it."""
    codes = [code_of(switch) for switch in assessment.relaxations]
    if not codes:
        return {}
    now = judged_again(assessment)
    return {code: _differences(judged_again(assessment, without=code), now) for code in codes}


def _differences(before: Judged, now: Judged) -> list[Effect]:
    return [
        *_changed(_sections(before), _sections(now)),
        *_changed(_failing(before), _failing(now)),
        *_changed(_items(before), _items(now)),
    ]


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> list[Effect]:
    names = dict.fromkeys([*before, *now])
    met = VERDICT_LABELS[Verdict.MET]
    pairs = [(name, before.get(name, met), now.get(name, met)) for name in names]
    return [Effect(*pair) for pair in pairs if pair[1] != pair[2]]


def _sections(judged: Judged) -> dict[str, str]:
    rows: list[dict[Hashable, Any]] = judged.sections.to_dict("records")
    return {f"{row['school_name']}{STAGE_LABELS[row['stage']]}": _word(row["verdict"]) for row in rows}


def _failing(judged: Judged) -> dict[str, str]:
    """Schools that fail an item, one entry a school, item and part."""
    rows: list[dict[Hashable, Any]] = judged.items.to_dict("records")
    return {
        f"{row['code']} {one['name']}{STAGE_LABELS.get(one['stage'], '')}{one['part']}": _word("not_met")
        for row in rows
        for one in row["failing"]
    }


def _items(judged: Judged) -> dict[str, str]:
    rows: list[dict[Hashable, Any]] = judged.items.to_dict("records")
    return {f"{row['code']} {row['label']}": _word(row["verdict"]) for row in rows}


def _word(verdict: str) -> str:
    return VERDICT_LABELS[Verdict(verdict)]
