"""Forms of returns."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

FIRST_YEAR = 2017  # of the oldest standard that a county can be judged by here


class UploadForm(FlaskForm):  # type: ignore[misc]
    """The workbook of one year."""

    year = SelectField(_("年度"), coerce=int)
    workbook = FileField(_("工作簿"), [FileRequired(_("请先选择填好的工作簿。"))])

    def __init__(self, today: date, **fields: Any) -> None:
        super().__init__(**fields)
        self.year.choices = [
            (year, _("%(year)s 年度", year=year)) for year in range(today.year, FIRST_YEAR - 1, -1)
        ]


def year_being_filled(today: date) -> int:
    """The year whose figures are being collected: statistics are taken each September."""
    return today.year if today.month >= 9 else today.year - 1
