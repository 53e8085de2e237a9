"""Forms of this area."""

from datetime import date

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.files import chosen
from app.keys import HiddenNumber
from app.planning.percent import PercentField
from app.planning.queries import Choice


class DocumentForm(FlaskForm):  # type: ignore[misc]
    document = FileField(_("实施方案文件"), [FileRequired(_("请选择实施方案文件。"))])


class ChecklistField(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PartForm(FlaskForm):  # type: ignore[misc]
    """A new sub-task. ``task_id`` is made when the form is first shown: a second click makes none."""

    task_id = HiddenNumber(validators=[InputRequired()])
    title = StringField(
        _("任务"), [InputRequired(_("请写明任务。")), Length(max=200, message=_("任务不超过 200 字。"))]
    )
    details = TextAreaField(
        _("工作要求"), [Length(max=4000, message=_("工作要求不超过 4000 字。"))], render_kw={"rows": 4}
    )
    lead_unit_id = SelectField(_("牵头单位"))
    due_on = DateField(_("完成时限"), [InputRequired(_("请选择完成时限。"))], render_kw={"type": "date"})
    weight = IntegerField(
        _("权重"),
        [InputRequired(_("请填写权重。")), NumberRange(1, 100, _("权重是 1 至 100 的整数。"))],
        default=1,
        description=_("1 至 100 的整数，按权重汇总进度。"),
    )
    support_unit_ids = ChecklistField(_("配合单位"))
    supervising_unit_id = SelectField(_("督办单位"), [Optional()])

    def offer_units(self, units: list[Choice], first: date, last: date | None = None) -> None:
        """Fill the choices of units and the days to choose from."""
        self.lead_unit_id.choices = [("", _("请选择")), *units]
        self.support_unit_ids.choices = units
        self.supervising_unit_id.choices = [("", _("不指定")), *units]
        self.due_on.render_kw = {"min": first.isoformat()} | ({"max": last.isoformat()} if last else {})

    def validate_lead_unit_id(self, field: SelectField) -> None:
        if not field.data:
            raise ValidationError(_("请选择牵头单位。"))


class TaskForm(PartForm):
    """A new task, with what it is for; its unit may be one that is not on the list yet."""

    measure_id = SelectField(_("对应措施"))
    new_unit = StringField(
        _("名单中没有的牵头单位"),
        [Length(max=80, message=_("单位名称不超过 80 字。"))],
        description=_("名单中已有的请直接选择；这里填写单位全称，保存时加入名单。"),
    )
    indicator_codes = ChecklistField(_("对应指标"))

    def offer(
        self, *, units: list[Choice], measures: list[Choice], indicators: list[Choice], today: date
    ) -> None:
        """Fill the choices."""
        self.offer_units(units, today)
        self.measure_id.choices = [("", _("不对应具体措施")), *measures]
        self.indicator_codes.choices = indicators

    def validate_lead_unit_id(self, field: SelectField) -> None:
        if not field.data and not (self.new_unit.data or "").strip():
            raise ValidationError(_("请选择牵头单位。"))


class ProgressForm(FlaskForm):  # type: ignore[misc]
    """How far one task is; many of them stand in one HTML form, told apart by their prefix.

    ``shown`` is the percentage that the page showed, ``seen_event`` the last act that it told of, ``kept``
    the hashes of files that an earlier, refused attempt has already brought.
    """

    seen_event = HiddenNumber()
    shown = HiddenField()
    kept = HiddenField()
    percent = PercentField(_("进展（%）"), [InputRequired(_("请填写进展，0 至 100。"))])
    note = TextAreaField(
        _("进展说明"), [Length(max=2000, message=_("进展说明不超过 2000 字。"))], render_kw={"rows": 2}
    )
    files = MultipleFileField(_("佐证材料"), [Optional()])
    wants_close_out = BooleanField(_("申请销号"))

    @property
    def has_report(self) -> bool:
        """Whether anything is to be told beside a wish for close-out."""
        is_moved = str(self.percent.data) != self.shown.data
        return bool(is_moved or self.words or chosen(self.files.data or []) or self.kept.data)

    @property
    def is_touched(self) -> bool:
        return self.has_report or self.wants_close_out.data or bool(self.percent.process_errors)

    @property
    def words(self) -> str:
        return (self.note.data or "").strip()

    @property
    def kept_hashes(self) -> list[str]:
        return [digest for digest in (self.kept.data or "").split(",") if digest]


class ActForm(FlaskForm):  # type: ignore[misc]
    """An act with words, such as close-out or return."""

    seen_event = IntegerField(validators=[InputRequired()])
    note = TextAreaField(
        _("核实意见"), [Length(max=2000, message=_("核实意见不超过 2000 字。"))], render_kw={"rows": 3}
    )


class TaskActForm(FlaskForm):  # type: ignore[misc]
    """An act on a task beside its reports; each act shows those of the fields that it needs."""

    seen_event = IntegerField(validators=[InputRequired()])
    title = StringField(_("任务"), [Length(max=200, message=_("任务不超过 200 字。"))])
    details = TextAreaField(
        _("工作要求"), [Length(max=4000, message=_("工作要求不超过 4000 字。"))], render_kw={"rows": 4}
    )
    support_unit_ids = ChecklistField(_("配合单位"), validate_choice=False)
    weight = IntegerField(_("权重"), [Optional(), NumberRange(1, 100, _("权重是 1 至 100 的整数。"))])
    note = TextAreaField(
        _("理由或说明"), [Length(max=2000, message=_("说明不超过 2000 字。"))], render_kw={"rows": 2}
    )
    due_on = DateField(_("完成时限"), [Optional()], render_kw={"type": "date"})
    lead_unit_id = SelectField(_("牵头单位"), validate_choice=False)
    supervising_unit_id = SelectField(_("督办单位"), validate_choice=False)
    person = StringField(_("责任人"), [Length(max=60, message=_("姓名不超过 60 字。"))])
    evidence_id = SelectField(_("材料"), validate_choice=False)
    strength = SelectField(_("等级"), validate_choice=False)

    def offer(self, *, units: list[Choice], files: list[Choice], strengths: list[Choice]) -> None:
        """Fill the choices; what is chosen is checked by the act itself."""
        self.support_unit_ids.choices = units
        first = ("", _("请选择"))
        nobody = SelectChoice("", _("不指定"))
        self.supervising_unit_id.choices = [nobody, *(SelectChoice(value, label) for value, label in units)]
        lists = ((self.lead_unit_id, units), (self.evidence_id, files), (self.strength, strengths))
        for field, choices in lists:
            field.choices = [SelectChoice(value, label) for value, label in (first, *choices)]
