"""What a county sets about reminders: in words, within bounds, kept, in force, put back."""

from datetime import date, timedelta

import pytest

from app.models.audit import Act
from app.tenant.errors import RemindersRefused
from app.tenant.reminder_choices import choices_of, ours, read_choices
from app.tenant.reminder_page import reminders_page
from plans.actors import Role
from plans.base import County
from plans.calendar import announced_to, is_working_day
from plans.reminders.rules import RULES, Family, rules_of
from plans.reminders.slots import slot_day
from tests.audit.log import entries
from tests.factories import Factory
from tests.pages import PageClient
from tests.tenant.kept import settings_of

PAGE = "/settings/reminders"


def filled(**changed: str | None) -> dict[str, str]:
    """The form as it stands where nothing is set, with some fields changed; None = not sent."""
    fields = {**reminders_page(County(name="甲县（示例）", settings={})).fields, "seen": "0"}
    fields.update({name.replace("__", "-"): value for name, value in changed.items() if value is not None})
    return {
        name: value for name, value in fields.items() if changed.get(name.replace("-", "__"), "") is not None
    }


def test_page_tells_every_rule_and_saving_it_as_it_is_keeps_nothing(
    office: PageClient, make: Factory, county: int
) -> None:
    page = office.get_page(PAGE)

    assert len(page.select("input[type=checkbox][checked]")) == len(rules_of({})) == len(RULES) + 3
    first = page.select_one("tbody tr:nth-of-type(2)")
    assert first.select_one("input[type=number]")["value"] == "30"
    assert first.select_one(".cell-main").get_text(strip=True) == "完成时限前个工作日"
    known = f"{announced_to()} 年以后的放假安排尚未公布，暂按周一至周五（法定节假日除外）推算"
    assert known in page.get_text()
    assert "责任人，没有明确责任人时为牵头单位全体（没有的由创建办代收）" in first.get_text()
    deputy = "分管领导（未明确的发领导小组全体，领导小组没有成员的由创建办代收）"
    assert deputy in page.get_text()
    office.post_page(PAGE, filled())
    assert settings_of(make, county) == {}


def test_what_is_set_is_kept_in_force_logged_and_put_back(
    office: PageClient, make: Factory, county: int
) -> None:
    given = filled(offset__stale="14", on__mention=None, level__urge="red", grace__2="8", digest_at="09:15")
    page = office.post_page(PAGE, {**given, "on-stale": "1"})

    kept = settings_of(make, county)
    assert kept == {
        "reminders": {"stale": {"offset": 14}, "mention": {"on": False}, "urge": {"level": "red"}},
        "escalation_grace": [3, 8, 5],
        "digest_at": "09:15",
        "version": 1,
    }
    rules = {rule.code: rule for rule in rules_of(kept)}
    assert "mention" not in rules
    assert (rules["stale"].offset, rules["escalation-2"].offset, rules["escalation-3"].offset) == (14, 11, 16)
    assert page.h1.get_text(strip=True) == f"提醒规则共 {len(RULES) + 3} 条，停用 1 条。"
    assert choices_of(kept).off == {"mention"}
    assert ["stale" in str(vars(one)) for one in entries(make, county, Act.SETTING)] == [True]

    office.post_page(f"{PAGE}/reset", {"seen": "1"})

    assert settings_of(make, county) == {"version": 2}


@pytest.mark.parametrize(
    ("rung", "grace", "days"), [(1, 2, (2, 7, 12)), (2, 7, (3, 10, 15)), (3, 7, (3, 8, 15))]
)
def test_grace_of_each_rung_moves_the_ladder(
    office: PageClient, make: Factory, county: int, rung: int, grace: int, days: tuple[int, ...]
) -> None:
    office.post_page(PAGE, filled(**{f"grace__{rung}": str(grace)}))

    ladder = [rule for rule in rules_of(settings_of(make, county)) if rule.family is Family.ESCALATION]
    due_on = date(2026, 12, 31)
    assert tuple(rule.offset for rule in ladder) == days
    assert [working_days_after(due_on, slot_day(rule, due_on)) for rule in ladder] == list(days)


def working_days_after(first: date, last: date) -> int:
    """How many working days lie after the first day, the last one included."""
    return sum(is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))


def test_second_editor_is_told_and_keeps_what_he_typed(
    office: PageClient, make: Factory, county: int
) -> None:
    office.post_page(PAGE, filled(message_cap="3"))

    page = office.post_page(PAGE, filled(message_cap="7"), status=422)
    office.post_page(f"{PAGE}/reset", {"seen": "0"})

    assert "设置刚刚被他人改过" in page.text
    assert page.select_one("[name=message_cap]")["value"] == "7"
    assert settings_of(make, county) == {"message_cap": 3, "version": 1}

    office.post_page(PAGE, filled(message_cap="7", seen=page.select_one("[name=seen]")["value"]))

    assert settings_of(make, county) == {"message_cap": 7, "version": 2}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OFFICE])
def test_rules_are_for_the_office(client: PageClient, make: Factory, county: int, role: Role) -> None:
    client.sign_in(make.member(county, role, make.unit(county) if role is Role.UNIT else None))

    client.get_page(PAGE, status=403)
    client.post_page(PAGE, filled(message_cap="3"), status=403)
    client.post_page(f"{PAGE}/reset", {"seen": "0"}, status=403)

    assert settings_of(make, county) == {}


def test_refused_page_names_every_problem_and_keeps_nothing(
    office: PageClient, make: Factory, county: int
) -> None:
    page = office.post_page(PAGE, filled(offset__stale="0", message_cap="21"), status=422)

    assert [one.get_text(strip=True) for one in page.select(".message-red li")] == [
        "进展未更新“最近一次办理后 30 天，此后每 30 天”：请填 1 至 364 的整数。",
        "每人每天最多消息数：请填 2 至 20 的整数。",
    ]
    assert len(page.select("[aria-invalid=true]")) == 2
    assert settings_of(make, county) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("offset-deadline-before-30", "120"),
        ("offset-deadline-before-30", "8"),
        ("offset-overdue-every-30", "364"),
        ("every-stale", "1"),
        ("every-stale", "364"),
        ("grace-1", "1"),
        ("grace-3", "60"),
        ("message_cap", "2"),
        ("message_cap", "20"),
        ("digest_at", "08:00"),
        ("digest_at", "19:59"),
        ("quiet_from", "08:31"),
        ("returns-day", "1"),
    ],
)
def test_bounds_themselves_are_taken(field: str, value: str) -> None:
    chosen = read_choices({**filled(), field: value})

    assert chosen != ours()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("offset-deadline-before-30", "121", "1 至 120 的整数"),
        ("offset-deadline-before-30", "-3", "1 至 120 的整数"),
        ("offset-deadline-before-30", "７", "1 至 120 的整数"),
        ("offset-deadline-before-30", "7", "须早于"),
        ("offset-overdue-after-7", "1", "须早于"),
        ("offset-overdue-every-30", "365", "1 至 364 的整数"),
        ("every-stale", "0", "1 至 364 的整数"),
        ("grace-1", "0", "1 至 60 的整数"),
        ("grace-3", "61", "1 至 60 的整数"),
        ("level-urge", "green", "请选择程度"),
        ("message_cap", "1", "2 至 20 的整数"),
        ("message_cap", "", "2 至 20 的整数"),
        ("digest_at", "25:00", "08:30 的样子"),
        ("digest_at", "8", "08:30 的样子"),
        ("digest_at", "08:30+08:00", "08:30 的样子"),
        ("digest_at", "07:59", "免打扰时段"),
        ("digest_at", "20:00", "免打扰时段"),
        ("returns-month", "11", "没有这一天"),
        ("returns-day", "x", "没有这一天"),
    ],
)
def test_beyond_bounds_is_refused_in_words(field: str, value: str, words: str) -> None:
    with pytest.raises(RemindersRefused) as refused:
        read_choices({**filled(), field: value})

    assert [words in told for told in refused.value.problems.values()] == [True]


def test_leap_day_is_no_deadline_of_every_year() -> None:
    with pytest.raises(RemindersRefused):
        read_choices({**filled(), "returns-month": "2", "returns-day": "29"})


def test_rule_that_is_off_bounds_no_other() -> None:
    fields = {**filled(), "offset-deadline-before-30": "5"}
    del fields["on-deadline-before-7"]

    chosen = read_choices(fields)

    assert [rule.offset for rule in chosen.rules if rule.family is Family.DEADLINE] == [-5, -7, -3, -1, 0]
