"""Sending one message by e-mail, so that afterwards it is known whether it went, did not, or may have."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import urlsplit

from app.messages.letters import one_line
from app.messages.outcome import SENT, Outcome, refused, refused_for_good, unknown
from app.messages.preferences import is_address
from plans.words import _

TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Mailbox:
    """The server that takes our mail, and who we are to it. ``security``: none, starttls or tls."""

    host: str
    port: int
    sender: str
    base_url: str
    security: str = "none"
    login: str = ""
    password: str = ""
    timeout_s: float = TIMEOUT_S


def mailbox_of(settings: Mapping[str, Any]) -> Mailbox | None:
    """The mailbox of the operator's settings; None where none is set."""
    if not settings["MAIL_HOST"]:
        return None
    return Mailbox(
        host=settings["MAIL_HOST"],
        port=settings["MAIL_PORT"],
        sender=settings["MAIL_SENDER"],
        base_url=settings["BASE_URL"],
        security=settings["MAIL_SECURITY"],
        login=settings["MAIL_LOGIN"],
        password=settings["MAIL_PASSWORD"],
    )


def send_mail(message: Any, mailbox: Mailbox | None) -> Outcome:
    """Send one claimed message.

    Until the server has been given the text every failure is a refusal; from then on only its answer tells.
    """
    if mailbox is None:
        return refused(_("没有设置发信服务器，请运维人员设置 MAIL_HOST。"))
    if not is_address(message.address):
        return refused_for_good(_("邮箱地址不完整，请收件人在消息设置里改正。"))
    payload = mail_of(message, mailbox).as_bytes()
    try:
        with _connected(mailbox) as server:
            return _hand_over(server, mailbox, message.address, payload)
    except smtplib.SMTPResponseException as refusal:  # greeting, STARTTLS or login: our own trouble
        return refused(_words(refusal.smtp_code, refusal.smtp_error))
    except ssl.SSLCertVerificationError:
        return refused(_("发信服务器的证书不可信，没有发送。请运维人员核对 MAIL_HOST 和证书。"))
    except (OSError, smtplib.SMTPException) as trouble:
        return refused(_("没有连上发信服务器：%(why)s。", why=type(trouble).__name__))


def mail_of(message: Any, mailbox: Mailbox) -> EmailMessage:
    """The message as mail; its ``Message-ID`` follows from the row, so that a second one is told apart."""
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = one_line(message.subject)
    mail["From"] = Address("优均台账", addr_spec=mailbox.sender)
    mail["To"] = Address(addr_spec=message.address)
    mail["Date"] = message.created_at
    mail["Message-ID"] = f"<{message.county_id}.{message.id}@{urlsplit(mailbox.base_url).hostname}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


@contextmanager
def _connected(mailbox: Mailbox) -> Iterator[smtplib.SMTP]:
    server = _greeted(mailbox)
    try:
        if mailbox.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mailbox.login:
            server.login(mailbox.login, mailbox.password)
        server.ehlo_or_helo_if_needed()
        yield server
    finally:
        # How the farewell goes says nothing about the message.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _greeted(mailbox: Mailbox) -> smtplib.SMTP:
    if mailbox.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mailbox.host, mailbox.port, timeout=mailbox.timeout_s, context=context)
    return smtplib.SMTP(mailbox.host, mailbox.port, timeout=mailbox.timeout_s)


def _hand_over(server: smtplib.SMTP, mailbox: Mailbox, to: str, payload: bytes) -> Outcome:
    code, words = server.mail(mailbox.sender)
    if code >= 300:  # our own address is refused: another one may be set meanwhile
        return refused(_words(code, words))
    code, words = server.rcpt(to)
    if code >= 300:
        return _answer(code, words)
    code, words = server.docmd("DATA")
    return _settled(server, payload) if code == 354 else _answer(code, words)


def _settled(server: smtplib.SMTP, payload: bytes) -> Outcome:
    """Give the text away; from here on only the server knows."""
    dotted = re.sub(rb"(?m)^\.", b"..", payload)
    try:
        server.send(dotted + (b"" if dotted.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, words = server.getreply()
    except (OSError, smtplib.SMTPException) as trouble:
        server.close()
        return unknown(_("正文已交出，没有收到回执：%(why)s。", why=type(trouble).__name__))
    return SENT if code == 250 else _answer(code, words)


def _answer(code: int, words: bytes | str) -> Outcome:
    return (refused_for_good if 500 <= code < 600 else refused)(_words(code, words))


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return _("发信服务器拒收（%(code)s）：%(why)s", code=code, why=one_line(text)[:200])
