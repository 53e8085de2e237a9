"""A mail server that takes its time and remembers what it took, so that one can die at any point of it."""

import asyncio
import email
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.messages.servers import MailServer, mail_server


class PostOffice(MailServer):
    """``taken``: ``Message-ID`` of every mail that was accepted; ``seconds``: before that and after it."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.taken: list[str] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.seconds)
        assert isinstance(envelope.content, bytes)
        self.taken.append(email.message_from_bytes(envelope.content)["Message-ID"])
        # From here on the mail is delivered, and whoever sent it does not know yet.
        await asyncio.sleep(self.seconds)
        return "250 OK"

    def twice(self) -> list[str]:
        return [one for one, n in Counter(self.taken).items() if n > 1]


@contextmanager
def post_office(seconds: float = 0.0) -> Iterator[tuple[PostOffice, dict[str, str]]]:
    """The server, and the settings of a process that sends over it."""
    with mail_server(PostOffice(seconds)) as (server, port):
        assert isinstance(server, PostOffice)
        yield (
            server,
            {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(port), "MAIL_SENDER": "ledger@example.org"},
        )
