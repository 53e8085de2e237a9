"""``python -m plans read`` as it is called."""

import json
import subprocess
import sys

from plans.__main__ import main
from tests.plans.reading.sample import as_text, as_word


def test_read_prints_json(tmp_path, capsys):
    file = tmp_path / "plan.docx"
    file.write_bytes(as_word())

    status = main(["read", str(file), "--json"])

    shown = json.loads(capsys.readouterr().out)
    assert (status, shown["horizon"], len(shown["indicators"])) == (0, 2029, 3)


def test_read_prints_a_summary(tmp_path, capsys):
    file = tmp_path / "plan.txt"
    file.write_text(as_text(), encoding="utf-8")

    status = main(["read", str(file)])

    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert lines[:3] == [
        "标题：示例县推进义务教育优质均衡发展实施方案",
        "发文字号：示县政办发〔2024〕3号",
        "目标年份：2029年",
    ]
    assert "    1.编制学校布局规划（第33段）" in lines
    assert "      责任单位：县委办、县政府办、县教育局、县自然资源局" in lines


def test_bad_file_gives_one_line(tmp_path, capsys):
    file = tmp_path / "plan.doc"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

    status = main(["read", str(file)])

    said = capsys.readouterr()
    assert (status, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("plan.doc：这是旧版 .doc")


def test_missing_file_gives_one_line(tmp_path, capsys):
    status = main(["read", str(tmp_path / "none.docx")])

    assert (status, capsys.readouterr().err.count("\n")) == (2, 1)


def test_folder_gives_one_line(tmp_path, capsys):
    status = main(["read", str(tmp_path)])

    assert (status, capsys.readouterr().err.count("\n")) == (2, 1)


def test_command_runs_without_the_database_or_the_web():
    code = (
        "import sys, plans.__main__; print([m for m in ('sqlalchemy', 'flask', 'docx') if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
