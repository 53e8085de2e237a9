"""The command line: what it prints where, its exit status, and that bad input never ends in a traceback."""

import json
import subprocess
import sys

import pytest

from scoring.__main__ import main
from scoring.measures import Measures
from scoring.workbook import write_template
from tests.scoring.make import STANDARD, school, schools_frame
from tests.scoring.test_workbook import workbook


@pytest.fixture
def county(tmp_path):
    rows = [
        school("1", "九年一贯制", multimedia_rooms=3),
        school("2", location="乡村", students_primary=80, visiting_pe_art_teachers_primary=3),
    ]
    file = tmp_path / "county.xlsx"
    write_template(STANDARD, file, Measures(schools_frame(*rows)))
    return file


def test_template_writes_a_workbook(tmp_path, capsys):
    status = main(["template", "quality-2017", "--out", str(tmp_path / "blank.xlsx")])

    assert (status, (tmp_path / "blank.xlsx").read_bytes()[:2]) == (0, b"PK")
    assert capsys.readouterr().err == ""


def test_assess_prints_only_plain_json(county, capsys):
    status = main(["assess", str(county), "--standard", "quality-2017", "--json"])

    printed = json.loads(capsys.readouterr().out)
    assert (status, sorted(printed)) == (0, ["county", "relaxations", "sections", "standard"])
    assert sorted(printed["standard"]) == ["id", "sha256", "variants", "version"]
    assert sorted(printed["county"]) == ["composite_cv", "indicators", "items", "schools_passing", "verdict"]
    assert printed["county"]["schools_passing"] == {"primary": [1, 2], "junior": [0, 1]}
    assert sorted(printed["county"]["indicators"][0]) == [
        "code",
        "cv",
        "cv_limit",
        "cv_verdict",
        "mean",
        "rounding_flips",
        "schools",
        "schools_met",
        "sd",
        "stage",
    ]
    assert sorted(printed["county"]["items"][0]) == [
        "clause",
        "code",
        "failing",
        "parts",
        "reason",
        "relaxed",
        "settings",
        "value",
        "verdict",
        "warnings",
    ]
    assert sorted(printed["sections"][0]) == [
        "below_floor",
        "met",
        "missed",
        "relaxed",
        "school_code",
        "school_name",
        "stage",
        "students",
        "values",
        "verdict",
    ]


def test_assess_writes_missing_as_null(tmp_path, capsys):
    (tmp_path / "gap.xlsx").write_bytes(workbook(["1", "甲", "小学", 100, None]))

    status = main(["assess", str(tmp_path / "gap.xlsx"), "--standard", "quality-2017", "--json"])

    printed = json.loads(capsys.readouterr().out)
    assert (status, printed["county"]["verdict"], printed["sections"][0]["values"]["R7"]) == (
        0,
        "no_data",
        None,
    )


def test_assess_prints_a_table_with_clauses(county, capsys):
    status = main(["assess", str(county), "--standard", "quality-2017"])

    printed = capsys.readouterr().out
    assert status == 0
    assert "县级结论：未达标" in printed
    assert "教督〔2017〕6号 第六条第一项" in printed


def test_assess_takes_relaxations(county, capsys):
    status = main(
        [
            "assess",
            str(county),
            "--standard",
            "quality-2017",
            "--relax",
            "R3-visiting",
            "R5-grounds",
            "--json",
        ]
    )

    printed = json.loads(capsys.readouterr().out)
    assert (status, printed["relaxations"]) == (0, ["R3-visiting", "R5-grounds"])
    assert [row["relaxed"] for row in printed["sections"]] == [[], ["R3-visiting"], []]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--standard", "quality-2099"], "没有标准 quality-2099"),
        (["--standard", "quality-2017", "--relax", "R9"], "没有放宽条款 R9"),
        (
            ["--standard", "quality-2017", "--relax", "R3-visiting", "--on", "2025-09-01"],
            "期外使用须写明理由",
        ),
        (["--standard", "quality-2017", "--on", "2016-09-01"], "尚无版本"),
    ],
)
def test_assess_refuses_what_the_standard_lacks(county, capsys, options, message):
    status = main(["assess", str(county), *options])

    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert message in printed.err


def test_bad_workbook_gives_a_line_per_problem_with_sheet_row_and_column(tmp_path, capsys):
    (tmp_path / "bad.xlsx").write_bytes(workbook(["1", "甲", "小学", "很多", -1]))

    status = main(["assess", str(tmp_path / "bad.xlsx"), "--standard", "quality-2017", "--json"])

    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert printed.err.splitlines() == [
        "学校 第2行 小学在校生数：应为数值，填报的是文字“很多”",
        "学校 第2行 网络多媒体教室间数：不能为负数（填报为 -1）",
    ]


def test_file_that_is_not_there_is_a_clear_line(tmp_path, capsys):
    status = main(["assess", str(tmp_path / "none.xlsx"), "--standard", "quality-2017"])

    assert (status, "无法读写" in capsys.readouterr().err) == (2, True)


def test_template_into_a_folder_that_is_not_there_is_a_clear_line(tmp_path, capsys):
    status = main(["template", "quality-2017", "--out", str(tmp_path / "no" / "blank.xlsx")])

    assert (status, "无法读写" in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_cv_reads_utf8_and_gb18030(tmp_path, capsys, encoding):
    (tmp_path / "books.csv").write_bytes(
        "学校,学生数,图书\n甲,45,279\n乙,37,137\n丙,89,935\n丁,76,160\n戊,55,402\n".encode(encoding)
    )

    status = main(["cv", str(tmp_path / "books.csv"), "--students", "学生数", "--resource", "图书", "--json"])

    printed = json.loads(capsys.readouterr().out)
    assert (status, printed["schools"], round(printed["cv"], 6)) == (0, 5, 0.515257)
    assert printed["mean"] == pytest.approx(1913 / 302)


def test_cv_prints_words(tmp_path, capsys):
    (tmp_path / "two.csv").write_text("s,r\n100,50\n100,150\n", encoding="utf-8")

    main(["cv", str(tmp_path / "two.csv"), "--students", "s", "--resource", "r"])

    assert capsys.readouterr().out.splitlines() == [
        "学校数 2",
        "县均值 1.000000",
        "标准差 0.500000",
        "校际差异系数 0.500000",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "文件是空的"),
        ("s,r\n", "文件没有数据行"),
        ("a,r\n1,2\n", "没有列 s"),
        ("s,r\n1,多\n", "第2行 r：应为数值，填报的是文字“多”"),
        ("s,r\n1,2\n1,\n", "第3行 r：不能为空"),
        ("s,r\n1,2\n1\n", "第3行 r：不能为空"),
        ("s,r\n-1,2\n", "第2行 s：不能为负数"),
        ("s,r\n0,2\n", "第2行 r：学生数为 0，却填有数量"),
        ('s,r\n"1,2\n', "文件不是规范的 CSV"),
    ],
)
def test_cv_refuses_bad_tables(tmp_path, capsys, text, message):
    (tmp_path / "bad.csv").write_text(text, encoding="utf-8")

    status = main(["cv", str(tmp_path / "bad.csv"), "--students", "s", "--resource", "r"])

    assert (status, message in capsys.readouterr().err) == (2, True)


def test_module_runs_alone_and_ends_with_status_2_on_bad_input(tmp_path):
    (tmp_path / "no.xlsx").write_bytes(b"no workbook")

    command = [
        sys.executable,
        "-m",
        "scoring",
        "assess",
        str(tmp_path / "no.xlsx"),
        "--standard",
        "quality-2017",
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", "不是 Excel 工作簿（.xlsx）\n")


def test_explain_prints_the_working_of_a_school(county, capsys):
    status = main(["explain", str(county), "--indicator", "R7", "--school", "1"])

    lines = capsys.readouterr().out.splitlines()
    assert (status, lines[0]) == (0, "R7 每百名学生拥有网络多媒体教室数　示例1校 小学：未达标")
    assert "数据：+ 网络多媒体教室间数（multimedia_rooms，学校表）3 间" in lines


def test_explain_without_a_school_prints_the_table_of_the_county(county, capsys):
    main(["explain", str(county), "--indicator", "R7", "--json"])

    explanations = json.loads(capsys.readouterr().out)["explanations"]
    assert [one["place"] for one in explanations] == ["全县 小学", "全县 初中"]
    assert [row["school_code"] for row in explanations[0]["table"]] == ["1", "2"]


@pytest.mark.parametrize("code", ["R7", "G4", "G1", "Q9"])
def test_explain_prints_every_kind_of_item(county, code, capsys):
    assert main(["explain", str(county), "--indicator", code]) == 0
    assert capsys.readouterr().out.startswith(code)


def test_explain_refuses_an_unknown_indicator(county, capsys):
    status = main(["explain", str(county), "--indicator", "R8"])

    assert (status, capsys.readouterr().err.startswith("没有指标 R8；")) == (2, True)


def test_gaps_prints_gaps_choices_and_drivers(county, capsys):
    status = main(["gaps", str(county)])

    text = capsys.readouterr().out
    assert status == 0
    assert "示例1校 小学 R7 1.43 2.3 0.88 0.53 2 间" in " ".join(text.split())
    assert "未达标台账" in text


def test_gaps_with_costs_are_plain_json(county, capsys):
    prices = [part for code in STANDARD.codes for part in ("--cost", f"{code}=10")]

    main(["gaps", str(county), "--json", *prices])

    report = json.loads(capsys.readouterr().out)
    assert sorted(report) == ["choices", "drivers", "gaps", "met", "unmet"]
    assert {choice["effort_unit"] for choice in report["choices"]} == {"元"}


@pytest.mark.parametrize("cost", ["R7=-1", "R7=nan", "R1=5"])
def test_gaps_refuse_costs_that_are_none(county, cost, capsys):
    status = main(["gaps", str(county), "--cost", cost])

    assert (status, "没有可用的单价：R7" in capsys.readouterr().err) == (2, True)
