"""Forms of this area."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
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
from plans.milestone_terms import Place
from plans.revisions import MilestoneTerms


class MilestoneForm(FlaskForm):  # type: ignore[misc]
    """A milestone, new or changed. A new one's id is made when the form is shown: two clicks make one."""

    milestone_id = HiddenNumber()
    seen_version = HiddenField()
    text = StringField(
        _("里程碑"), [InputRequired(_("请写明里程碑。")), Length(max=400, message=_("里程碑不超过 400 字。"))]
    )
    stated_due_on = DateField(_("时限"), [InputRequired(_("请选择时限。"))], render_kw={"type": "date"})
    phase_id = SelectField(_("阶段"), description=_("不选则按时限归入阶段。"))
    criteria = TextAreaField(
        _("验收标准"),
        [Length(max=2000, message=_("验收标准不超过 2000 字。"))],
        description=_("做到什么程度算达成，凭什么材料认定。"),
        render_kw={"rows": 3},
    )
    task_ids = ChecklistField(_("关联任务"))
    indicator_codes = ChecklistField(_("对应指标"))
    reason = TextAreaField(
        _("调整理由"), [Length(max=2000, message=_("理由不超过 2000 字。"))], render_kw={"rows": 2}
    )

    def offer(self, phases: Sequence[Choice], tasks: Sequence[Choice], indicators: Sequence[Choice]) -> None:
        """Fill the choices."""
        self.phase_id.choices = [SelectChoice(value, label) for value, label in [("", _("按时限")), *phases]]
        self.task_ids.choices, self.indicator_codes.choices = list(tasks), list(indicators)

    @property
    def terms(self) -> MilestoneTerms:
        """What is promised by when."""
        return MilestoneTerms(self.text.data, self.stated_due_on.data, self.criteria.data or "")

    @property
    def place(self) -> Place:
        """Where it belongs."""
        phase_id = int(self.phase_id.data) if self.phase_id.data else None
        task_ids = [int(task_id) for task_id in self.task_ids.data or []]
        return Place(phase_id, task_ids, self.indicator_codes.data or [])


class StoneActForm(FlaskForm):  # type: ignore[misc]
    """An act on a milestone: words, and with a claim the day and files."""

    seen_version = IntegerField(validators=[InputRequired()])
    reached_on = DateField(_("达成日期"), [Optional()], render_kw={"type": "date"})
    note = TextAreaField(
        _("说明"), [Length(max=2000, message=_("说明不超过 2000 字。"))], render_kw={"rows": 2}
    )
    files = MultipleFileField(_("佐证材料"), [Optional()])
