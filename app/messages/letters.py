"""What an e-mail or a group's message says: subject, plain text, HTML."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from flask import current_app

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
    counts = "，".join(part.title for part in parts)
    return _letter(
        subject=f"【{county}】{day_words(on)}提醒：{counts}",
        head=f"{county} {day_words(on)}提醒，共 {len(reminders)} 条。",
        parts=parts,
        base_url=base_url,
    )


def group_letter(county: str, items: Sequence[Any], *, on: date, base_url: str) -> Letter:
    """The county's news for a group: the same lines; messages are a person's own, so none is linked."""
    parts = _parts(items, on, lambda _item: "")
    subject = f"【{county}】{day_words(on)}动态，共 {len(items)} 项"
    return _letter(subject, f"{county} {day_words(on)}动态，共 {len(items)} 项。", parts, base_url)


def group_urgent_letter(county: str, item: Any, *, on: date, base_url: str) -> Letter:
    """One item that cannot wait, for a group."""
    return _urgent(county, item, "", on, base_url)


def urgent_letter(county: str, reminder: Any, *, on: date, base_url: str) -> Letter:
    """One reminder that cannot wait for the digest."""
    return _urgent(county, reminder, f"{base_url}/messages/{reminder.id}", on, base_url)


def trial_letter(county: str, *, on: date, base_url: str) -> Letter:
    """What a channel is tried out with."""
    part = Part("推送测试", [Line("收到这条消息，说明推送渠道可用。", "")], 0)
    return _letter(f"【{county}】推送测试", f"{county} {day_words(on)}推送测试。", [part], base_url)


def weekly_letter(county: str, counts: Mapping[str, int], *, on: date, base_url: str) -> Letter:
    """The state of the work for those who lead it, at the beginning of a week."""
    words = [f"{name} {n}" for name, n in counts.items()]
    part = Part("本周情况", [Line(one, "") for one in words], 0)
    subject = f"【{county}】{day_words(on)}周报：{'，'.join(words[:3])}"
    return _letter(subject, f"{county} 截至{day_words(on)}。", [part], base_url)


def one_line(text: str) -> str:
    """Text without line breaks and other control characters, for a subject.

    >>> one_line("标题\\r\\nBcc: x@example.org")
    '标题 Bcc: x@example.org'
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _urgent(county: str, reminder: Any, link: str, on: date, base_url: str) -> Letter:
    words = sentence(reminder.family, reminder.title, reminder.anchor_on, on)
    part = Part(WORDS[reminder.family].name, [Line(words, link)], 0)
    subject = f"【{county}】{WORDS[reminder.family].name}：{words}"
    return _letter(subject, f"{county}：以下事项需要尽快办理。", [part], base_url)


def _parts(reminders: Sequence[Any], on: date, link_of: Callable[[Any], str]) -> list[Part]:
    order = list(WORDS)
    ordered = sorted(reminders, key=lambda one: (order.index(one.family), one.anchor_on, one.id))
    found = []
    for family, group in groupby(ordered, key=lambda one: one.family):
        rows = list(group)
        lines = [
            Line(sentence(family, row.title, row.anchor_on, on), link_of(row)) for row in rows[:LINES_SHOWN]
        ]
        title = digest_line(family, [row.title for row in rows])
        found.append(Part(title, lines, len(rows) - len(lines)))
    return found


def _letter(subject: str, head: str, parts: list[Part], base_url: str) -> Letter:
    told = {"head": head, "parts": parts, "centre": f"{base_url}/messages", "home": f"{base_url}/"}
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
            rows.append(f"- 另有 {part.more} 条，见 {base_url}/messages")
    return "\n".join([*rows, "", f"全部消息：{base_url}/messages", "不想收某一类，可在“消息设置”里关闭。"])


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1] + "…"
