"""Forms in which a draft is corrected: one for each kind of row, and one for a unit."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from plans.corrections.amending import UNIT_FIELDS
from plans.corrections.parts import Part
from plans.templates.plan_form import CODES


def _most(length: int) -> Length:
    return Length(max=length, message=_("不超过 %(n)s 字。", n=length))


TITLE, WORDS, SHORT = _most(200), _most(8000), _most(60)
UNITS_HINT = _("多个单位用顿号分开。")
DAY_HINT = _("写作 2027-09 或 2027-09-30。")
LINE_FIELDS = ("steps",)
_BETWEEN = re.compile(r"[、，,；;\s]+")
_INSIDE = "\ue000"  # stands for a 、 inside a name; no document uses the character


class RowForm(FlaskForm):  # type: ignore[misc]
    """One row. ``seen`` is what was shown of it; ``key`` is made for a new row when its form is shown."""

    seen = HiddenField()
    key = HiddenField()

    def name_after(self, key: str) -> None:
        """Give the fields ids of their own: several rows may be open on one page."""
        for field in self:
            field.id = field.label.field_id = f"{key}-{field.name}"

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show a row as ``editable`` gives it."""
        for field, value in values.items():
            self[field].data = _as_text(field, value)

    def values(self, fields: Iterable[str], units: Iterable[str]) -> dict[str, Any]:
        """The fields as ``amended`` takes them; ``units`` are names that may hold a 、 themselves."""
        return {field: _as_value(field, self[field].data, units) for field in fields}


class HeadForm(RowForm):
    title = StringField(_("方案标题"), [TITLE])
    document_no = StringField(_("发文字号"), [SHORT])
    horizon = IntegerField(_("目标年份"), [Optional()])


class GoalForm(RowForm):
    text = TextAreaField(_("目标"), [WORDS], render_kw={"rows": 3})


class MeasureForm(RowForm):
    title = StringField(_("措施"), [TITLE])
    group = StringField(_("所属方面"), [TITLE])
    text = TextAreaField(_("内容"), [WORDS], render_kw={"rows": 5})
    lead = StringField(
        _("牵头单位"),
        [_most(80)],
        description=_("文件没有写明的，可在这里指定。"),
        render_kw={"list": "unit-names"},
    )
    support = TextAreaField(_("配合单位"), [WORDS], description=UNITS_HINT, render_kw={"rows": 2})


class PhaseForm(RowForm):
    title = StringField(_("阶段"), [_most(120)])
    start = StringField(_("开始"), [SHORT], description=DAY_HINT)
    end = StringField(_("结束"), [SHORT], description=DAY_HINT)
    steps = TextAreaField(_("步骤"), [WORDS], description=_("一行一个步骤。"), render_kw={"rows": 6})


class MilestoneForm(RowForm):
    due = StringField(_("时限"), [SHORT], description=DAY_HINT)
    text = TextAreaField(_("节点"), [WORDS], render_kw={"rows": 2})
    phase = StringField(_("所属阶段"), [_most(120)])


class IndicatorForm(RowForm):
    code = StringField(_("编号"), [_most(20)])
    indicator_code = SelectField(
        _("对应指标"), choices=[("", _("未识别")), *((code, code) for code in CODES)]
    )
    group = StringField(_("所属方面"), [_most(120)])
    text = TextAreaField(_("内容"), [WORDS], render_kw={"rows": 3})
    units = TextAreaField(_("责任单位"), [WORDS], description=UNITS_HINT, render_kw={"rows": 2})


class DutyForm(RowForm):
    units = TextAreaField(_("单位"), [WORDS], description=UNITS_HINT, render_kw={"rows": 2})
    text = TextAreaField(_("职责"), [WORDS], render_kw={"rows": 4})


FORMS: Mapping[Part, type[RowForm]] = {
    Part.HEAD: HeadForm,
    Part.GOALS: GoalForm,
    Part.MEASURES: MeasureForm,
    Part.PHASES: PhaseForm,
    Part.MILESTONES: MilestoneForm,
    Part.INDICATORS: IndicatorForm,
    Part.DUTIES: DutyForm,
}


class UnitForm(FlaskForm):  # type: ignore[misc]
    """One unit of a draft under its name; ``into`` merges it."""

    name = HiddenField()
    new_name = StringField(_("单位名称"), [_most(80)])
    aliases = TextAreaField(_("又名"), [WORDS], description=_("多个名称用顿号分开。"), render_kw={"rows": 2})
    into = SelectField(_("并入"), choices=[], validate_choice=False)

    def listed_aliases(self, whole: Iterable[str]) -> list[str]:
        return split_names(self.aliases.data or "", whole)


def split_names(text: str, whole: Iterable[str] = ()) -> list[str]:
    """Names in a list as people type it; those of ``whole`` are not split.

    >>> split_names("县教育局、县财政局，各乡镇、街道")
    ['县教育局', '县财政局', '各乡镇、街道']
    """
    for name in ("各乡镇、街道", *whole):
        text = text.replace(name, name.replace("、", _INSIDE))
    return [name.replace(_INSIDE, "、") for name in _BETWEEN.split(text) if name]


def _as_text(field: str, value: Any) -> Any:
    if field in UNIT_FIELDS:
        return "、".join(value or [])
    return "\n".join(value) if field in LINE_FIELDS else value


def _as_value(field: str, data: Any, units: Iterable[str]) -> Any:
    if field in UNIT_FIELDS:
        return split_names(data or "", units)
    return (data or "").splitlines() if field in LINE_FIELDS else data
