"""A standard as data: indicators, thresholds, who is in, relaxations. Filled by ``scoring.loader``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scoring.elements import ELEMENTS, Element
from scoring.errors import RelaxationOutOfTime, UnknownRelaxation, UnknownSection


@dataclass(frozen=True)
class Indicator:
    """One indicator: which elements make it, per what, against which threshold and by which clause."""

    code: str
    label: str
    group: str
    unit: str
    formula: str  # name in scoring.formulas.FORMULAS
    adds: tuple[str, ...]  # element codes, without stage suffix where the element is per stage
    subtracts: tuple[str, ...]
    scale: int  # 100 for "per hundred pupils", 10000 for 万元 → 元
    at_least: Mapping[str, Decimal]  # stage → threshold, in the unit; empty = schools aren't judged by it
    cv_at_most: Mapping[str, Decimal]  # stage → limit of the coefficient of variation; empty = see Composite
    clause: str


@dataclass(frozen=True)
class Inclusion:
    """Which schools the resource indicators cover."""

    kinds: tuple[str, ...]
    points_from_students: int | None  # a 教学点 with fewer pupils is out; None = no such line
    clause: str
    owners: tuple[str, ...] = ()  # codes of 举办者类型 that are in; empty = all


@dataclass(frozen=True)
class Split:
    """Integer weights per pupil by which combined schools share resources among their stages."""

    weights: Mapping[str, int]
    clause: str


@dataclass(frozen=True)
class SchoolRule:
    """How many indicators a school and stage must meet, and how far the others may fall short."""

    met_at_least: int
    floor_percent: int
    clause: str


NO_SCHOOL_RULE = SchoolRule(0, 0, "")


@dataclass(frozen=True)
class Composite:
    """Limit of the plain mean of the CVs of all indicators (综合差异系数), which alone is judged."""

    code: str
    label: str
    group: str
    at_most: Mapping[str, Decimal]  # stage → limit
    clause: str


@dataclass(frozen=True)
class Where:
    """Schools that a relaxation covers; an empty condition covers all."""

    location: tuple[str, ...] = ()
    students_from: int | None = None  # whole school, all stages
    students_to: int | None = None


@dataclass(frozen=True)
class Relaxation:
    """A dated easing that a county may switch on: more elements count for an indicator in some schools."""

    code: str
    label: str
    indicator: str
    adds: tuple[str, ...]
    where: Where
    since: date
    until: date
    clause: str


@dataclass(frozen=True)
class SwitchedOn:
    """A relaxation that a county uses; ``reason`` is needed outside its dates."""

    code: str
    reason: str = ""

    @classmethod
    def parse(cls, text: str) -> "SwitchedOn":
        """A switch written ``CODE`` or ``CODE=reason``.

        >>> SwitchedOn.parse("R3-visiting=上级批复延期")
        SwitchedOn(code='R3-visiting', reason='上级批复延期')
        """
        code, _, reason = text.partition("=")
        return cls(code.strip(), reason.strip())


@dataclass(frozen=True)
class Standard:
    """One dated version of a standard; ``sha256`` is of the rulebook file as published."""

    id: str
    version: str  # effective date, as in the file name
    sha256: str
    title: str
    effective_from: date
    source: Mapping[str, str]
    inclusion: Inclusion
    split: Split
    school_rule: SchoolRule
    indicators: tuple[Indicator, ...]
    relaxations: tuple[Relaxation, ...]
    composite: Composite | None = None

    @property
    def judges_schools(self) -> bool:
        """Whether single schools have to pass."""
        return self.school_rule is not NO_SCHOOL_RULE

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the indicators in the order of the document."""
        return tuple(indicator.code for indicator in self.indicators)

    @property
    def elements(self) -> tuple[Element, ...]:
        """Elements that the indicators are made of, with the pupils of all stages."""
        stems = {"students"}.union(*((*one.adds, *one.subtracts) for one in self.indicators))
        return tuple(element for element in ELEMENTS.values() if element.stem in stems)

    def users_of(self, element: Element) -> str:
        """Codes of the indicators that need an element, for messages."""
        users = [one.code for one in self.indicators if element.stem in (*one.adds, *one.subtracts)]
        return "、".join(users or self.codes)

    def indicator(self, code: str) -> Indicator:
        """The indicator of a code. Raises UnknownSection."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise UnknownSection(f"标准 {self.id} 没有指标 {code}；可用的有：{'、'.join(self.codes)}。")

    def relaxations_on(self, switches: Iterable[SwitchedOn | str], on: date | None) -> tuple[Relaxation, ...]:
        """Relaxations switched on, checked against the day ``on`` (None: no day, dates aren't checked).

        Raises UnknownRelaxation, and RelaxationOutOfTime when the day is outside and no reason is given.
        """
        parsed = [SwitchedOn.parse(switch) if isinstance(switch, str) else switch for switch in switches]
        return tuple(self._relaxation_on(switch, on) for switch in dict.fromkeys(parsed))

    def _relaxation_on(self, switch: SwitchedOn, on: date | None) -> Relaxation:
        known = {relaxation.code: relaxation for relaxation in self.relaxations}
        if switch.code not in known:
            raise UnknownRelaxation(switch.code, list(known))
        relaxation = known[switch.code]
        if on is not None and not relaxation.since <= on <= relaxation.until and not switch.reason:
            raise RelaxationOutOfTime(switch.code, str(relaxation.since), str(relaxation.until))
        return relaxation
