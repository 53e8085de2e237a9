"""Every family and every rule has words, and they say the right number of days."""

from datetime import date, timedelta

import pytest

from plans.reminders.rules import Audience, Family, Level, Rule, rules_of
from plans.reminders.words import (
    AUDIENCE_NAMES,
    LEVEL_NAMES,
    WORDS,
    digest_line,
    rule_words,
    sentence,
    working_days_between,
)

DUE = date(2026, 12, 31)  # a Thursday
ALL_RULES = rules_of({})


def test_every_family_audience_and_level_has_words() -> None:
    assert (set(WORDS), set(AUDIENCE_NAMES), set(LEVEL_NAMES)) == (set(Family), set(Audience), set(Level))


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.code)
def test_every_rule_has_words_and_a_sentence_that_names_the_item(rule: Rule) -> None:
    words = sentence(rule.family, "补齐音乐教室", DUE, DUE + timedelta(days=rule.offset))

    assert "补齐音乐教室" in words
    assert rule_words(rule).startswith(WORDS[rule.family].anchor)


def test_rules_of_one_family_differ_in_words() -> None:
    for family in Family:
        told = [rule_words(rule) for rule in ALL_RULES if rule.family is family and family != "escalation"]
        assert len(told) == len(set(told)), family


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 12, 28), "《补齐音乐教室》距完成时限2026年12月31日还有 3 个工作日"),
        (date(2026, 12, 30), "《补齐音乐教室》距完成时限2026年12月31日还有 1 个工作日"),
        (date(2026, 12, 31), "《补齐音乐教室》完成时限2026年12月31日，今天到期"),
        (date(2027, 1, 4), "《补齐音乐教室》完成时限2026年12月31日，已过 4 天"),
    ],
)
def test_deadline_counts_working_days_to_the_day(on: date, told: str) -> None:
    assert sentence(Family.DEADLINE, "补齐音乐教室", DUE, on) == told


def test_working_days_leave_out_the_national_holiday() -> None:
    # 1 to 7 October 2026 are off, Saturday 10 October is worked.
    days = [working_days_between(date(2026, 9, 30), date(2026, 10, day)) for day in (1, 7, 8, 9, 10)]

    assert days == [0, 0, 1, 2, 3]


def test_deadline_after_days_off_only_is_told_in_calendar_days() -> None:
    told = sentence(Family.DEADLINE, "整改", date(2026, 10, 3), date(2026, 9, 30))

    assert told == "《整改》距完成时限2026年10月3日还有 3 天"


@pytest.mark.parametrize(
    ("family", "title", "on", "told"),
    [
        (Family.OVERDUE, "补齐", date(2027, 1, 7), "《补齐》完成时限2026年12月31日，已逾期 7 天"),
        (Family.ESCALATION, "补齐", date(2027, 1, 7), "《补齐》逾期 7 天，责任人尚无动静，请过问"),
        (Family.TARGET, "R7 primary", DUE, "指标 R7 小学 自2026年12月31日起偏离目标路径"),
        (Family.TARGET, "G3", DUE, "指标 G3自2026年12月31日起偏离目标路径"),
        (
            Family.SCHOOLS_BEHIND,
            "23 所学校 2026 年度数据未报",
            date(2027, 1, 1),
            "23 所学校 2026 年度数据未报，截止2026年12月31日，已过 1 天",
        ),
    ],
)
def test_sentences_of_other_families(family: Family, title: str, on: date, told: str) -> None:
    assert sentence(family, title, DUE, on) == told


def test_digest_counts_a_family_in_one_line() -> None:
    behind = "23 所学校 2026 年度数据未报"

    assert digest_line(Family.SCHOOLS_BEHIND, [behind]) == behind
    assert digest_line(Family.OVERDUE, ["甲", "乙"]) == "2 项任务逾期"
