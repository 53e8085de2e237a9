"""Whatever the words, the reader gives a draft or a named refusal."""

import io
import json
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from plans.errors import ReadingError
from plans.reading import read_plan
from plans.reading.reader import read_blocks
from plans.reading.text import read_text
from tests.plans.reading.sample import as_text, as_word

PIECES = st.sampled_from(
    [
        *"一二三四五、（）()〔〕。，；：\t\n 年月日前底至到12345①",
        "二、工作目标\n",
        "三、工作措施\n",
        "四、实施步骤\n",
        "（一）",
        "1.",
        "责任单位：",
        "牵头单位",
        "配合单位：",
        "县教育局",
        "市委组织部、编办",
        "各乡镇、街道",
        "第一阶段",
        "2027年9月前",
        "2028年底",
        "不低于",
        "96%",
        "小学",
        "附件1\n",
        "附件：",
        "职责分工\n",
        "负责",
        "组长：",
        "成员：",
        "\t序号\n\t任务\n\t责任单位\n\n",
        "序号\t指标\n",
        "\t1\n",
        "《",
        "》",
        "方案",
    ]
)
# The clock says nothing here: a busy machine must not fail a test.
patient = settings(deadline=None)
SAMPLE = as_text().split("\n")
WORD = as_word()


def _read(content: bytes, filename: str) -> None:
    try:
        draft = read_plan(content, filename)
    except ReadingError:
        return
    json.dumps(draft.to_json())


@patient
@given(st.lists(PIECES, max_size=60).map("".join))
def test_text_of_plan_pieces(text):
    _read(text.encode(), "plan.txt")


@patient
@given(st.text(max_size=200))
def test_any_text(text):
    _read(text.encode("utf-8", "surrogatepass"), "plan.txt")


@patient
@given(st.binary(max_size=200))
def test_any_bytes(content):
    _read(content, "plan.txt")


@patient
@given(st.permutations(SAMPLE))
def test_lines_of_a_plan_in_any_order(lines):
    read_blocks(read_text("\n".join(lines).encode()))


@patient
@given(st.integers(0, len(WORD) - 1), st.integers(0, 255))
def test_word_file_with_a_changed_byte(position, byte):
    _read(WORD[:position] + bytes([byte]) + WORD[position + 1 :], "plan.docx")


@patient
@given(st.data())
def test_word_file_with_a_damaged_part(data):
    with zipfile.ZipFile(io.BytesIO(WORD)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    start, length = data.draw(st.integers(0, len(parts[name]))), data.draw(st.integers(0, 40))
    parts[name] = parts[name][:start] + parts[name][start + length :]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)

    _read(stream.getvalue(), "plan.docx")
