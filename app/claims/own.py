"""What a county's report usually prints, from the county's own yearly figures: a start to be overwritten."""

from collections.abc import Iterator, Mapping

import pandas as pd

from scoring.claims import Claim
from scoring.rubric import Hint, Rubric, hints
from scoring.rubric.model import Check


def own_claims(rubric: Rubric, annual: pd.DataFrame, year: int) -> list[Claim]:
    """A claim for each share and growth of a rubric that the figures of a year give."""
    if year not in annual.index:
        return []
    now, before = _figures(annual, year), _figures(annual, year - 1)
    printed = {
        (hint.item, hint.part, hint.label): hint for hint in hints(rubric, annual) if hint.year == year
    }
    found = []
    for item, part, check in rubric.checks():
        hint = printed[item.code, part.label, check.label]
        if hint.value is not None:
            found += list(_claims(f"{item.code} {check.label}", check, hint, now, before, year))
    return found


def _claims(
    label: str, check: Check, hint: Hint, now: Mapping[str, float], before: Mapping[str, float], year: int
) -> Iterator[Claim]:
    if check.kind == "faster":
        inputs = (_plain(_sum(check.adds, now)), _plain(_sum(check.adds, before)))
        yield Claim(f"{label}增长率", hint.printed, "growth", inputs)
    elif check.per and check.scale in (1, 100):
        whole = _sum(check.per, now) - _sum(check.per_subtracts, now)
        limit = check.limit_in(year) if check.kind == "ratio" else None
        formula = "percent" if check.scale == 100 else "ratio"
        inputs = (_plain(_sum(check.adds, now)), _plain(whole))
        yield Claim(label, hint.printed, formula, inputs, check.sense if limit else "", str(limit or ""))


def _figures(annual: pd.DataFrame, year: int) -> dict[str, float]:
    told = annual.loc[[year]].to_dict("records") if year in annual.index else [{}]
    return {str(code): float(figure) for code, figure in told[0].items() if not pd.isna(figure)}


def _sum(codes: tuple[str, ...], figures: Mapping[str, float]) -> float:
    return sum(figures[code] for code in codes)


def _plain(figure: float) -> str:
    return f"{figure:.12g}"
