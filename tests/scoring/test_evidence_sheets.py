"""Sheets 佐证 and 监测: round trip, refusals, and the command line that judges all items alone."""

import io
import json
from datetime import date

import openpyxl
import pytest

from scoring.__main__ import main
from scoring.errors import BadWorkbook
from scoring.evidence import Attestation, Evidence, MonitoringResult, SchoolFinding
from scoring.measures import Measures
from scoring.workbook import read_filled, write_template
from tests.scoring.make import STANDARD, complete_county, full_evidence, school, schools_frame

STATED = Evidence(
    (
        Attestation("G1", "met", "规划已批复", "教育局局长", date(2026, 9, 1), 2),
        Attestation("G2", "not_met", "装备未配齐", "教育局副局长", date(2026, 9, 2), 1, "equipment"),
        Attestation("Q6", "met", "", "教育局局长", date(2026, 9, 1), 1, "", (SchoolFinding("1", "合格"),)),
        Attestation("V1", "met", "未发现", "教育局局长", date(2026, 9, 1), 0),
    ),
    (MonitoringResult("数学", 2026, 3, 0.12),),
)


def filled(evidence=None):
    content = io.BytesIO()
    write_template(STANDARD, content, Measures(schools_frame(school("1"))), evidence)
    return content.getvalue()


def changed(sheet, cell, value):
    book = openpyxl.load_workbook(io.BytesIO(filled(STATED)))
    book[sheet][cell] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_evidence_reads_back_as_it_was_written():
    assert read_filled(filled(STATED), STANDARD).evidence == STATED


def test_blank_template_states_nothing():
    assert read_filled(filled(), STANDARD).evidence == Evidence()


def test_template_has_a_row_for_everything_that_needs_a_statement():
    sheet = openpyxl.load_workbook(io.BytesIO(filled()))["佐证"]

    places = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert places == [
        "G1", "G2.construction", "G2.staffing", "G2.funds", "G2.equipment", "G10", "G14.rural",
        "G15.left_behind", "Q3.charter", "Q3.digital", "Q5", "Q6", "Q7", "Q8", "V1", "V2", "V3", "V4", "V5",
        "V6",
    ]  # fmt: skip


def test_sheets_may_be_absent():
    book = openpyxl.load_workbook(io.BytesIO(filled(STATED)))
    del book["佐证"], book["监测"]
    content = io.BytesIO()
    book.save(content)

    assert read_filled(content.getvalue(), STANDARD).evidence == Evidence()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "message"),
    [
        (
            "佐证",
            "C2",
            "计划整改",
            "佐证 第2行 结论：只能填 达标、未达标、无此情形、有此情形，填报的是“计划整改”；计划整改不是结论",
        ),
        ("佐证", "A2", "G99", "佐证 第2行 项目：未知的项目“G99”"),
        ("佐证", "A3", "G1", "佐证 第2行 项目：G1 重复"),
        ("佐证", "F2", "去年", "佐证 第2行 签署日期：不是日期（应为 2026-09-30 的形式），填报的是“去年”"),
        ("佐证", "G2", 1.5, "佐证 第2行 佐证材料数：须为非负整数，填报为 1.5"),
        ("监测", "C2", "良好", "监测 第2行 学业水平等级：等级“良好”无法识别，应为 Ⅰ、Ⅱ、Ⅲ、Ⅳ 级。"),
        ("监测", "D2", "低", "监测 第2行 校际差异率：应为数值，填报的是文字“低”"),
        ("监测", "B2", None, "监测 第2行 年份：不能为空"),
        ("监测", "D1", "其他", "监测 第1行 校际差异率：缺少此列"),
    ],
)
def test_cell_that_cannot_be_is_refused_at_its_place(sheet, cell, value, message):
    with pytest.raises(BadWorkbook) as refused:
        read_filled(changed(sheet, cell, value), STANDARD)

    assert message in str(refused.value).splitlines()


@pytest.mark.parametrize("level", ["Ш级", "III", "3", "ⅲ"])
def test_level_may_be_written_with_look_alikes(level):
    assert read_filled(changed("监测", "C2", level), STANDARD).evidence.monitoring[0].level == 3


@pytest.fixture
def county(tmp_path):
    file = tmp_path / "county.xlsx"
    write_template(STANDARD, file, complete_county().measures, full_evidence())
    return file


def assessed(file, capsys, *options):
    status = main(["assess", str(file), "--standard", "quality-2017", "--json", *options])
    return status, json.loads(capsys.readouterr().out)


def test_command_line_alone_judges_all_items(county, capsys):
    status, printed = assessed(county, capsys)

    assert (status, printed["county"]["verdict"], len(printed["county"]["items"])) == (0, "met", 38)


def test_command_line_puts_a_variant_on_the_standard(county, tmp_path, capsys):
    variant = tmp_path / "local.yaml"
    variant.write_text(
        'variant: local\ntitle: 示例县目标\nbase: quality-2017\nchanges:\n  - {code: G7, at_least: "8500"}\n',
        encoding="utf-8",
    )

    _, base = assessed(county, capsys)
    status, printed = assessed(county, capsys, "--variant", str(variant))

    assert (status, printed["county"]["verdict"], printed["standard"]["variants"]) == (
        0,
        "not_met",
        ["示例县目标"],
    )
    assert printed["standard"]["sha256"] != base["standard"]["sha256"]


def test_command_line_takes_the_choice_of_an_open_rule(county, capsys):
    status, printed = assessed(county, capsys, "--setting", "G3=sum")

    rooms = next(item for item in printed["county"]["items"] if item["code"] == "G3")
    assert (status, rooms["settings"]) == (0, {"G3": "sum"})


def test_command_line_says_when_dates_of_relaxations_were_not_checked(county, capsys):
    main(["assess", str(county), "--standard", "quality-2017", "--json", "--relax", "G4-built"])

    assert "未核对放宽条款是否在期内" in capsys.readouterr().err


def test_command_line_refuses_an_expired_relaxation_without_a_reason(county, capsys):
    command = [
        "assess",
        str(county),
        "--standard",
        "quality-2017",
        "--relax",
        "G4-built",
        "--on",
        "2026-12-31",
    ]

    status = main(command)

    assert (status, "期外使用须写明理由" in capsys.readouterr().err) == (2, True)


def test_command_line_refuses_an_unknown_choice(county, capsys):
    status = main(["assess", str(county), "--standard", "quality-2017", "--setting", "G3=none"])

    assert (status, "没有选项 G3=none" in capsys.readouterr().err) == (2, True)
