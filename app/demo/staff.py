"""Full-time teachers by stage: those that the indicators count, and all."""

from collections.abc import Mapping, Sequence

from app.demo.chance import allot, draw
from app.demo.county import DemoCounty, Site
from app.demo.goals import goal_in
from app.demo.scores import levels, wealth

COUNTED = {"R1": "teachers_above_degree", "R2": "backbone_teachers", "R3": "pe_art_teachers"}
Counts = dict[tuple[str, str], int]  # (school code, stage) → persons


def staff_columns(county: DemoCounty, year: int, sites: Sequence[Site]) -> Mapping[str, Counts]:
    """Element without its stage suffix → persons of each section."""
    columns = {
        element: _counted(county, year, indicator, sites) | _at_points(sites, element)
        for indicator, element in COUNTED.items()
    }
    columns["teachers"] = _teachers(columns["teachers_above_degree"], county.years[year].teachers)
    columns["mid_title_teachers"] = {
        key: n * draw(50, 66, *key, "titles") // 100 for key, n in columns["teachers"].items()
    }
    columns["visiting_pe_art_teachers"] = {
        (site.code, stage): _visitors(site) for site in sites for stage in site.sections
    }
    return columns


def _counted(county: DemoCounty, year: int, indicator: str, sites: Sequence[Site]) -> Counts:
    counts, goal = Counts(), goal_in(county, year, indicator, sites)
    for stage, total in goal.totals.items():
        held = [site for site in sites if site.is_covered and stage in site.sections]
        pupils = [site.sections[stage].pupils for site in held]
        raw = [wealth(county, site.code, n, indicator + stage) for site, n in zip(held, pupils, strict=True)]
        wishes = [n * x for n, x in zip(pupils, levels(raw, pupils, goal.cvs[stage]), strict=True)]
        counts |= {(site.code, stage): n for site, n in zip(held, allot(total, wishes), strict=True)}
    return counts


def _at_points(sites: Sequence[Site], element: str) -> Counts:
    points = [site for site in sites if not site.is_covered]
    return {(site.code, "primary"): _at_point(site, element) for site in points}


def _at_point(site: Site, element: str) -> int:
    # A point has hardly more teachers than classes, and none of distinction.
    return site.n_classes if element == "teachers_above_degree" else 0


def _teachers(above_degree: Counts, total: int) -> Counts:
    others = allot(total - sum(above_degree.values()), list(above_degree.values()))
    return {key: n + other for (key, n), other in zip(above_degree.items(), others, strict=True)}


def _visitors(site: Site) -> int:
    return draw(1, 2, site.code, "visitors") if site.location == "乡村" and site.pupils < 100 else 0
