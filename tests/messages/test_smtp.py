"""Mail: what was refused, what went, and what nobody can say."""

import email
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email.policy import default
from types import SimpleNamespace
from typing import Any

import pytest

from app.messages.outcome import SENT, Fate
from app.messages.smtp import Mailbox, send_mail
from tests.messages.servers import MailServer, free_port, mail_server


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[MailServer, int]]:
    with mail_server() as server:
        yield server


@pytest.fixture
def server(running: tuple[MailServer, int]) -> MailServer:
    running[0].__init__()  # type: ignore[misc] -- as it was at the beginning
    return running[0]


@pytest.fixture
def mailbox(running: tuple[MailServer, int]) -> Mailbox:
    return box(running[1])


def box(port: int, **more: Any) -> Mailbox:
    wanted = {
        "host": "127.0.0.1",
        "sender": "ledger@example.org",
        "base_url": "https://ledger.example.org",
        "timeout_s": 2.0,
    }
    return Mailbox(port=port, **{**wanted, **more})


def message(**fields: Any) -> Any:
    usual = {
        "county_id": 7,
        "id": 42,
        "address": "jia@example.org",
        "subject": "今日提醒",
        "text": "两项任务临期。\n.只有一点开头的行",
        "html": "<p>两项任务临期。</p>",
        "created_at": datetime(2026, 11, 24, 1, tzinfo=UTC),
    }
    return SimpleNamespace(**{**usual, **fields})


def test_mail_arrives_as_text_and_html_with_an_id_from_the_row(server: MailServer, mailbox: Mailbox) -> None:
    assert send_mail(message(), mailbox) == SENT

    envelope = server.envelopes[0]
    assert isinstance(envelope.content, bytes)
    mail = email.message_from_bytes(envelope.content, policy=default)
    assert envelope.rcpt_tos == ["jia@example.org"]
    assert (mail["Message-ID"], mail["Subject"]) == ("<7.42@ledger.example.org>", "今日提醒")
    assert mail.get_body(("plain",)).get_content() == "两项任务临期。\r\n.只有一点开头的行\r\n"
    assert mail.get_body(("html",)).get_content() == "<p>两项任务临期。</p>\r\n"


@pytest.mark.parametrize(
    ("step", "answer", "fate"),
    [
        ("rcpt", "550 no such user", Fate.REFUSED_FOR_GOOD),
        ("rcpt", "450 mailbox busy", Fate.REFUSED),
        ("data", "554 looks like spam", Fate.REFUSED_FOR_GOOD),
        ("data", "451 try later", Fate.REFUSED),
        ("data", "break", Fate.UNKNOWN),
        ("quit", "500 what", Fate.SENT),  # how the farewell goes says nothing about the message
    ],
)
def test_answer_tells_the_fate(
    server: MailServer, mailbox: Mailbox, step: str, answer: str, fate: Fate
) -> None:
    setattr(server, step, answer)

    assert send_mail(message(), mailbox).fate is fate


def test_nobody_there_is_a_refusal() -> None:
    assert send_mail(message(), box(free_port())).fate is Fate.REFUSED


def test_server_that_never_greets_is_a_refusal() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]

        assert send_mail(message(), box(port, timeout_s=0.2)).fate is Fate.REFUSED


def test_login_or_encryption_that_the_server_lacks_is_worth_another_try(mailbox: Mailbox) -> None:
    for missing in ({"login": "ledger", "password": "x"}, {"security": "starttls"}):
        assert send_mail(message(), box(mailbox.port, **missing)).fate is Fate.REFUSED


def test_header_injection_ends_up_as_words(server: MailServer, mailbox: Mailbox) -> None:
    send_mail(message(subject="标题\r\nBcc: yi@example.org\n\nbody"), mailbox)

    content = server.envelopes[0].content
    assert isinstance(content, bytes)
    mail = email.message_from_bytes(content, policy=default)
    assert (mail["Bcc"], mail["Subject"]) == (None, "标题 Bcc: yi@example.org body")


@pytest.mark.parametrize("address", ["jia@example.org\r\nRCPT TO:<yi@example.org>", "", "not an address"])
def test_address_that_is_none_never_leaves(server: MailServer, mailbox: Mailbox, address: str) -> None:
    assert send_mail(message(address=address), mailbox).fate is Fate.REFUSED_FOR_GOOD
    assert server.envelopes == []


def test_without_a_server_nothing_is_lost() -> None:
    assert send_mail(message(), None).fate is Fate.REFUSED
