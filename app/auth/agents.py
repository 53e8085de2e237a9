"""A browser's own description, cut down to what a person recognises."""

from app.punctuation import bracketed
from plans.words import _

_BROWSERS = (  # the first that is named: most browsers also claim to be the later ones
    ("MicroMessenger", _("微信")),
    ("DingTalk", _("钉钉")),
    ("Edg", "Edge"),
    ("QQBrowser", _("QQ 浏览器")),
    ("360", _("360 浏览器")),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", _("鸿蒙")),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("UOS", _("统信 UOS")),
    ("Kylin", _("麒麟")),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """The browser and the system, e.g. Edge（Windows）."""
    browser, system = _first(_BROWSERS, agent) or _("其他浏览器"), _first(_SYSTEMS, agent)
    return f"{browser}{bracketed(system)}" if system else str(browser)


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for mark, name in names if mark in agent), None)
