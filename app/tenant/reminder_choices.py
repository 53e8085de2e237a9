"""What a county sets about reminders: read from the form, checked, kept beside its other settings.

Only what differs from ours is kept. No commits.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.jobs.families import RETURNS_DUE
from app.messages.hours import CAP, DIGEST_AT, LARGEST_CAP, QUIET, SMALLEST_CAP
from app.punctuation import quoted
from app.tenant.commands import held_county, keep
from app.tenant.errors import RemindersRefused
from plans.actors import Actor
from plans.base import County
from plans.reminders.rules import GRACE, Days, Family, Level, Rule, rules_of
from plans.reminders.words import WORDS, rule_words

MOST: Mapping[Days, int] = {Days.WORKING: 120, Days.CALENDAR: 364}
MOST_GRACE = 60
KEYS = ("reminders", "escalation_grace", "returns_due", "digest_at", "quiet", "message_cap")
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Choices:
    """What is set; rules are all rules, those switched off too."""

    rules: tuple[Rule, ...]
    off: frozenset[str]  # codes
    grace: tuple[int, ...]
    returns_due: str  # MM-DD
    digest_at: str
    quiet: tuple[str, str]
    cap: int


def ours() -> Choices:
    """What holds where nothing is set."""
    return Choices(rules_of({}), frozenset(), GRACE, RETURNS_DUE, DIGEST_AT, QUIET, CAP)


def choices_of(settings: Mapping[str, Any]) -> Choices:
    """What a county has set over ours."""
    own: Mapping[str, Mapping[str, Any]] = settings.get("reminders", {})
    shown = {code: {**one, "on": True} for code, one in own.items()}
    first, last = settings.get("quiet", QUIET)
    return Choices(
        rules=rules_of({**settings, "reminders": shown}),
        off=frozenset(code for code, one in own.items() if not one.get("on", True)),
        grace=tuple(settings.get("escalation_grace", GRACE)),
        returns_due=settings.get("returns_due", RETURNS_DUE),
        digest_at=settings.get("digest_at", DIGEST_AT),
        quiet=(first, last),
        cap=int(settings.get("message_cap", CAP)),
    )


def read_choices(fields: Fields) -> Choices:
    """The choices of a filled form.

    Raises RemindersRefused with every problem.
    """
    reading = _Reading(fields)
    grace = tuple(
        reading.number(f"grace-{n}", _("逾期上报第 %(n)s 级", n=n), 1, MOST_GRACE, usual)
        for n, usual in enumerate(GRACE, 1)
    )
    rules = tuple(reading.rule(rule) for rule in rules_of({"escalation_grace": grace}))
    off = frozenset(rule.code for rule in rules if f"on-{rule.code}" not in fields)
    if not reading.problems:
        reading.keep_order([rule for rule in rules if rule.code not in off])
    chosen = Choices(
        rules,
        off,
        grace,
        returns_due=reading.month_day("returns-month", "returns-day"),
        digest_at=reading.clock("digest_at", _("每日汇总时间")),
        quiet=(reading.clock("quiet_from", _("免打扰开始")), reading.clock("quiet_to", _("免打扰结束"))),
        cap=reading.number("message_cap", _("每人每天最多消息数"), SMALLEST_CAP, LARGEST_CAP, CAP),
    )
    reading.keep_digest_awake(chosen)
    if reading.problems:
        raise RemindersRefused(reading.problems)
    return chosen


def save_reminders(session: Session, actor: Actor, *, chosen: Choices, seen: int) -> County:
    """Keep what was chosen about reminders; other settings stay.

    Raises ActNotAllowed, and SettingsOvertaken unless ``seen`` is the version in force.
    """
    return keep(held_county(session, actor, seen=seen), _told(chosen))


def _told(chosen: Choices) -> dict[str, Any]:
    usual = ours()
    told = {
        "reminders": _own_rules(chosen),
        "escalation_grace": list(chosen.grace) if chosen.grace != usual.grace else None,
        "returns_due": chosen.returns_due if chosen.returns_due != usual.returns_due else None,
        "digest_at": chosen.digest_at if chosen.digest_at != usual.digest_at else None,
        "quiet": list(chosen.quiet) if chosen.quiet != usual.quiet else None,
        "message_cap": chosen.cap if chosen.cap != usual.cap else None,
    }
    return {name: told[name] for name in KEYS}


def _own_rules(chosen: Choices) -> dict[str, dict[str, Any]]:
    usual = {rule.code: rule for rule in ours().rules}
    own = {}
    for rule in chosen.rules:
        names = ("level", "every") if rule.family is Family.ESCALATION else ("level", "offset", "every")
        one: dict[str, Any] = {
            name: getattr(rule, name)
            for name in names
            if getattr(rule, name) != getattr(usual[rule.code], name)
        }
        if rule.code in chosen.off:
            one["on"] = False
        if one:
            own[rule.code] = one
    return own


class _Reading:
    """Reads one form, gathering what is wrong by field."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.problems: dict[str, str] = {}

    def number(self, field: str, what: str, least: int, most: int, usual: int) -> int:
        text = self.fields.get(field, "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most):
            self.problems[field] = _(
                "%(what)s：请填 %(least)s 至 %(most)s 的整数。", what=what, least=least, most=most
            )
            return usual
        return int(text)

    def rule(self, rule: Rule) -> Rule:
        what = WORDS[rule.family].name + quoted(rule_words(rule))
        return replace(
            rule,
            level=self._level(rule, what),
            offset=self._offset(rule, what),
            every=self._every(rule, what),
        )

    def keep_order(self, rules: list[Rule]) -> None:
        """Of one family a later rule speaks later, or it would never be heard."""
        for one, other in pairwise(rules):
            is_ours = Family.ESCALATION is not one.family is other.family
            if is_ours and one.counted is other.counted and one.offset >= other.offset:
                self.problems.setdefault(
                    f"offset-{other.code}",
                    _(
                        "%(family)s：“%(one)s”须早于“%(other)s”，请改天数或停用其中一条。",
                        family=WORDS[one.family].name,
                        one=rule_words(one),
                        other=rule_words(other),
                    ),
                )

    def month_day(self, month: str, day: str) -> str:
        try:  # a day of every year, so not 29 February
            on = date(2027, int(self.fields.get(month, "")), int(self.fields.get(day, "")))
        except ValueError:
            self.problems[day] = _("年度数据报送截止：没有这一天，请重新选择（2 月 29 日不能作截止日）。")
            return RETURNS_DUE
        return f"{on:%m-%d}"

    def clock(self, field: str, what: str) -> str:
        text = self.fields.get(field, "").strip()
        try:
            moment = time.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or f"{moment:%H:%M}" != text[:5] or moment.tzinfo is not None:
            self.problems[field] = _("%(what)s：请写成 08:30 的样子。", what=what)
            return DIGEST_AT
        return f"{moment:%H:%M}"

    def keep_digest_awake(self, chosen: Choices) -> None:
        """A digest within the quiet hours would wait for their end."""
        first, last = chosen.quiet
        at = chosen.digest_at
        is_quiet = first <= at < last if first <= last else at >= first or at < last
        if is_quiet and not self.problems.keys() & {"digest_at", "quiet_from", "quiet_to"}:
            self.problems["digest_at"] = _(
                "每日汇总时间在免打扰时段（%(first)s 至 %(last)s）内，请错开。", first=first, last=last
            )

    def _level(self, rule: Rule, what: str) -> Level:
        text = self.fields.get(f"level-{rule.code}", "")
        if text not in list(Level):
            self.problems[f"level-{rule.code}"] = _("%(what)s：请选择程度。", what=what)
            return rule.level
        return Level(text)

    def _offset(self, rule: Rule, what: str) -> int:
        if rule.offset == 0 or rule.family is Family.ESCALATION:
            return rule.offset
        days = self.number(f"offset-{rule.code}", what, 1, MOST[rule.counted], abs(rule.offset))
        return -days if rule.offset < 0 else days

    def _every(self, rule: Rule, what: str) -> int:
        if not rule.every:
            return 0
        return self.number(f"every-{rule.code}", _("%(what)s的重复间隔", what=what), 1, 364, rule.every)
