"""The pictures of a CV: pure options, their sentences, their tables."""

from typing import Any

import pytest
from flask import Flask

from app.assessments.queries import IndicatorLine
from app.assessments.spread_charts import BARS, SpreadCharts, spread_charts
from app.assessments.workings import Spread, SpreadLine

pytestmark = pytest.mark.usefixtures("request_context")


@pytest.fixture
def request_context(app: Flask) -> Any:
    with app.test_request_context():
        yield


def line_of(mean: float, verdict: str) -> IndicatorLine:
    return IndicatorLine(
        code="R2", label="每百名学生拥有骨干教师数", name="骨干教师数", unit="人/百生", clause="",
        stage="junior", stage_name="初中", mean=mean,
        at_least=1.0, sd=0.5, cv=0.5, cv_limit=0.45, cv_verdict=verdict,
        schools_met=1, schools=2, failing=0, verdict=verdict, rounding_flips=[],
    )  # fmt: skip


def spread_of(*schools: tuple[float, float, float], verdict: str = "not_met") -> Spread:
    """Schools as pupils, value, share of S²; about a mean of 2 with a deviation of 1."""
    lines = [
        SpreadLine(f"99{no}", f"示例{no}校", students, 1.0, value, value - 2, 1.0, 0.1, 0.1, part)
        for no, (students, value, part) in enumerate(schools, 1)
    ]
    total = sum(one[0] for one in schools)
    return Spread(lines, total, 10.0, "人", 2.0, 1.0, 1.0, 0.5, 0.45, verdict, 0.5, 0.5, False)


def drawn(found: Spread, verdict: str = "not_met") -> SpreadCharts:
    charts = spread_charts(found, line_of(2.0, verdict))
    assert charts is not None
    return charts


def labels(charts: SpreadCharts) -> list[str]:
    bubbles = charts.plot["series"][0]["data"]
    return [one["label"]["formatter"] for one in bubbles if one["label"]["show"]]


def test_plot_draws_mean_standard_limit_and_deviation() -> None:
    series = drawn(spread_of((100, 1.0, 30.0), (400, 4.0, 70.0))).plot["series"][0]

    lines = {one["label"]["formatter"]: one["yAxis"] for one in series["markLine"]["data"][1:]}
    assert series["markLine"]["data"][0] == {"yAxis": 1.0}
    assert series["markLine"]["label"]["formatter"] == "标准 1"
    assert lines == {"均值 2.00": 2.0, "限值 +45%": 2.9, "限值 −45%": 1.1}
    assert series["markArea"]["data"] == [[{"yAxis": 1.0}, {"yAxis": 3.0}]]


def test_bubble_grows_with_the_root_of_pupils_and_leads_to_its_working() -> None:
    large, small = drawn(spread_of((100, 1.0, 30.0), (400, 4.0, 70.0))).plot["series"][0]["data"]

    assert (large["value"], large["symbolSize"], large["itemStyle"]["color"]) == (
        [400, 4.0],
        34,
        "var(--bar)",
    )
    assert (small["value"], small["symbolSize"], small["itemStyle"]["color"]) == (
        [100, 1.0], 21, "var(--bar-below)",
    )  # fmt: skip
    assert small["url"] == "/explain/R2?school=991"
    assert small["name"] == "示例1校：1.00 人/百生，学生 100 人，占 S² 的 30.0%"


@pytest.mark.parametrize(
    ("second", "named"),
    [(3.9, ["示例1校"]), (3.5, ["示例1校", "示例2校"])],
    ids=["names would meet", "names are apart"],
)
def test_names_of_bubbles_do_not_meet(second: float, named: list[str]) -> None:
    found = spread_of((100, 4.0, 60.0), (110, second, 39.0), (900, 2.0, 1.0))

    assert [name for name in labels(drawn(found)) if name != "示例3校"] == named


@pytest.mark.parametrize(("verdict", "how"), [("not_met", "宽出"), ("met", "没有超出")])
def test_sentence_tells_the_band_from_the_limit(verdict: str, how: str) -> None:
    words = drawn(spread_of((100, 1.0, 100.0), verdict=verdict), verdict).plot_words

    assert words == (
        "圆点大小为在校生数；色带为均值上下一个标准差（±50.0%，即差异系数 0.500），"
        f"虚线为限值允许的 ±45%，色带{how}虚线。"
    )


def test_parts_stand_by_size_and_small_ones_share_a_bar() -> None:
    found = spread_of((100, 4.0, 50.0), (200, 1.0, 30.0), *[(50.0, 2.5, 2.0)] * BARS)

    charts = drawn(found)

    bars = charts.parts["series"][0]["data"]
    assert [(bar["name"], bar["value"]) for bar in bars[:2]] == [("示例1校", 50.0), ("示例2校", 30.0)]
    assert (len(bars), bars[-1]["name"], bars[-1]["value"]) == (BARS + 1, "其余 2 所", 4.0)
    assert bars[-1]["label"] == {"formatter": "4.0%"}
    assert charts.parts["yAxis"]["data"][-1] == "其余 2 所"
    assert charts.parts_words == (
        "对差异影响最大的是示例1校 50.0%、示例2校 30.0%、示例10校 2.0%，其中 2 所高于均值、1 所低于均值。"
    )
    assert charts.parts_rows[:2] == [
        ["示例1校", "4.00", "2.00", "50.0"], ["示例2校", "1.00", "-1.00", "30.0"],
    ]  # fmt: skip


def test_equal_schools_have_nothing_to_share() -> None:
    assert drawn(spread_of((100, 2.0, 0.0))).parts_words == "各校的值相同，没有差异。"


def test_unknown_cv_is_not_drawn() -> None:
    unknown = Spread([], None, None, "人", None, None, None, None, 0.45, "no_data", None, None, False)

    assert spread_charts(unknown, line_of(2.0, "no_data")) is None
