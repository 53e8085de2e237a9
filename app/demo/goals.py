"""The goal of a resource in an earlier year, worked back from the last one."""

from collections.abc import Iterable

from app.demo.county import DemoCounty, Goal, Site


def goal_in(county: DemoCounty, year: int, indicator: str, sites: Iterable[Site]) -> Goal:
    """Totals in proportion to the pupils of that year, poorer and less even as the year tells."""
    last, told = county.goals[indicator], county.years[year]
    listed = list(sites)
    totals = {
        stage: total
        * told.resources[indicator]
        * covered_pupils(listed, stage)
        // (1000 * covered_pupils(county.sites, stage))
        for stage, total in last.totals.items()
    }
    return Goal(totals, {stage: cv * told.spread / 1000 for stage, cv in last.cvs.items()})


def covered_pupils(sites: Iterable[Site], stage: str) -> int:
    """Pupils of a stage in the schools that the resource indicators cover."""
    return sum(site.sections[stage].pupils for site in sites if site.is_covered and stage in site.sections)
