"""Pupils and classes of a demo county year by year, drawn back from its last year."""

from dataclasses import replace

from app.demo.chance import allot, draw
from app.demo.county import DemoCounty, Section, Site

LIMITS = {"primary": 45, "junior": 50}  # pupils of a class
BAND = 5  # the demo knows no class above the first band over the limit


def sites_in(county: DemoCounty, year: int) -> tuple[Site, ...]:
    """The schools open in a year, with the pupils and classes they then had."""
    if year == county.last_year:
        return county.sites
    sites = tuple(site for site in county.sites if site.built_year <= year)
    for stage in LIMITS:
        sites = _with_pupils(sites, stage, county, year)
    return tuple(_with_senior(site, year) for site in sites)


def largest_class(site: Site, stage: str) -> int:
    """Pupils of the largest class of a section: fits its mean, and its classes above the limit."""
    section, limit = site.sections[stage], LIMITS[stage]
    mean = -(-section.pupils // section.classes)
    if not section.oversize:
        return min(limit, mean + draw(0, 3, site.code, stage, "largest"))
    crowd = section.pupils - (section.classes - section.oversize) * limit
    return max(limit + draw(1, BAND, site.code, stage, "largest"), -(-crowd // section.oversize))


def _with_pupils(sites: tuple[Site, ...], stage: str, county: DemoCounty, year: int) -> tuple[Site, ...]:
    held, total = [site for site in sites if stage in site.sections], county.years[year].pupils[stage]
    wishes = [site.sections[stage].pupils * draw(970, 1030, site.code, stage, year) for site in held]
    pupils = {site.code: n for site, n in zip(held, allot(total, wishes), strict=True)}
    back = county.last_year - year
    return tuple(_resized(site, stage, pupils[site.code], back) if site in held else site for site in sites)


def _resized(site: Site, stage: str, pupils: int, years_back: int) -> Site:
    section = _section(site.sections[stage], pupils, LIMITS[stage], years_back)
    return replace(site, sections={**site.sections, stage: section})


def _section(last: Section, pupils: int, limit: int, years_back: int) -> Section:
    classes = max(last.classes, -(-pupils // (limit + BAND - 1)))
    # Where the limit cannot hold them all, some classes must exceed it.
    forced = max(0, -(-(pupils - classes * limit) // BAND))
    # More than in the last year: large classes are being dissolved.
    wished = last.oversize * (100 + 8 * years_back) // 100
    return Section(pupils, classes, max(forced, min(wished, classes, pupils // (limit + 1))))


def _with_senior(site: Site, year: int) -> Site:
    return replace(site, senior=site.senior * draw(960, 1000, site.code, "senior", year) // 1000)
