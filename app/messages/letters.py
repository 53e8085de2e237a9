"""What an e-mail or a group's message says: subject, plain text, HTML; ``reading_in`` sets the language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from app.language import current_language
from plans.reminders.words import WORDS, digest_line, sentence
from plans.words import day_words

LONGEST_SUBJECT = 120
LINES_SHOWN = 10  # of one family; the rest is a number and a link


@dataclass(frozen=True)
class Letter:
    """One message in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Line:
    """One reminder with the address that opens its item."""

    words: str
    link: str


@dataclass(frozen=True)
class Part:
    """The reminders of one family: how many, and the first of them."""

    title: str
    lines: list[Line]
    more: int


def digest_letter(county: str, reminders: Sequence[Any], *, on: date, base_url: str) -> Letter:
    """All reminders of one person in one letter, a line of counts for each family."""
    parts = _parts(reminders, on, lambda reminder: f"{base_url}/messages/{reminder.id}")
    counts = _("，").join(part.title for part in parts)
    told = {"county": county, "day": day_words(on)}
    return _letter(
        subject=_("【%(county)s】%(day)s提醒：%(counts)s", counts=counts, **told),
        head=_("%(county)s %(day)s提醒，共 %(n)s 条。", n=len(reminders), **told),
        parts=parts,
        base_url=base_url,
    )


def group_letter(county: str, items: Sequence[Any], *, on: date, base_url: str) -> Letter:
    """The county's news for a group: the same lines; messages are a person's own, so none is linked."""
    parts = _parts(items, on, lambda _item: "")
    told = {"county": county, "day": day_words(on), "n": len(items)}
    subject = _("【%(county)s】%(day)s动态，共 %(n)s 项", **told)
    return _letter(subject, _("%(county)s %(day)s动态，共 %(n)s 项。", **told), parts, base_url)


def group_urgent_letter(county: str, item: Any, *, on: date, base_url: str) -> Letter:
    """One item that cannot wait, for a group."""
    return _urgent(county, item, "", on, base_url)


def urgent_letter(county: str, reminder: Any, *, on: date, base_url: str) -> Letter:
    """One reminder that cannot wait for the digest."""
    return _urgent(county, reminder, f"{base_url}/messages/{reminder.id}", on, base_url)


def trial_letter(county: str, *, on: date, base_url: str) -> Letter:
    """What a channel is tried out with."""
    part = Part(_("推送测试"), [Line(_("收到这条消息，说明推送渠道可用。"), "")], 0)
    head = _("%(county)s %(day)s推送测试。", county=county, day=day_words(on))
    return _letter(_("【%(county)s】推送测试", county=county), head, [part], base_url)


def weekly_letter(county: str, counts: Mapping[str, int], *, on: date, base_url: str) -> Letter:
    """The state of the work for those who lead it, at the beginning of a week."""
    words = [f"{name} {n}" for name, n in counts.items()]
    part = Part(_("本周情况"), [Line(one, "") for one in words], 0)
    told = {"county": county, "day": day_words(on)}
    subject = _("【%(county)s】%(day)s周报：%(counts)s", counts=_("，").join(words[:3]), **told)
    return _letter(subject, _("%(county)s 截至%(day)s。", **told), [part], base_url)


def one_line(text: str) -> str:
    """Text without line breaks and other control characters, for a subject.

    >>> one_line("标题\\r\\nBcc: x@example.org")
    '标题 Bcc: x@example.org'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _urgent(county: str, reminder: Any, link: str, on: date, base_url: str) -> Letter:
    words = _said(reminder, on)
    kind = str(WORDS[reminder.family].name)
    subject = _("【%(county)s】%(kind)s：%(words)s", county=county, kind=kind, words=words)
    head = _("%(county)s：以下事项需要尽快办理。", county=county)
    return _letter(subject, head, [Part(kind, [Line(words, link)], 0)], base_url)


def _parts(reminders: Sequence[Any], on: date, link_of: Callable[[Any], str]) -> list[Part]:
    order = list(WORDS)
    ordered = sorted(reminders, key=lambda one: (order.index(one.family), one.anchor_on, one.id))
    found = []
    for family, group in groupby(ordered, key=lambda one: one.family):
        rows = list(group)
        lines = [Line(_said(row, on), link_of(row)) for row in rows[:LINES_SHOWN]]
        title = str(digest_line(family, [row.title for row in rows]))
        found.append(Part(title, lines, len(rows) - len(lines)))
    return found


def _said(reminder: Any, on: date) -> str:
    return str(sentence(reminder.family, reminder.title, reminder.anchor_on, on))


def _letter(subject: str, head: str, parts: list[Part], base_url: str) -> Letter:
    told = {"head": head, "parts": parts, "centre": f"{base_url}/messages", "lang": current_language()}
    subject = one_line(subject)
    # Without the context of a request: a job has none.
    page = current_app.jinja_env.get_template("mail/letter.html").render(subject=subject, **told)
    return Letter(_cut(subject), _plain(head, parts, base_url), page)


def _plain(head: str, parts: list[Part], base_url: str) -> str:
    rows = [head]
    for part in parts:
        rows += ["", part.title]
        rows += [f"- {line.words}{f'　{line.link}' if line.link else ''}" for line in part.lines]
        if part.more:
            rows.append("- " + _("另有 %(n)s 条，见 %(link)s", n=part.more, link=f"{base_url}/messages"))
    centre = _("全部消息：%(link)s", link=f"{base_url}/messages")
    return "\n".join([*rows, "", centre, _("不想收某一类，可在“消息设置”里关闭。")])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1] + "…"
