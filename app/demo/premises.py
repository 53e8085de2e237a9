"""What the stages of a school share (areas, equipment, rooms), fitted to totals that hold after the split.

Amounts are hundredths. Combined schools are set first; the stand-alone schools of a stage then take exactly
what its total leaves, and as much of its spread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt

import numpy as np
import numpy.typing as npt

from app.demo.chance import allot
from app.demo.county import WEIGHTS, DemoCounty, Goal, Site
from app.demo.goals import covered_pupils, goal_in
from app.demo.scores import levels, wealth

Ints = npt.NDArray[np.int64]
_ROOM = 100  # a whole room, in hundredths
_NUDGE = 3  # units by which a combined school may be moved to make the parts come out
_SCALE = 10**6


def shared_amounts(county: DemoCounty, year: int, indicator: str, sites: Sequence[Site]) -> dict[str, int]:
    """School code → amount of an indicator's resource; rooms are whole."""
    covered = [site for site in sites if site.is_covered]
    raw = {site.code: wealth(county, site.code, site.pupils + site.senior, indicator) for site in covered}
    unit = _ROOM if indicator == "R7" else 1
    fit = _Fit(covered, raw, goal_in(county, year, indicator, sites), unit)
    return fit.combined | fit.alone("primary") | fit.alone("junior") | fit.at_points(sites)


@dataclass(frozen=True)
class _Fit:
    """One resource shared out between the covered schools, in whole units."""

    covered: Sequence[Site]
    raw: Mapping[str, float]  # how well each school is off
    goal: Goal
    unit: int

    @cached_property
    def combined(self) -> dict[str, int]:
        """Schools of several stages: their sections of 初中 decide, what else they have follows by weight."""
        sites, wishes = [site for site in self.covered if site.is_combined], self._junior_wishes()
        rounded = [round(wishes[site.code] / self.unit) * self.unit for site in sites]
        return {site.code: n for site, n in zip(sites, self._nudged(sites, rounded), strict=True)}

    def alone(self, stage: str) -> dict[str, int]:
        """Schools of one stage only."""
        sites = [site for site in self.covered if stage in site.sections and not site.is_combined]
        left = round((self.goal.totals[stage] - sum(self._parts(stage).values())) / self.unit)
        pupils = [site.pupils for site in sites]
        cv = self._cv_left(stage, left * self.unit, sum(pupils))
        off = levels([self.raw[site.code] for site in sites], pupils, cv)
        amounts = allot(left, [n * x for n, x in zip(pupils, off, strict=True)])
        return {site.code: n * self.unit for site, n in zip(sites, amounts, strict=True)}

    def at_points(self, sites: Sequence[Site]) -> dict[str, int]:
        """Small teaching points, outside every total, are as well off as the county is on average."""
        mean = Fraction(self.goal.totals["primary"], covered_pupils(sites, "primary"))
        small = [site for site in sites if not site.is_covered]
        return {site.code: -(-mean * site.pupils // self.unit) * self.unit for site in small}

    def _junior_wishes(self) -> dict[str, float]:
        """Amounts that give the sections of 初中 their mean and CV."""
        sites = [site for site in self.covered if "junior" in site.sections]
        pupils = [site.sections["junior"].pupils for site in sites]
        mean = self.goal.totals["junior"] / sum(pupils) / WEIGHTS["junior"]
        off = levels([self.raw[site.code] for site in sites], pupils, self.goal.cvs["junior"])
        return {site.code: mean * x * site.weighted for site, x in zip(sites, off, strict=True)}

    def _nudged(self, sites: Sequence[Site], amounts: Sequence[int]) -> list[int]:
        """The amounts moved by a few units, so that stand-alone schools are left with nearly whole ones."""
        steps = np.indices((2 * _NUDGE + 1,) * len(sites)).reshape(len(sites), -1).T - _NUDGE
        tried: Ints = np.asarray(amounts, dtype=np.int64) + self.unit * steps
        misses = [self._misses(tried, sites, stage) for stage in self.goal.totals]
        return [int(amount) for amount in tried[np.argmin(np.sum(misses, axis=0))]]

    def _misses(self, tried: Ints, sites: Sequence[Site], stage: str) -> Ints:
        # Integers, so that every machine finds the same smallest miss.
        shares = np.array([round(site.share(stage) * _SCALE) for site in sites], dtype=np.int64)
        left: Ints = (self.goal.totals[stage] * _SCALE - tried @ shares) % (self.unit * _SCALE)
        return np.minimum(left, self.unit * _SCALE - left)

    def _parts(self, stage: str) -> dict[str, Fraction]:
        """School code → what a stage of a combined school gets."""
        sites = [site for site in self.covered if site.is_combined and stage in site.sections]
        return {site.code: site.share(stage) * self.combined[site.code] for site in sites}

    def _cv_left(self, stage: str, left: int, pupils: int) -> float:
        """CV of the stand-alone schools with which the whole stage reaches its own: second moments add up."""
        everyone, own_mean, parts = covered_pupils(self.covered, stage), left / pupils, self._parts(stage)
        mean = self.goal.totals[stage] / everyone
        wanted = (self.goal.cvs[stage] * mean) ** 2 * everyone - pupils * (own_mean - mean) ** 2
        for site in self.covered:
            if site.code in parts:
                n = site.sections[stage].pupils
                wanted -= n * (float(parts[site.code]) / n - mean) ** 2
        return sqrt(max(wanted, 0.0) / pupils) / own_mean
