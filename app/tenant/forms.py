"""The form of a county's settings."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange

from app.auth.duties import SETTING as SECOND_FACTOR
from app.people.words import ROLE_NAMES
from app.tenant.commands import Chosen, version_of
from app.tenant.days import parse_days, write_days
from app.tenant.errors import BadLine
from plans.actors import Role
from plans.base import County
from plans.terms import JUMP_PERCENT, LATE_YEARS, SOON_DAYS, TIME_NAMES

NAMED_ROLES = (Role.LEADER, Role.OFFICE, Role.SUPERVISOR)


def _name(label: Any, usual: str) -> StringField:
    limits = [Length(max=12, message=_("名称不超过 12 字。"))]
    return StringField(label, limits, render_kw={"placeholder": usual, "maxlength": 12})


def _is_calendar(form: FlaskForm, field: Field) -> None:
    try:
        parse_days(field.data or "")
    except BadLine as refusal:
        raise ValidationError(str(refusal)) from refusal


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """Everything that an office sets for its county."""

    seen = HiddenField()
    soon_days = IntegerField(
        _("临期天数"),
        [
            InputRequired(_("请填写临期天数。")),
            NumberRange(1, 180, message=_("临期天数须在 1 至 180 之间。")),
        ],
        description=_("距完成时限不超过这些天的任务、里程碑和督办单列为临期。"),
    )
    late_years = IntegerField(
        _("目标落后几年转红"),
        [
            InputRequired(_("请填写落后年数。")),
            NumberRange(1, 3, message=_("落后年数须在 1 至 3 之间。")),
        ],
        description=_("落后目标轨迹不足这些年为“滞后”（黄），达到为“风险”（红）；达标与否不受影响。"),
    )
    jump_percent = IntegerField(
        _("数据变动提示幅度"),
        [
            InputRequired(_("请填写变动幅度。")),
            NumberRange(5, 100, message=_("变动幅度须在 5 至 100 之间。")),
        ],
        description=_("百分数：比上年增减超过这一幅度的，填报时提示核对，学校列入跟踪。"),
    )
    not_due, due_soon, overdue, done = (_name(word, word) for word in TIME_NAMES.values())
    leader, office, supervisor = (_name(ROLE_NAMES[role], ROLE_NAMES[role]) for role in NAMED_ROLES)
    days_off = TextAreaField(
        _("本县放假"),
        [_is_calendar],
        description=_("每行一天，如“2026-12-01 县庆”。国家法定节假日和调休已内置，不必填写。"),
        render_kw={"rows": 3},
    )
    work_days = TextAreaField(
        _("本县上班"),
        [_is_calendar],
        description=_("每行一天：本应放假而本县上班的日子。"),
        render_kw={"rows": 3},
    )
    second_factor = BooleanField(_("领导小组、创建办和上级督导登录须二次验证"))
    mail = BooleanField(_("发送邮件提醒"))

    def validate_work_days(self, field: Field) -> None:
        """A day is off or worked, not both."""
        try:
            both = parse_days(field.data or "").keys() & parse_days(self.days_off.data or "").keys()
        except BadLine:
            return  # told where it stands
        if both:
            raise ValidationError(gettext("%(day)s 同时列为放假和上班。", day=min(both).isoformat()))

    @property
    def chosen(self) -> Chosen:
        """What was filled in."""
        return Chosen(
            soon_days=self.soon_days.data,
            late_years=self.late_years.data,
            jump_percent=self.jump_percent.data,
            time_names={key: (self[key].data or "").strip() for key in TIME_NAMES},
            role_names={role.value: (self[role.value].data or "").strip() for role in NAMED_ROLES},
            days_off={day.isoformat(): why for day, why in parse_days(self.days_off.data or "").items()},
            work_days=[day.isoformat() for day in parse_days(self.work_days.data or "")],
            second_factor=self.second_factor.data,
            mail=self.mail.data,
        )


def form_of(county: County) -> SettingsForm:
    """The form as the county's settings stand."""
    settings = county.settings
    calendar, channels = settings.get("calendar", {}), settings.get("channels", {})
    named = {**settings.get("time_names", {}), **settings.get("role_names", {})}
    return SettingsForm(
        formdata=None,
        data={
            **named,
            "seen": version_of(county),
            "soon_days": settings.get("soon_days", SOON_DAYS),
            "late_years": settings.get("late_years", LATE_YEARS),
            "jump_percent": settings.get("jump_percent", JUMP_PERCENT),
            "days_off": write_days(calendar.get("days_off", {})),
            "work_days": write_days(dict.fromkeys(calendar.get("work_days", ()), "")),
            "second_factor": bool(settings.get(SECOND_FACTOR)),
            "mail": bool(channels.get("mail", True)),
        },
    )
