"""Words for what leaves a county."""

from flask_babel import lazy_gettext as _

from app.messages.senders import DIGEST, NOW, WEEKLY
from plans.models import MessageState

STATES = {
    MessageState.QUEUED: _("排队"),
    MessageState.SENDING: _("发送中"),
    MessageState.FAILED: _("失败"),
    MessageState.UNKNOWN: _("结果不明"),
    MessageState.SENT: _("已发出"),
}
TONES = {
    MessageState.QUEUED: "grey",
    MessageState.SENDING: "grey",
    MessageState.FAILED: "red",
    MessageState.UNKNOWN: "amber",
    MessageState.SENT: "green",
}
KINDS = {DIGEST: _("每日汇总"), NOW: _("即时"), WEEKLY: _("每周小结")}
