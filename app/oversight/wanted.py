"""Which counties of the board are wanted, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.oversight.board import Board, CountyLine
from app.punctuation import bracketed

SHOW: dict[str, tuple[object, Callable[[CountyLine], bool]]] = {
    "silent": (_("未上报"), lambda line: not line.is_reported),
    "late": (_("将错过目标年"), lambda line: line.will_miss),
    "not_met": (_("未达标"), lambda line: line.standing is not None and line.standing.verdict != "met"),
    "met": (_("达标"), lambda line: line.standing is not None and line.standing.verdict == "met"),
}
SORT: dict[str, tuple[object, Callable[[CountyLine], tuple[int, str]]]] = {
    "missed": (_("未达标项多的在前"), lambda line: (-line.n_missed, line.county.code)),
    "forecast": (_("预计达标年"), lambda line: (line.forecast_year, line.county.code)),
    "passing": (_("通过率低的在前"), lambda line: (_permille(line), line.county.code)),
}


@dataclass(frozen=True)
class Wanted:
    """Filters as an address names them; what it does not know counts as not given."""

    show: str = ""
    code: str = ""  # counties that miss this item
    place: str = ""  # prefecture
    sort: str = ""

    def chosen(self, lines: list[CountyLine]) -> list[CountyLine]:
        """The lines that are wanted, sorted."""
        if self.show in SHOW:
            lines = [line for line in lines if SHOW[self.show][1](line)]
        if self.place:
            lines = [line for line in lines if line.place == self.place]
        if self.code:
            lines = [line for line in lines if _misses(line, self.code)]
        return sorted(lines, key=SORT[self.sort][1]) if self.sort in SORT else lines


def choices_of(found: Board) -> dict[str, list[tuple[object, object]]]:
    """What can be chosen in each filter: pairs of value and text."""
    missed = [column for column in found.columns if column.n_missed]
    return {
        "year": [(year, f"{year} {gettext('年度')}") for year in found.years],
        "standard": [(name, name) for name in found.standards],
        "show": [(key, label) for key, (label, _test) in SHOW.items()],
        "place": [(place, place) for place in sorted({line.place for line in found.lines if line.place})],
        "code": [(one.code, f"{one.code} {one.label}{bracketed(one.n_missed)}") for one in missed],
        "sort": [(key, label) for key, (label, _key) in SORT.items()],
    }


def _misses(line: CountyLine, code: str) -> bool:
    return any(cell.code == code and cell.verdict == "not_met" for cell in line.cells)


def _permille(line: CountyLine) -> int:
    standing = line.standing
    if standing is None or not standing.sections:
        return -1
    return standing.sections_met * 1000 // standing.sections
