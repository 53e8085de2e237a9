"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from app.auth.password_rules import SHORTEST


class SignInForm(FlaskForm):  # type: ignore[misc]
    login = StringField(
        _("用户名"),
        [InputRequired(_("请填写用户名。"))],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码。"))], render_kw={"autocomplete": "current-password"}
    )


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    old = PasswordField(
        _("现在的密码"),
        [InputRequired(_("请填写现在的密码。"))],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _("新密码"),
        [InputRequired(_("请填写新密码。"))],
        description=_(
            "至少 %(n)s 个字符，长比复杂管用：几个不相干的词连成一句话就好，不要求大小写或符号。", n=SHORTEST
        ),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("再输一遍新密码"),
        [InputRequired(_("请再输一遍新密码。")), EqualTo("new", _("两次输入的新密码不一致。"))],
        render_kw={"autocomplete": "new-password"},
    )


class ProofForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码。"))], render_kw={"autocomplete": "current-password"}
    )


class CodeForm(FlaskForm):  # type: ignore[misc]
    code = StringField(
        _("验证码"),
        [InputRequired(_("请填写验证码。")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True},
    )
