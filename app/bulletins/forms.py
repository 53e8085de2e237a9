"""Forms of this area."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.keys import HiddenNumber

DAY = {"type": "date"}


class BulletinForm(FlaskForm):  # type: ignore[misc]
    """A bulletin as it is written; its id is made when the form is first shown."""

    bulletin_id = HiddenNumber(validators=[InputRequired()])
    seen_version = IntegerField(default=0, validators=[Optional()])
    title = StringField(
        _("标题"), [InputRequired(_("请填写标题。")), Length(max=200, message=_("标题不超过 200 字。"))]
    )
    starts_on = DateField(_("通报期间自"), [InputRequired(_("请选择开始日期。"))], render_kw=DAY)
    ends_on = DateField(_("至"), [InputRequired(_("请选择结束日期。"))], render_kw=DAY)
    text = TextAreaField(
        _("正文"),
        [InputRequired(_("请填写正文。")), Length(max=20000, message=_("正文不超过 20000 字。"))],
        render_kw={"rows": 18},
    )
