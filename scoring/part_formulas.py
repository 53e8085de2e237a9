"""Named ways to judge a part of an item. A rulebook names one of ``PART_FORMULAS``; it never contains one."""

from collections.abc import Callable
from dataclasses import dataclass

from scoring.attested_parts import attested, monitored_level, monitored_spread, veto
from scoring.county_parts import county_ratio, satisfaction
from scoring.elements import STAGES
from scoring.items import Part
from scoring.part_results import Case, PartResult
from scoring.room_parts import special_rooms
from scoring.school_parts import class_size, school_share, school_size, small_school_funds
from scoring.words import _


@dataclass(frozen=True)
class PartFormula:
    """How a part is judged, and what the rulebook has to say for it."""

    judge: Callable[[Part, Case], PartResult]
    mode: str  # computed, limit, attested, external or veto
    words: str
    needs: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    limit_keys: tuple[str, ...] = ()  # keys that the limits must have; empty = see the formula


_RATIO = ("subtracts", "per_subtracts", "warn_above", "decimals", "none_passes")

PART_FORMULAS = {
    "attested": PartFormula(attested, "attested", _("结论、签署和佐证材料齐全")),
    "veto": PartFormula(veto, "veto", _("签署承诺无此情形")),
    "monitored_level": PartFormula(
        monitored_level, "external", _("各监测学科学业水平等级"), ("at_least", "subjects")
    ),
    "monitored_spread": PartFormula(
        monitored_spread, "external", _("各监测学科校际差异率"), ("below", "subjects")
    ),
    "county_ratio": PartFormula(
        county_ratio,
        "computed",
        _("全县分子 ÷ 分母"),
        ("unit", "adds", "at_least"),
        ("per", "scale", *_RATIO),
    ),
    "satisfaction": PartFormula(
        satisfaction,
        "computed",
        _("各类满意问卷之和 ÷ 有效问卷之和"),
        ("unit", "adds", "per", "scale", "at_least"),
    ),
    "special_rooms": PartFormula(
        special_rooms, "limit", _("面积合格的专用教室间数 ≥ 班级数 ÷ 12（进一）"), ("unit", "at_least")
    ),
    "school_size": PartFormula(school_size, "limit", _("义务教育阶段在校生数"), ("unit", "at_most")),
    "class_size": PartFormula(class_size, "limit", _("最大班额"), ("unit", "at_most"), limit_keys=STAGES),
    "small_school_funds": PartFormula(
        small_school_funds, "limit", _("公用经费 ≥ 100 × 生均公用经费基准定额"), ("unit", "at_least")
    ),
    "school_share": PartFormula(
        school_share,
        "computed",
        _("每校分子 ÷ 分母"),
        ("unit", "adds", "per", "scale", "at_least"),
        ("optional",),
    ),
}
SENSES = ("at_least", "at_most", "below")
