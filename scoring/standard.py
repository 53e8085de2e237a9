"""A standard as data: indicators, thresholds, who is in, relaxations. Filled by ``scoring.loader``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from scoring.elements import ELEMENTS, Element
from scoring.errors import BadEvidence, RelaxationOutOfTime, UnknownRelaxation, UnknownSection
from scoring.items import Item, Setting


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
    built_to: int | None = None  # last year of building
    largest_class_below: int | None = None  # pupils, over all compulsory stages
    migrants_over_percent: int | None = None  # of the pupils of the compulsory stages


@dataclass(frozen=True)
class Relaxation:
    """A dated easing that a county may switch on for some schools.

    More elements count for an indicator (``adds``), or an item judges by other ``limits``.
    """

    code: str
    label: str
    indicator: str  # code of the indicator or item
    adds: tuple[str, ...]
    where: Where
    since: date
    until: date
    clause: str
    limits: Mapping[str, Decimal] = field(default_factory=dict)  # keys as in the part of the item
    needs_proof: bool = False  # covers only the schools in ``schools``
    schools: tuple[str, ...] = ()  # codes of the schools proved by the county, from its switch
    reason: str = ""  # of the county for using it, from its switch


@dataclass(frozen=True)
class SwitchedOn:
    """A relaxation that a county uses.

    reason : needed outside its dates. schools : codes of the schools proved, where it needs proof by school.
    """

    code: str
    reason: str = ""
    schools: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "SwitchedOn":
        """A switch written ``CODE``, ``CODE:school,school``, ``CODE=reason`` or all together.

        >>> SwitchedOn.parse("R3-visiting=上级批复延期")
        SwitchedOn(code='R3-visiting', reason='上级批复延期', schools=())
        >>> SwitchedOn.parse("R5-grounds:101,102")
        SwitchedOn(code='R5-grounds', reason='', schools=('101', '102'))
        """
        head, _, reason = text.partition("=")
        code, _, schools = head.partition(":")
        return cls(code.strip(), reason.strip(), tuple(schools.replace(",", " ").split()))


@dataclass(frozen=True)
class Standard:
    """One dated version of a standard.

    ``sha256`` is of the rulebook file as published or, with local variants, of the combination.
    """

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
    items: tuple[Item, ...] = ()  # beside the indicators; those that are off included
    settings: tuple[Setting, ...] = ()
    variants: tuple[str, ...] = ()  # titles of the local variants applied, in their order

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

    def settings_with(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Choice of every open question: the given one, else the default. Raises BadEvidence."""
        known = {setting.name: setting for setting in self.settings}
        for name, choice in chosen.items():
            if name not in known or choice not in known[name].choices:
                allowed = "、".join(f"{one.name}={key}" for one in self.settings for key in one.choices)
                raise BadEvidence(f"没有选项 {name}={choice}；可用的有：{allowed or '无'}。")
        return {name: chosen.get(name, setting.default) for name, setting in known.items()}

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
        return replace(relaxation, schools=switch.schools, reason=switch.reason)
