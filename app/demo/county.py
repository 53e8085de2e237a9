"""What describes a demo county: its schools, its years, and what its resources add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

WEIGHTS = {"primary": 100, "junior": 110, "senior": 132}  # per pupil, when a school's stages share
STAGED = ("R1", "R2", "R3")  # reported by stage
SHARED = ("R4", "R5", "R6", "R7")  # reported by school and split


@dataclass(frozen=True)
class Section:
    """One stage of a school in one year."""

    pupils: int
    classes: int
    oversize: int = 0  # classes of more than 45 (小学) or 50 (初中) pupils


@dataclass(frozen=True)
class Site:
    """A school or teaching point in one year."""

    code: str
    name: str
    kind: str
    location: str
    built_year: int
    is_boarding: str
    owner_code: str
    sections: Mapping[str, Section]  # the assessed stages
    senior: int = 0  # pupils of the senior section

    @property
    def pupils(self) -> int:
        """Pupils of the assessed stages."""
        return sum(section.pupils for section in self.sections.values())

    @property
    def n_classes(self) -> int:
        """Classes of the assessed stages."""
        return sum(section.classes for section in self.sections.values())

    @property
    def weighted(self) -> int:
        """Weighted pupils of all stages, in hundredths."""
        parts = [WEIGHTS[stage] * section.pupils for stage, section in self.sections.items()]
        return sum(parts) + WEIGHTS["senior"] * self.senior

    @property
    def is_combined(self) -> bool:
        """Whether stages share its resources."""
        return len(self.sections) > 1 or self.senior > 0

    @property
    def is_covered(self) -> bool:
        """Whether the resource indicators cover it: teaching points under 50 pupils are out."""
        return self.kind != "教学点" or self.pupils >= 50

    def share(self, stage: str) -> Fraction:
        """The part of shared resources that falls to a stage."""
        if stage not in self.sections:
            return Fraction(0)
        return Fraction(WEIGHTS[stage] * self.sections[stage].pupils, self.weighted)


def read_sites(county_code: str, table: str) -> tuple[Site, ...]:
    """Schools of a table with a line each; codes are the county's with a running number.

    Columns: name, kind, location, year built, boarding, owner code; of 小学 and of 初中
    pupils/classes/oversize classes (- = none); senior pupils.
    """
    lines = [line.split() for line in table.split("\n") if line]
    return tuple(_site(f"{county_code}{number:04}", line) for number, line in enumerate(lines, start=1))


def _site(code: str, line: list[str]) -> Site:
    name, kind, location, built, boarding, owner, primary, junior, senior = line
    sections = {
        stage: Section(*map(int, text.split("/")))
        for stage, text in (("primary", primary), ("junior", junior))
        if text != "-"
    }
    return Site(code, name, kind, location, int(built), boarding, owner, sections, int(senior))


@dataclass(frozen=True)
class Goal:
    """What one resource adds up to in the last year by stage, and how far schools differ (CV).

    Totals count persons (R1–R3) or hundredths of ㎡, 万元 and rooms (R4–R7), after the split.
    """

    totals: Mapping[str, int]
    cvs: Mapping[str, float]


@dataclass(frozen=True)
class Year:
    """What one year adds up to, and how far its resources are from those of the last year."""

    pupils: Mapping[str, int]  # by stage, teaching points included
    teachers: int  # full-time, both stages
    migrants: int
    rooms: int  # music and art rooms
    funds_yuan: int  # public funds of all schools
    small_funds_yuan: int  # … of those with fewer than 100 pupils
    training_yuan: int
    resources: Mapping[str, int]  # indicator → per pupil, in thousandths of the last year
    spread: int = 1000  # CVs, in thousandths of the last year


@dataclass(frozen=True)
class Slip:
    """A figure of the last year that was reported wrongly, and corrected after the freeze."""

    school_code: str
    element: str
    reported: float


@dataclass(frozen=True)
class DemoCounty:
    """A fictional county; ``sites`` are as in its last year."""

    code: str
    name: str
    horizon_year: int
    seed: int  # of its schools' fortunes
    lean: int  # the smaller, the more small schools are favoured over large ones
    sites: tuple[Site, ...]
    years: Mapping[int, Year]
    goals: Mapping[str, Goal]
    values: Mapping[str, tuple[float, ...]]  # county element → figure of each year
    slip: Slip | None = None

    @property
    def last_year(self) -> int:
        """The year that its tables describe."""
        return max(self.years)

    def values_in(self, year: int) -> dict[str, float]:
        """County elements of one year."""
        position = sorted(self.years).index(year)
        return {element: float(figures[position]) for element, figures in self.values.items()}
