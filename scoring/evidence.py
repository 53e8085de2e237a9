"""What a county states beside its figures: attestations, monitoring results, choices of open rules."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scoring.errors import BadEvidence

CONCLUSIONS = ("met", "not_met", "")  # "" = none yet
_LOOK_ALIKES = str.maketrans(
    {"Ш": "III", "П": "II", "І": "I", "Ӏ": "I", "L": "I", "|": "I", "丨": "I", "Ѵ": "V"}
)
_LEVELS = {
    form: level
    for level, forms in enumerate(("I 1 一", "II 2 二", "III 3 三", "IV 4 四"), 1)
    for form in forms.split()
}


@dataclass(frozen=True)
class SchoolFinding:
    """A school that does not comply, with its grade or figure in words."""

    school_code: str
    figure: str


@dataclass(frozen=True)
class Attestation:
    """What somebody answers for. For a veto, ``met`` says that there was no such case.

    part : key of a part of the item; "" = all attested parts.
    Raises BadEvidence for another conclusion: a plan to fix is none.
    """

    item: str
    conclusion: str  # met, not_met or ""
    statement: str = ""
    signed_by_role: str = ""
    signed_on: date | None = None
    n_evidence: int = 0
    part: str = ""
    failing: tuple[SchoolFinding, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a conclusion that is none."""
        if self.conclusion not in CONCLUSIONS:
            raise BadEvidence(
                f"{self.item} 的结论“{self.conclusion}”无效，须为 met 或 not_met；计划不是结论。"
            )


@dataclass(frozen=True)
class MonitoringResult:
    """Result of one subject of the national monitoring of a year.

    level : 1 … 4, from ``level_of``; None = not issued. difference_rate : 校际差异率 [1]; NaN = not issued.
    """

    subject: str
    year: int
    level: int | None
    difference_rate: float


@dataclass(frozen=True)
class Evidence:
    """All of it for one county and year."""

    attestations: tuple[Attestation, ...] = ()
    monitoring: tuple[MonitoringResult, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)  # setting → choice


def level_of(text: str) -> int:
    """Level of pupils' achievement, written with Roman numerals, look-alike letters or digits.

    Raises BadEvidence for anything else.

    >>> [level_of(text) for text in ("Ⅲ级", "Ш级", "III", "ⅳ", "水平2", "三级")]
    [3, 3, 3, 4, 2, 3]
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES)
    core = "".join(plain.split()).removeprefix("水平").removesuffix("级")
    if core not in _LEVELS:
        raise BadEvidence(f"等级“{text}”无法识别，应为 Ⅰ、Ⅱ、Ⅲ、Ⅳ 级。")
    return _LEVELS[core]
