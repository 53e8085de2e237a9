"""Forms of the platform."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Regexp, ValidationError

from app.admin.counties import NewCounty
from plans.horizons import gap_words
from plans.templates import TEMPLATES, load_template
from scoring.loader import load_standard

STANDARDS = ("quality-2017",)  # those by which a county can be judged as a whole


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Whom of the office to invite."""

    person = StringField(
        _("创建办首位人员"),
        [InputRequired(_("请填写姓名。")), Length(max=60, message=_("姓名不超过 60 字。"))],
        description=_("生成一次性邀请链接，七天内有效，由本人设置用户名和密码。"),
    )


class CountyForm(PersonForm):
    """A county and the first person of its office."""

    code = StringField(
        _("行政区划代码"),
        [
            InputRequired(_("请填写行政区划代码。")),
            Regexp(r"[0-9]{6}\Z", message=_("行政区划代码为 6 位数字。")),
        ],
    )
    name = StringField(
        _("名称"),
        [InputRequired(_("请填写名称。")), Length(max=60, message=_("名称不超过 60 字。"))],
    )
    standard = SelectField(_("评估标准"))
    horizon_year = IntegerField(
        _("目标年"),
        [
            InputRequired(_("请填写目标年。")),
            NumberRange(2025, 2050, message=_("目标年须在 2025 至 2050 之间。")),
        ],
    )
    template = SelectField(_("方案模板"), description=_("作为草稿下发，由该县创建办核对确认。"))
    despite = BooleanField(_("仍按此模板下发，由该县自行补充"))

    def offer(self) -> None:
        """Set what can be chosen."""
        self.standard.choices = [SelectChoice(one, load_standard(one).title) for one in STANDARDS]
        named = [SelectChoice(one.name, one.title) for one in TEMPLATES]
        self.template.choices = [SelectChoice("", _("不下发")), *named]

    def validate_template(self, field: SelectField) -> None:
        """A template that ends before the county's target year is taken when that was seen."""
        if self.warning and not self.despite.data:
            raise ValidationError(f"{self.warning}{gettext('请换一个模板、改目标年，或勾选下面一项。')}")

    @property
    def warning(self) -> str:
        """What to say where the chosen template ends too early; "" = it does not."""
        is_known = self.template.data in {one.name for one in TEMPLATES}
        if not is_known or self.horizon_year.data is None:
            return ""
        horizon = load_template(self.template.data)["horizon"]
        return gap_words(gettext("模板"), horizon, self.horizon_year.data)

    @property
    def given(self) -> NewCounty:
        """What was filled in."""
        return NewCounty(
            code=self.code.data,
            name=self.name.data.strip(),
            standard=self.standard.data,
            horizon_year=self.horizon_year.data,
            template=self.template.data,
            person=self.person.data.strip(),
        )


class EraseForm(FlaskForm):  # type: ignore[misc]
    """The name typed to confirm."""

    typed = StringField(_("输入县名确认"), [InputRequired(_("请输入县名。"))])
