"""Lines of text ↔ claims: name, printed figure, formula, inputs, standard, what the report concludes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from scoring.claims import Claim, Finding, check_claim
from scoring.errors import BadClaim

FORMULA_NAMES = {
    "value": "原数",
    "sum": "合计",
    "mean": "平均",
    "difference": "相减",
    "ratio": "相除",
    "percent": "百分比",
    "per_hundred": "每百人",
    "yuan_per_pupil": "万元折生均元",
    "growth": "增长率",
    "growth_per_pupil": "生均增长率",
    "change_of_share": "占比之差",
}
MOST_LINES = 200
_SENSES = {"≥": "at_least", ">=": "at_least", "≤": "at_most", "<=": "at_most", ">": "above", "<": "below"}
_SIGNS = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<"}
_SAYS = {"": None, "达到": True, "达标": True, "未达到": False, "未达标": False}


@dataclass(frozen=True)
class ClaimLine:
    """A line of the sheet: recomputed, or why it could not be."""

    number: int
    label: str
    printed: str
    formula: str  # in words
    inputs: str
    finding: Finding | None
    problem: str


def checked_lines(text: str) -> list[ClaimLine]:
    """Every line recomputed; blank lines are skipped, those after the two-hundredth too."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    return [_checked(number, line) for number, line in lines[:MOST_LINES]]


def line_of(claim: Claim) -> str:
    """A claim as the line that reads back to it."""
    rule = f"{_SIGNS[claim.sense]}{claim.limit}" if claim.sense else ""
    cells = [claim.label, claim.printed, FORMULA_NAMES[claim.formula], " ".join(claim.inputs), rule]
    return "\t".join(cells).rstrip("\t")


def _checked(number: int, line: str) -> ClaimLine:
    cells = [*_cells(line), *[""] * 6][:6]
    label, printed, formula, inputs = cells[:4]
    try:
        finding, problem = check_claim(_claim(cells)), ""
    except BadClaim as refusal:
        finding, problem = None, str(refusal)
    return ClaimLine(number, label, printed, formula, inputs, finding, problem)


def _claim(cells: Sequence[str]) -> Claim:
    label, printed, formula, inputs, rule, says = cells
    codes = {name: code for code, name in FORMULA_NAMES.items()}
    if formula not in codes:
        raise BadClaim(
            label, _("算法“%(name)s”不认识，可填：%(names)s", name=formula, names="、".join(codes))
        )
    if says not in _SAYS:
        raise BadClaim(label, _("结论只能填达到或未达到"))
    sense, limit = _rule(label, rule)
    given = tuple(part for part in re.split(r"[\s、;]+", inputs) if part)
    return Claim(label, printed.rstrip("%"), codes[formula], given, sense, limit, _SAYS[says])


def _rule(label: str, rule: str) -> tuple[str, str]:
    found = re.fullmatch(r"(≥|≤|>=|<=|>|<)\s*(.+?)%?", rule)
    if rule and not found:
        raise BadClaim(label, _("标准“%(rule)s”须写作 ≥5 或 ≤17 的样子", rule=rule))
    return (_SENSES[found[1]], found[2]) if found else ("", "")


def _cells(line: str) -> Iterator[str]:
    # Tabs come from a pasted table, bars are typed by hand.
    for cell in re.split(r"[\t|]", line):
        yield unicodedata.normalize("NFKC", cell).strip()
