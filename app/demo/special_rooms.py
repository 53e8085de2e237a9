"""Music and art rooms: how many each school has, and how large each is."""

from collections.abc import Iterator, Sequence

from app.demo.chance import allot, draw
from app.demo.county import DemoCounty, Site
from app.demo.sizes import largest_class

_CLASSES_PER_ROOM = 12
_SPARSE = 30  # pupils; rural schools whose classes stay below may use rooms of ordinary size
_AREAS = {  # ㎡: from, to
    "sparse": {"music": (54, 66), "art": (54, 66)},
    "old": {"music": (73, 104), "art": (67, 98)},
    "new": {"music": (94, 112), "art": (88, 106)},  # built after 2016
}


def room_counts(county: DemoCounty, year: int, sites: Sequence[Site]) -> dict[str, dict[str, int]]:
    """School code → kind → rooms; an odd room is for music."""
    wishes = [_need(site) * draw(85, 115, site.code, "rooms") for site in sites]
    rooms = allot(county.years[year].rooms, wishes)
    return {site.code: {"music": n - n // 2, "art": n // 2} for site, n in zip(sites, rooms, strict=True)}


def room_rows(sites: Sequence[Site], counts: dict[str, dict[str, int]]) -> Iterator[tuple[str, str, float]]:
    """School code, kind and area [㎡] of each room; a room keeps its area from year to year."""
    for site in sites:
        for kind, n in counts[site.code].items():
            low, high = _AREAS[_era(site)][kind]
            for number in range(n):
                yield site.code, kind, draw(low * 10, high * 10, site.code, kind, number) / 10


def _need(site: Site) -> int:
    # Teaching points share one room for both.
    return 1 if site.kind == "教学点" else 2 * -(-site.n_classes // _CLASSES_PER_ROOM)


def _era(site: Site) -> str:
    if site.location == "乡村" and max(largest_class(site, stage) for stage in site.sections) < _SPARSE:
        return "sparse"
    return "old" if site.built_year <= 2016 else "new"
