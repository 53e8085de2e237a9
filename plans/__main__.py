"""``python -m plans read FILE.docx|.txt [--json]``: read a plan without the web application."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from plans.errors import ReadingError
from plans.reading import read_plan
from plans.reading.summary import summarise

READ, BAD_INPUT = 0, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when the plan was read, 2 with one line on stderr when it was not."""
    asked = _parser().parse_args(arguments)
    try:
        draft = read_plan(asked.file)
    except ReadingError as error:
        return _refuse(f"{asked.file.name}：{error}")
    except FileNotFoundError:
        return _refuse(f"找不到文件 {asked.file}，请核对路径。")
    except OSError as error:
        return _refuse(f"打不开文件 {asked.file}（{error.strerror}），请核对路径和权限。")
    print(json.dumps(draft.to_json(), ensure_ascii=False, indent=2) if asked.json else summarise(draft))
    return READ


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m plans", description="读取实施方案")
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="读取一份 .docx 或 .txt 方案")
    read.add_argument("file", type=Path, help="方案文件")
    read.add_argument("--json", action="store_true", help="以 JSON 输出")
    return parser


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
