"""Forms of this area."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    IntegerField,
    MultipleFileField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from app.keys import HiddenNumber
from app.planning.forms import ChecklistField
from app.planning.queries import Choice


class NoticeForm(FlaskForm):  # type: ignore[misc]
    """A notice as it is written or revised.

    Its id is made when the form is first shown: a second click makes no second one. ``seen_event`` is the
    last act that a revision has seen; 0 for a new notice.
    """

    notice_id = HiddenNumber(validators=[InputRequired()])
    seen_event = IntegerField(default=0, validators=[Optional()])
    title = StringField(
        _("标题"), [InputRequired(_("请填写标题。")), Length(max=200, message=_("标题不超过 200 字。"))]
    )
    to_unit_id = SelectField(_("接收单位"), [InputRequired(_("请选择接收单位。"))])
    due_on = DateField(_("办结时限"), [InputRequired(_("请选择办结时限。"))], render_kw={"type": "date"})
    order_text = TextAreaField(
        _("督办要求"),
        [InputRequired(_("请写明督办要求。")), Length(max=4000, message=_("督办要求不超过 4000 字。"))],
        render_kw={"rows": 6},
    )
    task_ids = ChecklistField(_("涉及任务"))

    def offer(self, units: list[Choice], tasks: list[Choice]) -> None:
        """Fill the choices."""
        self.to_unit_id.choices = [SelectChoice(value, label) for value, label in [("", _("请选择")), *units]]
        self.task_ids.choices = tasks


class NoticeActForm(FlaskForm):  # type: ignore[misc]
    """An act on a notice: its words, files with a reply, a day where the deadline is moved."""

    seen_event = IntegerField(validators=[InputRequired()])
    note = TextAreaField(
        _("内容"), [Length(max=4000, message=_("内容不超过 4000 字。"))], render_kw={"rows": 4}
    )
    files = MultipleFileField(_("附件"), [Optional()])
    due_on = DateField(_("新时限"), [Optional()])
