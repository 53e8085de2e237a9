"""A workbook of people to invite: the empty form out, the filled one in. It never holds a password."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import xlsxwriter
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.models import School
from app.people.membership import GIVEN, Part
from app.people.words import ROLE_NAMES
from app.punctuation import listed
from plans.actors import Role
from plans.models import Unit
from plans.units import in_plan_order
from scoring.errors import BadWorkbook, Problem
from scoring.workbook.guard import refuse_hostile
from scoring.workbook.inert import INERT
from scoring.workbook.reader import read_sheets
from scoring.workbook.tables import Table, read_table

SHEET, MOST = "人员", 500
NAME, ROLE, UNIT, SCHOOL = "姓名", "角色", "责任单位", "学校标识码"
HEADERS = (NAME, ROLE, UNIT, SCHOOL)
WIDTHS = (14, 14, 28, 18)
NAME_LENGTH = 60
ROLES = {ROLE_NAMES[role]: role for role in GIVEN}


@dataclass(frozen=True)
class RosterLine:
    """One person to invite."""

    row: int  # of the sheet
    name: str
    part: Part
    place: str  # name of the unit or the school


@dataclass(frozen=True)
class _Known:
    """Units by every spelling, schools by code: key or code and name."""

    units: Mapping[str, tuple[int, str]]
    schools: Mapping[str, str]


def roster_template(session: Session) -> io.BytesIO:
    """The empty form; roles and units can be chosen from lists."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, INERT)
    sheet, lists = book.add_worksheet(SHEET), book.add_worksheet("选项")
    head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    for column, (label, width) in enumerate(zip(HEADERS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    units = list(session.scalars(in_plan_order(sa.select(Unit.name))))
    for column, words in enumerate((list(ROLES), units)):
        for row, word in enumerate(words):
            lists.write_string(row, column, word)
        if words:
            source = f"=选项!${'AB'[column]}$1:${'AB'[column]}${len(words)}"
            sheet.data_validation(1, column + 1, MOST, column + 1, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 0)
    book.close()
    target.seek(0)
    return target


def read_roster(session: Session, content: bytes) -> list[RosterLine]:
    """The people of a filled form, or BadWorkbook with every problem by cell. Two queries."""
    problems = refuse_hostile(content)
    sheets = read_sheets(content)
    if SHEET not in sheets:
        raise BadWorkbook([Problem(SHEET, None, None, _("缺少此工作表，请用本系统下载的模板填写"))])
    table = read_table(SHEET, sheets[SHEET], _key_of, lambda cell, _key: _text(cell))
    problems += table.problems
    problems += [
        Problem(SHEET, 1, header, _("缺少这一列")) for header in (NAME, ROLE) if header not in table.values
    ]
    lines = [] if problems else _lines(table, _known(session), problems)
    if not problems and not lines:
        problems = [Problem(SHEET, None, None, _("名单里没有人"))]
    if problems:
        raise BadWorkbook(problems)
    return lines


def _key_of(header: str) -> str | None:
    return header.strip() if header.strip() in HEADERS else None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    # A code typed as a number comes as a float.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _known(session: Session) -> _Known:
    units = {
        spelling: (unit.id, unit.name)
        for unit in session.scalars(sa.select(Unit))
        for spelling in (*unit.aliases, unit.name)
    }
    schools = session.execute(sa.select(School.code, School.name))
    return _Known(units, dict(schools.all()))


def _lines(table: Table, known: _Known, problems: list[Problem]) -> list[RosterLine]:
    if len(table.rows) > MOST:
        problems.append(Problem(SHEET, None, None, _("一次最多 %(n)s 人，请分几次导入", n=MOST)))
        return []
    columns = [table.values.get(header, [""] * len(table.rows)) for header in HEADERS]
    lines: list[RosterLine] = []
    for row, *cells in zip(table.rows, *columns, strict=True):
        line = _line(row, cells, known, problems)
        if line is not None and any((line.name, line.part) == (other.name, other.part) for other in lines):
            problems.append(Problem(SHEET, row, NAME, _("与前面的一行重复")))
        elif line is not None:
            lines.append(line)
    return lines


def _line(row: int, cells: Sequence[str], known: _Known, problems: list[Problem]) -> RosterLine | None:
    name, role_name, unit, school = cells
    found = [*_name_problems(row, name), *_place_problems(row, role_name, unit, school, known)]
    problems.extend(found)
    if found:
        return None
    role = ROLES[role_name]
    if role is Role.UNIT:
        key, full = known.units[unit]
        return RosterLine(row, name, Part(role, unit_id=key), full)
    if role is Role.SCHOOL:
        return RosterLine(row, name, Part(role, school_code=school), known.schools[school])
    return RosterLine(row, name, Part(role), "")


def _name_problems(row: int, name: str) -> list[Problem]:
    if not name:
        return [Problem(SHEET, row, NAME, _("未填"))]
    if len(name) > NAME_LENGTH or not name.isprintable():
        return [Problem(SHEET, row, NAME, _("不像姓名，请核对（最多 %(n)s 字）", n=NAME_LENGTH))]
    return []


def _place_problems(row: int, role_name: str, unit: str, school: str, known: _Known) -> list[Problem]:
    role = ROLES.get(role_name)
    if role is None:
        return [Problem(SHEET, row, ROLE, _("应为%(names)s之一", names=listed(ROLES)))]
    if role is Role.UNIT and unit not in known.units:
        return [Problem(SHEET, row, UNIT, _("本县没有这个单位") if unit else _("未填，责任单位人员须填"))]
    if role is Role.SCHOOL and school not in known.schools:
        return [Problem(SHEET, row, SCHOOL, _("本县没有这所学校") if school else _("未填，学校填报员须填"))]
    if role is not Role.UNIT and unit:
        return [Problem(SHEET, row, UNIT, _("该角色不分单位，请留空"))]
    if role is not Role.SCHOOL and school:
        return [Problem(SHEET, row, SCHOOL, _("该角色不分学校，请留空"))]
    return []
