"""The form of a recurring duty."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.planning.forms import ChecklistField
from app.planning.queries import Choice
from plans.periods import PROGRAMME_ENDS, WORDS, Every

END_OF_MONTH = -1


class DutyForm(FlaskForm):  # type: ignore[misc]
    """A duty; months and day left open mean the end of the period."""

    seen = HiddenField()
    title = StringField(
        _("工作"), [InputRequired(_("请写明工作。")), Length(max=180, message=_("不超过 180 字。"))]
    )
    details = TextAreaField(
        _("工作要求"), [Length(max=4000, message=_("不超过 4000 字。"))], render_kw={"rows": 3}
    )
    every = SelectField(_("周期"), choices=[SelectChoice(every.value, word) for every, word in WORDS.items()])
    months = ChecklistField(
        _("月份"),
        choices=[SelectChoice(str(month), _("%(n)s月", n=month)) for month in range(1, 13)],
        description=_("不选的，按周期的通常月份；每月一次的不选。"),
    )
    day = SelectField(
        _("日期"),
        choices=[
            SelectChoice("", _("周期末（通常）")),
            SelectChoice(str(END_OF_MONTH), _("月底")),
            *(SelectChoice(str(day), _("%(n)s日", n=day)) for day in range(1, 32)),
        ],
        description=_("非工作日的，提前到前一个工作日。"),
    )
    until_year = SelectField(_("持续到"), description=_("已经交办的任务不受影响。"))
    measure_id = SelectField(_("对应措施"))
    lead_unit_id = SelectField(_("牵头单位"), description=_("没有牵头单位的，到期不会交办。"))
    support_unit_ids = ChecklistField(_("配合单位"))
    reason = TextAreaField(
        _("调整理由"),
        [Length(max=500, message=_("不超过 500 字。"))],
        description=_("方案批准后须写明理由。"),
        render_kw={"rows": 2},
    )

    def offer(self, *, units: list[Choice], measures: list[Choice], this_year: int) -> None:
        """Fill the choices."""
        self.lead_unit_id.choices = [("", _("未定")), *units]
        self.support_unit_ids.choices = units
        self.measure_id.choices = [("", _("不对应具体措施")), *measures]
        years = range(this_year, PROGRAMME_ENDS + 1)
        ends = [(str(this_year - 1), _("不再周期交办")), *((str(y), _("%(y)s 年", y=y)) for y in years)]
        self.until_year.choices = ends

    @property
    def period(self) -> Every:
        return Every(self.every.data)

    @property
    def chosen_months(self) -> Sequence[int]:
        return [int(month) for month in self.months.data or []]

    @property
    def chosen_day(self) -> int | None:
        return int(self.day.data) if self.day.data else None

    @property
    def seen_version(self) -> int:
        seen = self.seen.data or ""
        return int(seen) if seen.isdecimal() else 0
