"""Forms in which the parts of a plan in force are changed."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from app.planning.forms import ChecklistField
from app.planning.queries import Choice

_DAY = {"type": "date"}
ONE_A_LINE = _("一行一条。")


def _most(length: int) -> Length:
    return Length(max=length, message=_("不超过 %(n)s 字。", n=length))


class RevisionForm(FlaskForm):  # type: ignore[misc]
    """What every change says: which state of the row it began from, and why it is made."""

    seen = HiddenField()
    reason = TextAreaField(
        _("调整理由"),
        [_most(500)],
        description=_("方案批准后须写明理由。"),
        render_kw={"rows": 2},
    )

    @property
    def shown(self) -> list[str]:
        """The fields to draw, in their order."""
        return [field.name for field in self if field.name not in ("seen", "reason", "csrf_token")]

    @property
    def seen_version(self) -> int:
        """The state that the form began from; 0 where none is told, which is no state of any row."""
        seen = self.seen.data or ""
        return int(seen) if seen.isdecimal() else 0

    def offer(self, *, units: list[Choice], indicators: list[Choice]) -> None:
        """Fill the choices."""
        nobody = [("", _("未定")), *units]
        choices: dict[str, Any] = {
            "lead_unit_id": nobody,
            "supervising_unit_id": nobody,
            "support_unit_ids": units,
            "unit_ids": units,
            "indicator_codes": indicators,
            "indicator_code": [("", _("未识别")), *indicators],
        }
        for field in self:
            if field.name in choices:
                field.choices = choices[field.name]


class HeadForm(RevisionForm):
    title = StringField(_("方案标题"), [_most(200)])
    document_no = StringField(_("发文字号"), [_most(60)])
    horizon_year = IntegerField(_("目标年份"), [Optional(), NumberRange(2000, 2100, _("请填写四位年份。"))])
    goals = TextAreaField(_("工作目标"), [_most(20000)], description=ONE_A_LINE, render_kw={"rows": 8})


class PhaseForm(RevisionForm):
    title = StringField(_("阶段名称"), [_most(120)])
    starts_on = DateField(_("开始"), [Optional()], render_kw=_DAY)
    ends_on = DateField(_("结束"), [Optional()], render_kw=_DAY)
    weight = IntegerField(_("权重"), description=_("1 至 100 的整数，按权重汇总进度。"))
    steps = TextAreaField(_("步骤"), [_most(20000)], description=ONE_A_LINE, render_kw={"rows": 6})


class MeasureForm(RevisionForm):
    title = StringField(_("措施"), [_most(200)])
    text = TextAreaField(_("内容"), [_most(20000)], render_kw={"rows": 7})
    stated_due_on = DateField(
        _("完成时限"), [Optional()], description=_("非工作日的，提前到前一个工作日。"), render_kw=_DAY
    )
    lead_unit_id = SelectField(_("牵头单位"))
    supervising_unit_id = SelectField(_("督办单位"))
    person = StringField(_("责任人"), [_most(60)])
    weight = IntegerField(_("权重"), description=_("1 至 100 的整数，按权重汇总进度。"))
    support_unit_ids = ChecklistField(_("配合单位"))
    indicator_codes = ChecklistField(_("对应指标"))


class IndicatorForm(RevisionForm):
    text = TextAreaField(_("内容"), [_most(8000)], render_kw={"rows": 4})
    indicator_code = SelectField(_("对应指标"))
    unit_ids = ChecklistField(_("责任单位"))


class UnitDutyForm(RevisionForm):
    unit_names = TextAreaField(
        _("单位"), [_most(8000)], description=_("多个单位用顿号分开。"), render_kw={"rows": 2}
    )
    text = TextAreaField(_("职责"), [_most(8000)], render_kw={"rows": 5})
