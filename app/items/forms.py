"""Forms of this area."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DecimalField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.items.monitoring import LEVELS
from app.keys import HiddenNumber

CONCLUSIONS = (("met", _("达标")), ("not_met", _("未达标")), ("", _("尚无结论")))
VETO_CONCLUSIONS = (("met", _("无此情形")), ("not_met", _("有此情形")), ("", _("尚无结论")))


class StatementForm(FlaskForm):  # type: ignore[misc]
    """The statement on one part of an item; forms of several parts are told apart by their prefix."""

    seen = HiddenNumber(default="0")
    conclusion = RadioField(_("结论"))
    statement = TextAreaField(
        _("情况说明"), [Length(max=4000, message=_("情况说明不超过 4000 字。"))], render_kw={"rows": 3}
    )
    failing = TextAreaField(
        _("未达标学校"),
        [Length(max=8000, message=_("内容过长，请精简。"))],
        description=_("每行一所：学校名称或标识码，空一格后写等次或情况。"),
        render_kw={"rows": 2},
    )
    kept = SelectMultipleField(
        _("佐证材料"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    files = MultipleFileField(_("上传新材料"), [Optional()])

    def offer(self, *, is_veto: bool, files: list[tuple[int, str]]) -> None:
        """Fill the choices."""
        self.conclusion.choices = list(VETO_CONCLUSIONS if is_veto else CONCLUSIONS)
        self.kept.choices = files


class ResultForm(FlaskForm):  # type: ignore[misc]
    """One subject of the national monitoring."""

    year = IntegerField(
        _("监测年份"),
        [InputRequired(_("请填写监测年份。")), NumberRange(2015, 2100, _("监测年份应为四位数的年份。"))],
    )
    subject = SelectField(_("学科"))
    level = SelectField(_("学业水平等级"))
    rate = DecimalField(
        _("校际差异率"),
        [Optional(), NumberRange(0, 1, _("校际差异率为 0 至 1 的小数，如 0.12。"))],
        places=None,
        description=_("小数，如 0.12；未公布的留空。"),
    )
    source = StringField(
        _("依据"),
        [InputRequired(_("请填写监测报告名称。")), Length(max=200, message=_("依据不超过 200 字。"))],
    )

    def __init__(self, subjects: Iterable[str], **fields: Any) -> None:
        super().__init__(**fields)
        self.subject.choices = [(subject, subject) for subject in subjects]
        self.level.choices = [("", _("未公布")), *((str(n), word) for n, word in LEVELS.items())]
