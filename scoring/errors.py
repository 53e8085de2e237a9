"""What can go wrong in ``scoring``: named facts with Chinese messages for users."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.words import _, listed


class ScoringError(Exception):
    """Base of all errors of this package."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place of a workbook or a form."""

    sheet: str
    row: int | None  # Excel row number, header is 1; None = the whole sheet or file
    column: str | None  # header as written, or the Chinese header of the element; None = the whole row
    message: str
    severity: str = "error"  # "error" stops an assessment, "warning" does not

    def __str__(self) -> str:
        row = _("第%(row)s行", row=self.row) if self.row is not None else ""
        place = " ".join(part for part in (self.sheet, row, self.column or "") if part)
        return f"{place}：{self.message}" if place else self.message


class BadWorkbook(ScoringError):
    """A file that can't be read as measures; ``problems`` lists every reason found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class BadRulebook(ScoringError):
    """A rulebook file that breaks the form; names the file and, if known, the indicator."""

    def __init__(self, file: str, place: str, message: str) -> None:
        self.file, self.place = file, place
        super().__init__(f"{file} {place}：{message}" if place else f"{file}：{message}")


class NoStandardInForce(ScoringError):
    """No such standard, or no version of it covers a day."""


class UnknownRelaxation(ScoringError):
    """A relaxation code that the standard doesn't have."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        self.code = code
        super().__init__(
            _("没有放宽条款 %(code)s；可用的有：%(known)s。", code=code, known=listed(known) or _("无"))
        )


class RelaxationOutOfTime(ScoringError):
    """A relaxation used outside its dates without a reason."""

    def __init__(self, code: str, since: str, until: str) -> None:
        self.code = code
        super().__init__(
            _(
                "放宽条款 %(code)s 的适用期为 %(since)s 至 %(until)s；期外使用须写明理由。",
                code=code,
                since=since,
                until=until,
            )
        )


class BadEvidence(ScoringError):
    """A statement that can't be judged: unknown item, conclusion, level or choice."""


class BadClaim(ScoringError):
    """A claim of a report that can't be recomputed; names it and says why."""

    def __init__(self, label: str, message: str) -> None:
        self.label = label
        super().__init__(f"{label}：{message}。")


class VariantConflict(ScoringError):
    """A local variant that asks for less than the standard above it; names both values of each conflict."""

    def __init__(self, title: str, conflicts: Sequence[object]) -> None:
        self.conflicts = list(conflicts)
        super().__init__(
            "\n".join([_("“%(title)s”与上级标准冲突：", title=title), *(str(one) for one in conflicts)])
        )


class UnknownSection(ScoringError):
    """A school, stage or indicator that the assessment doesn't hold."""


class MissingUnitCost(ScoringError):
    """Unit costs that leave out an indicator that needs one, or give one below zero."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.codes = list(codes)
        super().__init__(
            _(
                "没有可用的单价：%(codes)s。请按每人、每平方米、每元、每间给出不小于 0 的单价。",
                codes=listed(codes),
            )
        )


class NoRemedy(ScoringError):
    """No set of additions could be found; says why and what to do."""


class BadTarget(ScoringError):
    """A target path whose years are out of order."""


class BadTable(ScoringError):
    """A CSV file that can't be used; the message names row and column."""
