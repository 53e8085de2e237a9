"""A plan that ends before the county's own target year."""

from plans.words import _


def gap_words(title: str, horizon: int | None, county_year: int) -> str:
    """What to say of a plan that ends too early for the county; "" = it does not, or does not say when.

    >>> gap_words("《示例方案》", 2029, 2032)
    '《示例方案》到2029年为止，早于全县目标年2032年，2030至2032年没有安排。'
    >>> gap_words("《示例方案》", 2031, 2032)
    '《示例方案》到2031年为止，早于全县目标年2032年，2032年没有安排。'
    >>> gap_words("《示例方案》", 2032, 2032)
    ''
    """
    if horizon is None or horizon >= county_year:
        return ""
    first = horizon + 1
    years = (
        _("%(first)s年", first=first)
        if first == county_year
        else _("%(first)s至%(county_year)s年", first=first, county_year=county_year)
    )
    return _(
        "%(title)s到%(horizon)s年为止，早于全县目标年%(county_year)s年，%(years)s没有安排。",
        title=title,
        horizon=horizon,
        county_year=county_year,
        years=years,
    )
