"""A recurrence as an office would say it, and the days of a rule as people fill them in."""

import re
from collections.abc import Sequence

from plans.periods import RULES, WORDS, Every
from plans.words import _, listed

_PARTS = re.compile(r"(?:FREQ=(?:YEARLY|MONTHLY|WEEKLY|DAILY)|BYMONTH=[\d,]+|BYMONTHDAY=-?\d+)(?:;|$)")


def rule_words(every: Every, rule: str) -> str:
    """The rule in words; one that is not of our making as it stands.

    >>> rule_words(Every.TERM, RULES[Every.TERM])
    '每学期，1月10日、7月10日前'
    >>> rule_words(Every.MONTH, RULES[Every.MONTH]), rule_words(Every.MONTH, "FREQ=MONTHLY;BYMONTHDAY=25")
    ('每月，月底前', '每月，25日前')
    >>> rule_words(Every.QUARTER, RULES[Every.QUARTER])
    '每季度，季末前'
    >>> rule_words(Every.YEAR, "FREQ=YEARLY;BYDAY=1MO")
    '每年，按规则 FREQ=YEARLY;BYDAY=1MO'
    """
    known = days_in(rule)
    if known is None:
        return _("%(words)s，按规则 %(rule)s", words=WORDS[every], rule=rule)
    months, day = known
    if not months:
        return _(
            "%(words)s，%(words_2)s前",
            words=WORDS[every],
            words_2=_("月底") if day < 0 else _("%(day)s日", day=day),
        )
    if every is Every.QUARTER and rule == RULES[every]:
        return _("%(words)s，季末前", words=WORDS[every])
    days = (
        _("%(month)s月%(words)s", month=month, words=_("底") if day < 0 else _("%(day)s日", day=day))
        for month in months
    )
    return _("%(words)s，%(days)s前", words=WORDS[every], days=listed(days))


def days_in(rule: str) -> tuple[list[int], int] | None:
    """Months (none = every month) and day of the month (-1 = the last) of a rule; None for other rules.

    >>> days_in("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10"), days_in("FREQ=WEEKLY")
    (([1, 7], 10), None)
    """
    fields = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    is_plain = "".join(_PARTS.findall(rule)) == rule if rule else False
    if not is_plain or "BYMONTHDAY" not in fields or fields.get("FREQ") not in ("YEARLY", "MONTHLY"):
        return None
    months = [int(month) for month in fields.get("BYMONTH", "").split(",") if month]
    if fields["FREQ"] == "YEARLY" and not months:
        return None
    return months, int(fields["BYMONTHDAY"])


def rule_of(every: Every, months: Sequence[int], day: int | None) -> str:
    """The rule of these days; without any the end of the period.

    >>> rule_of(Every.YEAR, [6], 30), rule_of(Every.MONTH, [], 25)
    ('FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30', 'FREQ=MONTHLY;BYMONTHDAY=25')
    >>> rule_of(Every.TERM, [], None) == RULES[Every.TERM]
    True
    """
    standard = days_in(RULES[every])
    months = list(months) or (standard[0] if standard else [])
    if day is None:
        if standard is None or months == standard[0]:
            return RULES[every]
        day = standard[1]
    if not months:
        return f"FREQ=MONTHLY;BYMONTHDAY={day}"
    return f"FREQ=YEARLY;BYMONTH={','.join(str(month) for month in sorted(set(months)))};BYMONTHDAY={day}"
