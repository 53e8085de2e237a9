"""The form of a county's settings."""

from collections.abc import Container
from typing import Any
from urllib.parse import urlsplit

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
from app.tenant.commands import WEBHOOKS, Chosen, version_of
from app.tenant.days import parse_days, write_days
from app.tenant.errors import BadLine
from plans.actors import Role
from plans.base import County
from plans.terms import SOON_DAYS, TIME_NAMES

NAMED_ROLES = (Role.LEADER, Role.OFFICE, Role.SUPERVISOR)
CHANNEL_NAMES = {"dingtalk": _("钉钉"), "wecom": _("企业微信"), "feishu": _("飞书")}


def _name(label: Any, usual: str) -> StringField:
    limits = [Length(max=12, message=_("名称不超过 12 字。"))]
    return StringField(label, limits, render_kw={"placeholder": usual, "maxlength": 12})


def _is_calendar(form: FlaskForm, field: Field) -> None:
    try:
        parse_days(field.data or "")
    except BadLine as refusal:
        raise ValidationError(str(refusal)) from refusal


def _is_webhook(form: FlaskForm, field: Field) -> None:
    """An address of the channel's own service: the program calls nobody else's."""
    channel = field.name.removesuffix("_webhook")
    address = urlsplit((field.data or "").strip())
    hosts = WEBHOOKS[channel]
    if field.data and (address.scheme != "https" or address.netloc not in hosts):
        raise ValidationError(
            gettext("地址须以 https://%(host)s/ 开头，请从群机器人设置中复制。", host=hosts[0])
        )


def _webhook(label: Any) -> StringField:
    return StringField(label, [Length(max=500, message=_("地址过长。")), _is_webhook])


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
    dingtalk_on, wecom_on, feishu_on = (BooleanField(name) for name in CHANNEL_NAMES.values())
    dingtalk_webhook, wecom_webhook, feishu_webhook = (
        _webhook(_("群机器人地址")) for _channel in CHANNEL_NAMES
    )

    def validate_work_days(self, field: Field) -> None:
        """A day is off or worked, not both."""
        try:
            both = parse_days(field.data or "").keys() & parse_days(self.days_off.data or "").keys()
        except BadLine:
            return  # told where it stands
        if both:
            raise ValidationError(gettext("%(day)s 同时列为放假和上班。", day=min(both).isoformat()))

    def has_addresses(self, kept: Container[str]) -> bool:
        """Whether each channel that is on has an address, given now or kept from before."""
        bare = [channel for channel in WEBHOOKS if self._address(channel) == "" and channel not in kept]
        for channel in bare:
            self[f"{channel}_webhook"].errors = [gettext("请填写群机器人地址。")]
        return not bare

    @property
    def chosen(self) -> Chosen:
        """What was filled in."""
        return Chosen(
            soon_days=self.soon_days.data,
            time_names={key: (self[key].data or "").strip() for key in TIME_NAMES},
            role_names={role.value: (self[role.value].data or "").strip() for role in NAMED_ROLES},
            days_off={day.isoformat(): why for day, why in parse_days(self.days_off.data or "").items()},
            work_days=[day.isoformat() for day in parse_days(self.work_days.data or "")],
            second_factor=self.second_factor.data,
            mail=self.mail.data,
            webhooks={channel: self._address(channel) for channel in WEBHOOKS},
        )

    def _address(self, channel: str) -> str | None:
        if not self[f"{channel}_on"].data:
            return None
        return (self[f"{channel}_webhook"].data or "").strip()


def form_of(county: County) -> SettingsForm:
    """The form as the county's settings stand. Addresses of robots are never shown again."""
    settings = county.settings
    calendar, channels = settings.get("calendar", {}), settings.get("channels", {})
    named = {**settings.get("time_names", {}), **settings.get("role_names", {})}
    return SettingsForm(
        formdata=None,
        data={
            **named,
            "seen": version_of(county),
            "soon_days": settings.get("soon_days", SOON_DAYS),
            "days_off": write_days(calendar.get("days_off", {})),
            "work_days": write_days(dict.fromkeys(calendar.get("work_days", ()), "")),
            "second_factor": bool(settings.get(SECOND_FACTOR)),
            "mail": bool(channels.get("mail", True)),
            **{f"{channel}_on": channel in channels for channel in WEBHOOKS},
        },
    )
