"""Forms of signing in."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired


class SignInForm(FlaskForm):  # type: ignore[misc]
    login = StringField(
        _("用户名"),
        [InputRequired(_("请填写用户名。"))],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _("密码"), [InputRequired(_("请填写密码。"))], render_kw={"autocomplete": "current-password"}
    )
