"""Time status at its borders."""

from datetime import date

import pytest

from plans.progress import TimeStatus, time_standing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("due_on", "status", "word", "sentence"),
    [
        (
            date(2026, 11, 21),
            TimeStatus.OVERDUE,
            "逾期 1 天",
            "完成时限2026年11月21日已过 1 天，尚未销号。",
        ),
        (date(2026, 11, 22), TimeStatus.DUE_SOON, "临期", "今天（2026年11月22日）到期，在 30 天提醒期内。"),
        (
            date(2026, 12, 22),
            TimeStatus.DUE_SOON,
            "临期",
            "距完成时限2026年12月22日还有 30 天，在 30 天提醒期内。",
        ),
        (date(2026, 12, 23), TimeStatus.NOT_DUE, "未到期", "距完成时限2026年12月23日还有 31 天。"),
    ],
)
def test_open_deadline_at_its_borders(due_on: date, status: TimeStatus, word: str, sentence: str) -> None:
    standing = time_standing(due_on, TODAY)

    assert (standing.status, standing.word, standing.sentence) == (status, word, sentence)


def test_soon_days_are_the_callers() -> None:
    assert time_standing(date(2026, 12, 1), TODAY, soon_days=8).status is TimeStatus.NOT_DUE
    assert time_standing(date(2026, 12, 1), TODAY, soon_days=9).status is TimeStatus.DUE_SOON


def test_closed_work_is_done_even_when_it_was_late() -> None:
    in_time = time_standing(date(2026, 11, 1), TODAY, closed_on=date(2026, 11, 1))
    late = time_standing(date(2026, 11, 1), TODAY, closed_on=date(2026, 11, 4))

    assert (in_time.status, in_time.sentence) == (TimeStatus.DONE, "2026年11月1日销号，未超过完成时限。")
    assert (late.status, late.sentence) == (TimeStatus.DONE, "2026年11月4日销号，比完成时限晚 3 天。")
