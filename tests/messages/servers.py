"""A mail server and a receiver of webhooks as tests need them: real ones, that refuse or break on request."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """``answers``: what is said to RCPT and after the text; "break" ends the connection without a word."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.rcpt, self.data, self.quit = "250 OK", "250 OK", "221 Bye"

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data == "break":
            assert server.transport is not None
            server.transport.abort()
            return "250 never heard"
        if self.data.startswith("250"):
            self.envelopes.append(envelope)
        return self.data

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.quit


@contextmanager
def mail_server(handler: MailServer | None = None) -> Iterator[tuple[MailServer, int]]:
    """A server on a free port of this machine."""
    handler = handler or MailServer()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


class Receiver:
    """What a webhook was given, and what it answers; ``drip``: seconds between the bytes of its answer."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.status, self.location, self.wait, self.drip = 200, "", 0.0, 0.0
        self.answer = b"{}"


@contextmanager
def receiver() -> Iterator[tuple[Receiver, int]]:
    """A receiver on a free port of this machine."""
    state = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            time.sleep(state.wait)
            self.send_response(state.status)
            if state.location:
                self.send_header("Location", state.location)
            self.send_header("Content-Length", str(len(state.answer)))
            self.end_headers()
            for byte in state.answer:
                time.sleep(state.drip)
                self.wfile.write(bytes([byte]))

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_arguments: Any) -> None:
            """Whoever asked has gone: that is what is tested."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield state, server.server_address[1]
        server.shutdown()


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])
