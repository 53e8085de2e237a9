"""Dates as plans write them."""

import pytest

from plans.reading.dates import deadline_of, find_span, find_spans, recurring_words


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023年1月至2027年8月", "2023-01", "2027-08"),
        ("2022年3月至12月", "2022-03", "2022-12"),
        ("２０２２年３月—２０２２年１２月", "2022-03", "2022-12"),
        ("2022年3月1日-5月20日", "2022-03-01", "2022-05-20"),
        ("2023—2031年", "2023-01", "2031-12"),
        ("2022.03-2022.12", "2022-03", "2022-12"),
        ("2032年", "2032-01", "2032-12"),
        ("2024年上半年", "2024-01", "2024-06"),
        ("2025年第三季度", "2025-07", "2025-09"),
        ("2022年12月前", None, "2022-12"),
        ("2027年9月底前", None, "2027-09-30"),
        ("2028年底", None, "2028-12-31"),
        ("2028年年底前", None, "2028-12-31"),
        ("2024年2月末", None, "2024-02-29"),
        ("到2029年", None, "2029-12"),
        ("截至2026年6月30日", None, "2026-06-30"),
        ("二〇二九年九月前", None, "2029-09"),
        ("二〇三〇年十二月底", None, "2030-12-31"),
        ("2025年9月起", "2025-09", None),
    ],
)
def test_span(text, start, end):
    span = find_span(text)

    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize("text", ["每年", "达到95.5%", "教督〔2017〕6号", "投入2029万元", "13月", ""])
def test_span_where_there_is_no_date(text):
    assert find_span(text) is None


def test_month_that_does_not_exist_is_not_a_month():
    assert find_span("2025年13月").end == "2025-12"


def test_day_that_does_not_exist_leaves_the_month():
    assert find_span("2025年2月30日").end == "2025-02"


def test_spans_in_order():
    spans = find_spans("2025年底前过半达标，到2029年全部达标")

    assert [(span.end, span.is_deadline) for span in spans] == [("2025-12-31", True), ("2029-12", True)]


def test_range_goes_before_a_single_date():
    assert find_span("2022年印发，2023年1月至2024年2月实施").start == "2023-01"


def test_deadline_prefers_what_is_written_as_one():
    assert deadline_of("2024年启动，2026年6月前完成") == "2026-06"


def test_recurring_words_in_traditional_writing():
    assert recurring_words("每學期自查，長期堅持") == ("每学期", "长期")
