"""Two columns of a CSV file → mean, standard deviation and CV, for checking a printed figure by hand."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scoring.dispersion import spread_of_one
from scoring.errors import BadTable
from scoring.workbook.cells import NotInCell, figure


@dataclass(frozen=True)
class TableSpread:
    """Spread of one resource between the schools of a file, in resource per pupil."""

    schools: int
    mean: float
    sd: float
    cv: float


def spread_of_file(file: Path, students: str, resource: str) -> TableSpread:
    """Student-weighted spread of ``resource / students`` over the rows of a CSV in UTF-8 or GB18030.

    Raises BadTable with one line a problem (missing column, text, blank, negative, nobody but resources),
    and OSError if the file can't be read.
    """
    pairs = _pairs(read_rows(file), students, resource)
    pupils, amounts = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    return TableSpread(len(pairs), *spread_of_one(amounts / pupils, pupils))


def read_rows(file: Path) -> list[list[str]]:
    """Rows of a CSV in UTF-8 or GB18030. Raises BadTable, and OSError if the file can't be read."""
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as problem:
            raise BadTable("文件不是规范的 CSV，请检查引号和分隔符") from problem
    raise BadTable("文件不是 UTF-8 或 GB18030 编码的文本")


def _pairs(rows: list[list[str]], students: str, resource: str) -> list[tuple[float, float]]:
    if not rows:
        raise BadTable("文件是空的")
    headers = [header.strip() for header in rows[0]]
    absent = [name for name in (students, resource) if name not in headers]
    if absent:
        raise BadTable(f"第1行 没有列 {'、'.join(absent)}；有的列：{'、'.join(headers)}")
    places = [(name, headers.index(name)) for name in (students, resource)]
    filled = [
        (number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)
    ]
    problems: list[str] = []
    pairs = [_pair(number, row, places, problems) for number, row in filled]
    if problems or not any(pupils for pupils, _ in pairs):
        raise BadTable("\n".join(problems) or "文件没有数据行")
    return [pair for pair in pairs if pair[0]]


def _pair(
    number: int, row: list[str], places: list[tuple[str, int]], problems: list[str]
) -> tuple[float, float]:
    pupils, amount = (_figure(number, row, name, position, problems) for name, position in places)
    if pupils == 0 and amount > 0:
        problems.append(f"第{number}行 {places[1][0]}：学生数为 0，却填有数量")
    return pupils, amount


def _figure(number: int, row: list[str], name: str, position: int, problems: list[str]) -> float:
    try:
        value = figure(row[position] if position < len(row) else "")
    except NotInCell as problem:
        problems.append(f"第{number}行 {name}：{problem}")
        return float("nan")
    if np.isnan(value) or value < 0:
        problems.append(f"第{number}行 {name}：{'不能为空' if np.isnan(value) else '不能为负数'}")
    return value
