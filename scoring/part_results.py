"""What a part of an item is judged on, and what comes out of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.elements import STAGE_LABELS
from scoring.evidence import Attestation, Evidence
from scoring.exact import Flags, Floats
from scoring.items import Item, Part
from scoring.measures import Measures
from scoring.standard import Relaxation, Standard
from scoring.verdicts import Verdict, Words, overall
from scoring.words import _, listed

_SHOWN = 3  # schools named in a sentence; the list of failing schools has all


@dataclass(frozen=True)
class Case:
    """One item of one county with all that may bear on it."""

    item: Item
    measures: Measures
    evidence: Evidence
    standard: Standard
    relaxations: tuple[Relaxation, ...] = ()  # of this item, switched on

    def attestation(self, part: Part) -> Attestation | None:
        """What was stated on a part: its own statement, else the one on the whole item."""
        own = [one for one in self.evidence.attestations if one.item == self.item.code]
        return next((one for key in (part.key, "") for one in own if one.part == key), None)


@dataclass(frozen=True)
class Failing:
    """A school (and stage) that fails: its figure beside the limit; None where there is no number."""

    school_code: str
    name: str
    stage: str  # "" = the whole school
    figure: float | str | None
    limit: float | None
    unit: str
    part: str = ""  # label of the part, if the item has several


@dataclass(frozen=True)
class PartResult:
    """Verdict on a part. value : in the unit of the part; NaN = missing or no number."""

    key: str
    label: str
    mode: str
    verdict: str
    reason: str
    value: float = float("nan")
    limit: float = float("nan")
    unit: str = ""
    failing: tuple[Failing, ...] = ()
    warnings: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()  # relaxations that a figure or limit depends on
    printed_otherwise: bool = False  # the printed value would give the other verdict

    def row(self) -> dict[str, Any]:
        """As plain data; failing schools and warnings are in the row of the item."""
        kept = asdict(self)
        return {key: kept[key] for key in kept if key not in ("failing", "warnings", "relaxed")}


def result(part: Part, verdict: str, reason: str, **more: Any) -> PartResult:
    """A result that carries the names of its part."""
    return PartResult(part.key, part.label, part.mode, str(verdict), reason, **more)


@dataclass(frozen=True)
class Units:
    """Schools or sections under a limit: arrays of equal length, one entry a unit; NaN = missing."""

    schools: pd.DataFrame
    rows: npt.NDArray[np.intp]  # position of the school in ``schools``
    stages: npt.NDArray[np.str_]  # "" = the whole school
    figure: Floats
    limit: Floats
    known: Flags  # whether the verdict is certain
    met: Flags
    eased: Mapping[str, Flags] = field(default_factory=dict)  # relaxation → units judged by its limit
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    nobody: str = ""  # what to say when no unit is concerned and that is fine


def whole_schools(schools: pd.DataFrame, **arrays: Any) -> Units:
    """Units that are schools, in the order of the frame."""
    return Units(schools, np.arange(len(schools)), np.full(len(schools), ""), **arrays)


def judge_units(part: Part, units: Units) -> PartResult:
    """The part is met when every unit is; its value is the share of units that comply [%]."""
    verdicts = np.select([~units.known, units.met], [Verdict.NO_DATA, Verdict.MET], Verdict.NOT_MET)
    n_met, n_units = int((verdicts == Verdict.MET).sum()), len(verdicts)
    if not n_units and units.nobody and len(units.schools):
        return result(part, Verdict.MET, units.nobody, value=100.0, unit="%", warnings=units.warnings)
    verdict = overall(verdicts.tolist())
    gap = verdict == Verdict.NO_DATA
    return result(
        part,
        verdict,
        _words(part, units, verdicts, n_met),
        value=float("nan") if gap or not n_units else 100 * n_met / n_units,
        unit="%",
        failing=tuple(
            _failing(part, units, int(position)) for position in np.flatnonzero(verdicts == "not_met")
        ),
        warnings=units.warnings,
        relaxed=tuple(code for code, flags in units.eased.items() if flags.any()),
    )


def name_of(schools: pd.DataFrame, position: int) -> str:
    """Name of a school; its code if it has none."""
    row = schools.iloc[position]
    return str(row.get("school_name") or row["school_code"])


def _failing(part: Part, units: Units, position: int) -> Failing:
    row = units.rows[position]
    figure, limit = (float(array[position]) for array in (units.figure, units.limit))
    return Failing(
        str(units.schools["school_code"].iloc[row]),
        name_of(units.schools, row),
        str(units.stages[position]),
        None if np.isnan(figure) else figure,
        None if np.isnan(limit) else limit,
        part.unit,
        part.label,
    )


def _words(part: Part, units: Units, verdicts: Words, n_met: int) -> str:
    if not len(units.rows):
        return _("%(label)s：没有学校数据", label=part.label)
    each = _("校段") if (units.stages != "").any() else _("校")
    failing, missing = (np.flatnonzero(verdicts == word) for word in (Verdict.NOT_MET, Verdict.NO_DATA))
    head = _(
        "%(label)s：%(of)s %(each)s中 %(n)s %(each)s达标",
        label=part.label,
        of=len(units.rows),
        each=each,
        n=n_met,
    )
    counts = [(_("未达标"), failing, part), (_("缺数据"), missing, None)]
    counts += [
        (_("按 %(code)s 放宽", code=code), np.flatnonzero(eased), part) for code, eased in units.eased.items()
    ]
    told = [
        _(
            "%(what)s %(n)s %(each)s（%(names)s）",
            what=what,
            n=len(rows),
            each=each,
            names=_names(told_of, units, rows),
        )
        for what, rows, told_of in counts
        if len(rows)
    ]
    return listed([head, *units.notes, *told], "，")


def _names(part: Part | None, units: Units, positions: npt.NDArray[np.intp]) -> str:
    shown = listed(_name(part, units, int(position)) for position in positions[:_SHOWN])
    return _("%(names)s等", names=shown) if len(positions) > _SHOWN else shown


def _name(part: Part | None, units: Units, position: int) -> str:
    stage = str(units.stages[position])
    name = name_of(units.schools, units.rows[position])
    if stage:
        name = _("%(school)s%(stage)s", school=name, stage=STAGE_LABELS[stage])
    if part is None or np.isnan(units.figure[position]):
        return name
    figure, limit = (_plain(float(array[position])) for array in (units.figure, units.limit))
    return _(
        "%(name)s %(figure)s %(unit)s，%(sense)s %(limit)s",
        name=name,
        figure=figure,
        unit=part.unit,
        sense=SENSE_WORDS[part.sense],
        limit=limit,
    )


SENSE_WORDS = {"at_least": _("应不少于"), "at_most": _("不得超过"), "below": _("应低于")}


def _plain(figure: float) -> str:
    return f"{figure:.2f}".rstrip("0").rstrip(".")
