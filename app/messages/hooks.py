"""Webhooks of groups, through Apprise: which addresses are taken, and sending one message to one of them."""

import logging
from collections.abc import Collection, Mapping
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

import apprise
from apprise.plugins import NotifyBase

from app.messages.errors import AddressNotOfKind, PrivateHost, RelayRefused
from app.messages.outcome import SENT, Outcome, refused, refused_for_good, unknown
from app.messages.outside import Trip, is_private_literal, trip
from app.models import ChannelKind
from plans.words import _

LONGEST_BYTES = 1500  # of the text; WeCom takes 2048 bytes with subject and key
SCHEMES: Mapping[ChannelKind, tuple[str, ...]] = {
    ChannelKind.DINGTALK: ("dingtalk",),
    ChannelKind.WECOM: ("wecombot",),
    ChannelKind.FEISHU: ("feishu",),
    ChannelKind.JSON: ("json", "jsons"),
}
# The addresses as the services hand them out.
HOSTS: Mapping[str, ChannelKind] = {
    "oapi.dingtalk.com": ChannelKind.DINGTALK,
    "qyapi.weixin.qq.com": ChannelKind.WECOM,
    "open.feishu.cn": ChannelKind.FEISHU,
}
KIND_NAMES: Mapping[ChannelKind, str] = {
    ChannelKind.DINGTALK: _("钉钉"),
    ChannelKind.WECOM: _("企业微信"),
    ChannelKind.FEISHU: _("飞书"),
    ChannelKind.JSON: _("一般接口（JSON）"),
}
SETTLED_BY_STATUS = {502: unknown, 504: unknown, 408: refused, 429: refused}
# Its records name the whole address with the secret in it.
logging.getLogger("apprise").disabled = True


def read_address(kind: ChannelKind, typed: str, *, private_hosts: Collection[str] = ()) -> str:
    """The address as Apprise wants it, from one as a service hands it out or in Apprise's own spelling.

    Raises RelayRefused, AddressNotOfKind, PrivateHost.
    """
    typed = "".join(typed.split())
    scheme = _scheme(typed)
    if scheme == "wecom":
        raise RelayRefused()
    ready = _native(kind, typed) if scheme in ("http", "https") else typed
    plugin = _plugin(ready) if _scheme(ready) in SCHEMES[kind] else None
    if plugin is None:
        raise AddressNotOfKind(KIND_NAMES[kind])
    if kind is ChannelKind.JSON and is_private_literal(str(plugin.host).strip("[]"), private_hosts):
        raise PrivateHost()
    return ready


def masked(address: str) -> str:
    """An address with nothing in it that could be used.

    >>> masked("dingtalk://0123456789abcdef"), masked("jsons://hooks.example.org/secret/path?-key=1")
    ('dingtalk://…', 'jsons://hooks.example.org/…')
    """
    parts = urlsplit(address)
    host = f"{parts.hostname}/" if parts.scheme in SCHEMES[ChannelKind.JSON] else ""
    return f"{parts.scheme}://{host}…"


def send_hook(address: str, *, subject: str, text: str, key: str, outside: Trip) -> Outcome:
    """Send one message to a group; the key that it is told apart by stands in its text."""
    plugin = _plugin(address)
    if plugin is None:
        return refused_for_good(_("推送地址不完整，请重新填写。"))
    body = f"{_cut(text)}\n\n编号：{key}"
    with trip(outside):
        went = bool(plugin.notify(body=body, title=subject, body_format=apprise.NotifyFormat.TEXT))
    return _outcome(outside, is_service=_scheme(address) not in SCHEMES[ChannelKind.JSON], went=went)


def _outcome(one: Trip, *, is_service: bool, went: bool) -> Outcome:
    if one.is_refused:
        return refused_for_good(_("推送地址指向内部网络，没有发送。确需内部地址的，请运维人员列入白名单。"))
    if one.is_untrusted:
        return refused(_("对方的证书不可信，没有发送。"))
    if one.response is not None:
        return _answered(one.response.status_code, _told(one), is_service=is_service)
    if one.is_connected:
        return unknown(_("已连上对方，没有收到回执。"))
    return refused(_("没有连上对方。") if not went else _("没有发送。"))


def _told(one: Trip) -> object:
    try:
        return None if one.response is None else one.response.json()
    except ValueError:
        return None


def _answered(code: int, told: object, *, is_service: bool) -> Outcome:
    if code in SETTLED_BY_STATUS:
        return SETTLED_BY_STATUS[code](_("对方答复 %(code)s。", code=code))
    if code >= 300:
        return (refused_for_good if code < 500 else refused)(_("对方拒收（%(code)s）。", code=code))
    if not is_service:
        return SENT
    # DingTalk, WeCom and Feishu answer 200 and say in the text that they refuse.
    if not isinstance(told, dict):
        return unknown(_("对方的答复看不懂，不能确定是否收到。"))
    said = told.get("errcode", told.get("code", told.get("StatusCode", 0)))
    if said in (0, "0", None):
        return SENT
    why = str(told.get("errmsg", told.get("msg", "")))[:120]
    return refused(_("对方拒收：%(code)s %(why)s。", code=said, why=why))


def _native(kind: ChannelKind, typed: str) -> str:
    parts = _split(typed)
    if kind is not ChannelKind.JSON:
        is_theirs = parts.scheme == "https" and HOSTS.get(parts.netloc.lower()) is kind
        return f"{SCHEMES[kind][0]}://{quote(_key_in(parts), safe='')}" if is_theirs else ""
    # Apprise takes what has no sign before it for its own options, such as checking no certificate.
    query = "&".join(f"-{quote(name)}={quote(value)}" for name, value in parse_qsl(parts.query))
    ready = f"{'jsons' if parts.scheme == 'https' else 'json'}://{parts.netloc}{parts.path or '/'}"
    return f"{ready}?{query}" if query else ready


def _key_in(parts: SplitResult) -> str:
    """What tells a group apart: DingTalk and WeCom give it in the query, Feishu at the end of the path."""
    asked = dict(parse_qsl(parts.query))
    return asked.get("access_token") or asked.get("key") or parts.path.rpartition("/")[2]


def _plugin(address: str) -> NotifyBase | None:
    found = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if not isinstance(found, NotifyBase):
        return None
    found.verify_certificate, found.redirects = True, False
    return found


def _scheme(address: str) -> str:
    return _split(address).scheme.lower()


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # such as an open bracket
        return urlsplit("")


def _cut(text: str) -> str:
    raw = text.encode()
    return text if len(raw) <= LONGEST_BYTES else raw[:LONGEST_BYTES].decode(errors="ignore") + "…"
