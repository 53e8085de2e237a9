"""Forms of people."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Optional

from app.people.membership import GIVEN, Part
from app.people.queries import Choice
from app.people.words import ROLE_NAMES
from plans.actors import Role

NONE = ("", _("（不指定）"))


class PartForm(FlaskForm):  # type: ignore[misc]
    """A role, with the unit or the school where the role acts for one."""

    role = SelectField(_("角色"), choices=[SelectChoice(role.value, ROLE_NAMES[role]) for role in GIVEN])
    unit_id = SelectField(_("责任单位"), validators=[Optional()])
    school_code = SelectField(_("学校"), validators=[Optional()])

    def offer(self, units: list[Choice], schools: list[Choice]) -> None:
        """Set what can be chosen."""
        self.unit_id.choices, self.school_code.choices = _choices([NONE, *units]), _choices([NONE, *schools])

    @property
    def part(self) -> Part:
        """What was chosen."""
        unit_id = int(self.unit_id.data) if self.unit_id.data else None
        return Part(Role(self.role.data), unit_id, self.school_code.data or None)


class InvitationForm(PartForm):
    """Whom to invite, for which part."""

    name = StringField(_("姓名"), [InputRequired(_("请填写姓名。")), Length(max=60)])


class NewcomerForm(FlaskForm):  # type: ignore[misc]
    """The account that an invited person makes."""

    login = StringField(
        _("用户名"),
        [InputRequired(_("请填写用户名。")), Length(min=3, max=60, message=_("用户名须为 3 至 60 个字符。"))],
        render_kw={"autocomplete": "username"},
    )
    name = StringField(_("姓名"), [InputRequired(_("请填写姓名。")), Length(max=60)])
    password = PasswordField(
        _("密码"),
        [InputRequired(_("请填写密码。"))],
        description=_("至少 12 个字符，可用几个不相干的词连成一句话。"),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一次密码"),
        [EqualTo("password", _("两次输入的密码不一致，请重新输入。"))],
        render_kw={"autocomplete": "new-password"},
    )


class RosterForm(FlaskForm):  # type: ignore[misc]
    """A filled workbook of people to invite."""

    workbook = FileField(_("人员名单"), [FileRequired(_("请先选择填好的名单。"))])


class HandOverForm(FlaskForm):  # type: ignore[misc]
    """Who takes over, and a word about it."""

    to = SelectField(_("接手人"))
    note = StringField(_("说明"), [Length(max=500)])

    def __init__(self, choices: list[Choice], **fields: Any) -> None:
        super().__init__(**fields)
        self.to.choices = _choices(choices)


def _choices(pairs: list[Choice]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]
