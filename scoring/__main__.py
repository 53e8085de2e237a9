"""Command line: ``python -m scoring template | assess | explain | gaps | rubric | cv``.

Exit status 2: input can't be used.
"""

import argparse
import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.errors import ScoringError

if TYPE_CHECKING:
    from scoring.assessment import Assessment


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it ran whatever the verdict, 2 when its input is bad."""
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except ScoringError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"无法读写 {problem.filename}：{problem.strerror}", file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description="义务教育优质均衡评估计算")
    commands = parser.add_subparsers(required=True, metavar="命令")
    template = commands.add_parser("template", help="生成空白填报工作簿")
    template.add_argument("standard", help="标准，如 quality-2017")
    template.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")
    template.set_defaults(run=_template)
    assess = commands.add_parser("assess", help="评估一份填好的工作簿")
    _add_filled(assess)
    assess.set_defaults(run=_assess)
    explain = commands.add_parser("explain", help="说明一项结论的依据、计算过程和改变它的条件")
    _add_filled(explain)
    explain.add_argument("--indicator", required=True, metavar="CODE")
    explain.add_argument("--school", metavar="学校标识码", help="不写为县级")
    explain.set_defaults(run=_explain)
    gaps = commands.add_parser("gaps", help="列出各校缺口、可保留的一项、拉大差异的学校和未达标台账")
    _add_filled(gaps)
    gaps.add_argument(
        "--cost",
        action="append",
        type=_cost,
        default=[],
        metavar="CODE=元",
        help="每单位补足的单价，如 R7=30000",
    )
    gaps.set_defaults(run=_gaps)
    rubric = commands.add_parser("rubric", help="按评分标准核算数据、自评和复核得分")
    rubric.add_argument("file", type=Path, metavar="FILE.xlsx|.csv")
    rubric.add_argument("--rubric", default="xinjiang-2014-1000")
    rubric.add_argument("--year", type=int, metavar="YYYY", help="以哪一年的数据作提示，默认最近一年")
    rubric.add_argument("--json", action="store_true")
    rubric.set_defaults(run=_rubric)
    cv = commands.add_parser("cv", help="计算一列资源的校际差异系数")
    cv.add_argument("file", type=Path, metavar="FILE.csv")
    cv.add_argument("--students", required=True, metavar="COLUMN")
    cv.add_argument("--resource", required=True, metavar="COLUMN")
    cv.add_argument("--json", action="store_true")
    cv.set_defaults(run=_cv)
    return parser


def _add_filled(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.xlsx")
    parser.add_argument("--standard", default="quality-2017")
    parser.add_argument(
        "--relax",
        action="append",
        nargs="+",
        default=[],
        metavar="CODE[:学校,学校][=理由]",
        help="启用的放宽条款；须逐校证明的写明学校标识码，期外的写明理由",
    )
    parser.add_argument(
        "--variant",
        action="append",
        type=Path,
        default=[],
        metavar="FILE.yaml",
        help="地方标准，可依次给出几份",
    )
    parser.add_argument(
        "--setting", action="append", default=[], metavar="NAME=CHOICE", help="未定口径的取法，如 G3=sum"
    )
    parser.add_argument(
        "--on", type=_day, metavar="YYYY-MM-DD", help="评估日期，决定标准版本与放宽条款是否在期内"
    )
    parser.add_argument("--json", action="store_true")


def _cost(text: str) -> tuple[str, float]:
    code, _, price = text.partition("=")
    try:
        return code, float(price)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text} 不是单价，应为 R7=30000 的形式") from problem


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(f"{text} 不是日期，应为 2026-09-30 的形式") from problem


def _template(options: argparse.Namespace) -> None:
    from scoring.loader import RUBRICS, load_standard  # noqa: PLC0415 -- slow import
    from scoring.rubric import load_rubric  # noqa: PLC0415 -- slow import
    from scoring.rubric.files import write_rubric_template  # noqa: PLC0415 -- slow import
    from scoring.workbook import write_template  # noqa: PLC0415 -- slow import

    if options.standard in RUBRICS:
        this_year = datetime.now(UTC).year
        write_rubric_template(load_rubric(options.standard), options.out, range(this_year - 4, this_year))
    else:
        write_template(load_standard(options.standard), options.out)
    print(f"已生成 {options.out}")


def _assess(options: argparse.Namespace) -> None:
    from scoring.printout import assessment_lines  # noqa: PLC0415 -- slow import

    result = _assessed(options)
    _print(result.to_json()) if options.json else print("\n".join(assessment_lines(result)))


def _explain(options: argparse.Namespace) -> None:
    from scoring.explanations import explain  # noqa: PLC0415 -- slow import
    from scoring.working_printout import explanation_lines  # noqa: PLC0415 -- slow import

    found = explain(_assessed(options), options.indicator, options.school)
    if options.json:
        _print({"explanations": [one.to_json() for one in found]})
    else:
        print("\n\n".join("\n".join(explanation_lines(one)) for one in found))


def _gaps(options: argparse.Namespace) -> None:
    from scoring.gap_report import gap_report  # noqa: PLC0415 -- slow import
    from scoring.working_printout import gap_lines  # noqa: PLC0415 -- slow import

    report = gap_report(_assessed(options), dict(options.cost))
    _print(report.to_json()) if options.json else print("\n".join(gap_lines(report)))


def _assessed(options: argparse.Namespace) -> "Assessment":
    from scoring.engine import assess  # noqa: PLC0415 -- slow import
    from scoring.loader import load_standard  # noqa: PLC0415 -- slow import
    from scoring.measures import check_measures  # noqa: PLC0415 -- slow import
    from scoring.variants import with_variants  # noqa: PLC0415 -- slow import
    from scoring.workbook import read_filled  # noqa: PLC0415 -- slow import

    standard = with_variants(load_standard(options.standard, options.on), options.variant)
    settings = dict(text.partition("=")[::2] for text in options.setting)
    standard.settings_with(settings)
    relaxations = [code for codes in options.relax for code in codes]
    standard.relaxations_on(relaxations, options.on)
    filled = read_filled(options.file, standard)
    for warning in check_measures(filled.measures, standard):
        print(f"提示 {warning}", file=sys.stderr)
    if relaxations and not options.on:
        print("提示 没有给出评估日期（--on），未核对放宽条款是否在期内", file=sys.stderr)
    evidence = replace(filled.evidence, settings=settings)
    return assess(filled.measures, standard, relaxations, options.on, evidence)


def _rubric(options: argparse.Namespace) -> None:
    from scoring.rubric import load_rubric, scorecard  # noqa: PLC0415 -- slow import
    from scoring.rubric.files import read_rubric_file  # noqa: PLC0415 -- slow import
    from scoring.rubric.printout import scorecard_lines  # noqa: PLC0415 -- slow import

    rubric = load_rubric(options.rubric)
    data = read_rubric_file(options.file, rubric)
    card = scorecard(rubric, data.annual, data.scores, options.year)
    _print(card.to_json()) if options.json else print("\n".join(scorecard_lines(card)))


def _cv(options: argparse.Namespace) -> None:
    from scoring.csv_table import spread_of_file  # noqa: PLC0415 -- slow import
    from scoring.printout import spread_lines  # noqa: PLC0415 -- slow import

    result = spread_of_file(options.file, options.students, options.resource)
    if options.json:
        _print({key: None if value != value else value for key, value in vars(result).items()})
    else:
        print("\n".join(spread_lines(result)))


def _print(content: dict[str, Any]) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


if __name__ == "__main__":
    sys.exit(main())
