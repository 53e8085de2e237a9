"""Money of the schools in yuan: public funds, the part for training, and pupils from elsewhere."""

from collections.abc import Sequence

from app.demo.chance import allot, draw
from app.demo.county import DemoCounty, Site

_SMALL = 100  # pupils; smaller schools are funded as if they had as many
_PER_PUPIL = {"primary": 720, "junior": 940}  # yuan a year
_PRIVATE = "10"


def public_funds(county: DemoCounty, year: int, sites: Sequence[Site]) -> dict[str, int]:
    """School code → public funds [yuan]; schools below a hundred pupils all get the same."""
    told = county.years[year]
    small = [site.code for site in sites if site.pupils < _SMALL]
    others = [site for site in sites if site.pupils >= _SMALL]
    wishes = [
        sum(_PER_PUPIL[stage] * part.pupils for stage, part in site.sections.items()) for site in others
    ]
    funds = dict(zip(small, allot(told.small_funds_yuan, [1] * len(small)), strict=True))
    rest = allot(told.funds_yuan - told.small_funds_yuan, wishes)
    return funds | {site.code: yuan for site, yuan in zip(others, rest, strict=True)}


def training_funds(county: DemoCounty, year: int, funds: dict[str, int]) -> dict[str, int]:
    """School code → funds for training [yuan], between four and ten per cent of its public funds."""
    wishes = [yuan * draw(45, 105, code, "training") for code, yuan in funds.items()]
    return dict(zip(funds, allot(county.years[year].training_yuan, wishes), strict=True))


def migrant_students(county: DemoCounty, year: int, sites: Sequence[Site]) -> dict[str, int]:
    """School code → pupils from elsewhere, all in public schools and most of them in town."""
    wishes = [_pull(site) * site.pupils * draw(80, 120, site.code, "migrants") for site in sites]
    return {site.code: n for site, n in zip(sites, allot(county.years[year].migrants, wishes), strict=True)}


def _pull(site: Site) -> int:
    if site.owner_code == _PRIVATE:
        return 0
    return 3 if site.location == "镇区" else 1
