"""Items of a standard beside the resource indicators, as data. Filled by ``scoring.item_loader``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Part:
    """One requirement of an item; the item is met when all of its parts are."""

    key: str  # within the item; "" if it is the only one
    label: str
    formula: str  # name in scoring.part_formulas.PART_FORMULAS
    mode: str  # computed, limit, attested, external or veto; follows from the formula
    unit: str = ""
    adds: tuple[str, ...] = ()  # element codes of the numerator
    subtracts: tuple[str, ...] = ()
    per: tuple[str, ...] = ()  # … of the denominator; empty = 1
    per_subtracts: tuple[str, ...] = ()
    scale: int = 1
    sense: str = ""  # at_least, at_most or below; "" where nothing is compared
    limits: Mapping[str, Decimal] = field(
        default_factory=dict
    )  # key "" = the only one; else as the formula says
    subjects: tuple[str, ...] = ()  # of the national monitoring
    when: Mapping[str, str] = field(default_factory=dict)  # setting → choice under which the part counts
    warn_above: Decimal | None = None  # a larger value is doubtful, never capped
    decimals: int = 1  # digits for print
    none_passes: bool = False  # nobody to serve (0 of 0) is met
    optional: bool = False  # left out, with a warning, where no figure at all is given


@dataclass(frozen=True)
class Item:
    """One item of government guarantee, quality, recognition or veto."""

    code: str
    label: str
    group: str
    level: str  # school: every school must comply; county
    parts: tuple[Part, ...]
    clause: str
    small_points: bool = False  # whether teaching points that the resource indicators leave out are in
    enabled: bool = True  # regional extras are off until a variant switches them on

    @property
    def mode(self) -> str:
        """Modes of the parts, joined by "+"."""
        return "+".join(dict.fromkeys(part.mode for part in self.parts))


@dataclass(frozen=True)
class Setting:
    """A question that no text settles: a choice with a default, shown in the results it shapes."""

    name: str  # code of the item that it shapes
    label: str
    choices: Mapping[str, str]  # choice → words
    default: str
