"""Forms of this area."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget


class VariantForm(FlaskForm):  # type: ignore[misc]
    variant = SelectField(_("地方补充规定"))


class SettingForm(FlaskForm):  # type: ignore[misc]
    """One open question; several stand on a page, told apart by their prefix."""

    choice = RadioField()


class TargetForm(FlaskForm):  # type: ignore[misc]
    place = SelectField(_("指标要求"), [InputRequired(_("请选择指标要求。"))])
    limit = StringField(
        _("本县目标值"), [InputRequired(_("请填写目标值。")), Length(max=20, message=_("目标值过长。"))]
    )
    source = StringField(
        _("依据"),
        [InputRequired(_("请填写规定这一目标的文件。")), Length(max=200, message=_("依据不超过 200 字。"))],
    )


class RelaxationForm(FlaskForm):  # type: ignore[misc]
    """Use of a relaxation."""

    code = SelectField(_("放宽条款"), [InputRequired(_("请选择放宽条款。"))])
    starts_on = DateField(_("启用日期"), [InputRequired(_("请选择启用日期。"))], render_kw={"type": "date"})
    ends_on = DateField(_("结束日期"), [InputRequired(_("请选择结束日期。"))], render_kw={"type": "date"})
    schools = TextAreaField(
        _("适用学校"),
        [Length(max=8000, message=_("内容过长，请精简。"))],
        description=_("只对经证明的学校适用的条款须填：每行一所，写学校名称或标识码。"),
        render_kw={"rows": 2},
    )
    reason = TextAreaField(
        _("沿用理由"),
        [Length(max=2000, message=_("理由不超过 2000 字。"))],
        description=_("超出条款适用期的，须写明理由，并随结果一并显示。"),
        render_kw={"rows": 2},
    )
    kept = SelectMultipleField(
        _("佐证材料"), coerce=int, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    files = MultipleFileField(_("上传新材料"), [Optional()])
