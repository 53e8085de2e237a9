"""The form of one group that messages are pushed to."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from app.keys import HiddenNumber
from app.messages.channels import LONGEST_NAME, Chosen
from app.messages.hooks import KIND_NAMES
from app.models import Channel, ChannelKind


class ChannelForm(FlaskForm):  # type: ignore[misc]
    """Name, service, address and manner of one group."""

    name = StringField(
        _("名称"),
        [InputRequired(_("请填写名称。")), Length(max=LONGEST_NAME, message=_("名称不超过 40 字。"))],
    )
    kind = SelectField(
        _("服务"), choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()]
    )
    address = StringField(
        _("推送地址"),
        [Length(max=500, message=_("地址过长。"))],
        description=_("从群机器人的设置里整条复制。地址等同密码，保存后不再显示。"),
    )
    is_on = BooleanField(_("启用"))
    is_repeatable = BooleanField(
        _("宁可重复，不可漏发"),
        description=_("不能确定对方是否收到时自动重发；群里可能出现编号相同的两条。"),
    )

    seen = HiddenNumber()  # the version that was shown

    @property
    def seen_version(self) -> int:
        """The version that was shown; none is older than every other."""
        return int(self.seen.data or 0)

    @property
    def chosen(self) -> Chosen:
        """What was filled in."""
        return Chosen(
            name=self.name.data or "",
            kind=ChannelKind(self.kind.data),
            address=self.address.data or "",
            is_on=self.is_on.data,
            is_repeatable=self.is_repeatable.data,
        )


def blank_form() -> ChannelForm:
    """The form of a group that is to be added."""
    return ChannelForm(formdata=None, data={"is_on": True})


def shown_again(form: ChannelForm, channel: Channel) -> ChannelForm:
    """A refused form that has seen the group as it stands now, so that it can be saved after a look."""
    form.seen.data, form.seen.raw_data = channel.version, None
    return form


def form_of(channel: Channel) -> ChannelForm:
    """The form as a group stands, without its address."""
    kept: dict[str, Any] = {
        name: getattr(channel, name) for name in ("name", "kind", "is_on", "is_repeatable")
    }
    return ChannelForm(formdata=None, data={**kept, "kind": channel.kind.value, "seen": channel.version})
