"""Rubric workbook, CSV and command line: what is read, what is refused and where."""

import json

import pandas as pd
import pytest
import xlsxwriter

from scoring.__main__ import main
from scoring.errors import BadWorkbook
from scoring.rubric import load_rubric
from scoring.rubric.files import read_rubric_file, write_rubric_template

RUBRIC = load_rubric("xinjiang-2014-1000")
ANNUAL = [
    ["数据项", "单位", "2021年", 2022],
    ["专任教师总数", "人", "", "6,744"],
    ["交流轮岗教师数", "人", "", 332],
]
SCORES = [["代码", "指标", "自评", "复核"], ["C14", "轮岗交流", 30, ""], ["c6", "", 35, 30]]


def _book(path, **sheets):
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def _problems(path):
    with pytest.raises(BadWorkbook) as refused:
        read_rubric_file(path, RUBRIC)
    return [str(problem) for problem in refused.value.problems]


def test_workbook_gives_years_with_figures_and_scores(tmp_path):
    data = read_rubric_file(_book(tmp_path / "a.xlsx", 年度数据=ANNUAL, 评分=SCORES), RUBRIC)

    assert data.annual.to_dict("index") == {2022: {"teachers_total": 6744, "exchange_teachers": 332}}
    assert data.scores["self"].to_dict() == {"C14": 30, "C6": 35}
    assert pd.isna(data.scores.loc["C14", "reviewer"])


def test_csv_is_told_by_its_header(tmp_path):
    annual, scores = tmp_path / "annual.csv", tmp_path / "scores.csv"
    annual.write_text("数据项,2022年\n交流轮岗教师数,332\n专任教师总数\n", encoding="gb18030")
    scores.write_text("code,self,reviewer\nC14,30,\n", encoding="utf-8")

    assert read_rubric_file(annual, RUBRIC).annual["exchange_teachers"].to_dict() == {2022: 332}
    assert read_rubric_file(scores, RUBRIC).scores["self"].to_dict() == {"C14": 30}


def test_blank_template_names_every_figure_and_item_and_holds_nothing(tmp_path):
    file = tmp_path / "blank.xlsx"

    write_rubric_template(RUBRIC, file, range(2021, 2025))
    data = read_rubric_file(file, RUBRIC)

    assert (len(data.annual), list(data.scores.index)) == (0, [item.code for item in RUBRIC.items])
    assert data.scores.isna().all(axis=None)


@pytest.mark.parametrize(
    ("sheets", "message"),
    [
        ({"年度数据": [["数据项", "2022年"], ["飞船数", 1]]}, "年度数据 第2行 数据项：未知的数据项“飞船数”"),
        (
            {"年度数据": [["数据项", "2022年"], ["专任教师总数", -1]]},
            "年度数据 第2行 2022年：专任教师总数不能为负数",
        ),
        ({"年度数据": [["数据项", "2022年"], ["专任教师总数", "6744人"]]}, "年度数据 第2行 2022年：应为数值"),
        ({"年度数据": [["数据项", "今年"], ["专任教师总数", 1]]}, "年度数据 第1行 今年：未知的列"),
        ({"年度数据": [["2022年"], [1]]}, "年度数据 第1行 数据项：缺少此列"),
        ({"年度数据": [["数据项", "2022年"], *[["专任教师总数", 1]] * 2]}, "专任教师总数重复"),
        ({"评分": [["代码", "自评"], ["C99", 1]]}, "评分 第2行 代码：没有指标“C99”"),
        (
            {"评分": [["代码", "自评"], ["C14", 30.5]]},
            "评分 第2行 自评：C14 须在 0 至满分 30 之间（填报为 30.5）",
        ),
        (
            {"评分": [["代码", "复核"], ["C14", -1]]},
            "评分 第2行 复核：C14 须在 0 至满分 30 之间（填报为 -1）",
        ),
        ({"评分": [["代码", "自评"], ["C14", 1], ["C14", 2]]}, "C14重复"),
        ({"学校": [["代码"], ["C14"]]}, "没有填写任何数据"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(tmp_path, sheets, message):
    found = _problems(_book(tmp_path / "a.xlsx", **sheets))

    assert [problem for problem in found if message in problem] != []


def test_full_points_and_zero_are_allowed(tmp_path):
    rows = [["代码", "自评", "复核"], ["C14", 30, 0]]

    data = read_rubric_file(_book(tmp_path / "a.xlsx", 评分=rows), RUBRIC)

    assert data.scores.loc["C14"].tolist() == [30, 0]


def test_file_that_is_no_workbook_is_refused(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK nonsense")

    assert _problems(file) == ["文件已损坏，无法作为 Excel 工作簿打开"]


def test_command_prints_plain_json(tmp_path, capsys):
    status = main(["rubric", str(_book(tmp_path / "a.xlsx", 年度数据=ANNUAL, 评分=SCORES)), "--json"])

    card = json.loads(capsys.readouterr().out)
    assert (status, card["year"], len(card["items"])) == (0, 2022, 37)
    assert card["starred_not_full"] == {"self": ["C6"], "hint": [], "reviewer": ["C6"]}


def test_command_prints_totals_hints_and_what_is_open(tmp_path, capsys):
    main(["rubric", str(_book(tmp_path / "a.xlsx", 年度数据=ANNUAL, 评分=SCORES))])

    text = capsys.readouterr().out
    for words in (
        "332 ÷ 6744 × 100＝4.92%，标准 ≥ 5",
        "A2 载明 14 项，实列 13 项",
        "未定 合格总分",
        "按取整值会得出相反结论",
    ):
        assert words in text


def test_command_refuses_bad_input_with_status_2(tmp_path, capsys):
    status = main(["rubric", str(_book(tmp_path / "a.xlsx", 评分=[["代码", "自评"], ["C99", 1]]))])

    assert (status, capsys.readouterr().err) == (2, "评分 第2行 代码：没有指标“C99”\n")


def test_template_command_writes_the_rubric_workbook(tmp_path):
    file = tmp_path / "blank.xlsx"

    assert main(["template", "xinjiang-2014-1000", "--out", str(file)]) == 0
    assert read_rubric_file(file, RUBRIC).annual.empty
