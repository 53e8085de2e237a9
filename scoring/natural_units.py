"""Units in which people add things: whole teachers and rooms, ㎡ and 元 to two digits."""

from dataclasses import dataclass
from fractions import Fraction

from scoring.elements import ELEMENTS, Element
from scoring.sections import stage_code
from scoring.standard import Indicator
from scoring.words import _


@dataclass(frozen=True)
class NaturalUnit:
    """Unit of an addition and the smallest one, which is whole for what can't be had in part."""

    name: str
    per_element: int  # natural units in one unit of the element, e.g. 元 in 万元
    step: Fraction  # in natural units

    @property
    def element_step(self) -> Fraction:
        """The smallest addition in the unit of the element."""
        return self.step / self.per_element


_HUNDREDTH = Fraction(1, 100)


def natural_unit(indicator: Indicator, stage: str) -> NaturalUnit:
    """Natural unit of the amounts of an indicator.

    >>> from scoring.loader import load_standard
    >>> [natural_unit(load_standard("quality-2017").indicator(code), "junior").name for code in ("R1", "R6")]
    ['人', '元']
    """
    unit = added_element(indicator, stage).unit
    if unit == "万元":
        return NaturalUnit(_("元"), 10_000, _HUNDREDTH)
    return NaturalUnit(unit, 1, _HUNDREDTH if unit == "㎡" else Fraction(1))


def added_element(indicator: Indicator, stage: str) -> Element:
    """The element by which an indicator is raised: the first that it adds up."""
    return ELEMENTS[stage_code(indicator.adds[0], stage)]
