"""Mail over TLS: a server that a known authority vouches for is trusted, no other is given a word."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.messages.outcome import SENT, Fate
from app.messages.smtp import send_mail
from tests.messages.servers import MailServer, free_port
from tests.messages.test_smtp import box, message

pytestmark = pytest.mark.parametrize("security", ["tls", "starttls"])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine with its key, signed by itself."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, private, serialization.NoEncryption()))
    return path


@contextmanager
def tls_server(security: str, certificate: Path) -> Iterator[tuple[MailServer, int]]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    handler, port = MailServer(), free_port()
    way = (
        {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    )
    controller = Controller(handler, hostname="127.0.0.1", port=port, **way)
    if security == "tls":  # the controller would knock without TLS, or without trust
        controller._trigger_server = partial(_knock, port)
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()


def _knock(port: int) -> None:
    unverified = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unverified.check_hostname, unverified.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", port)) as line, unverified.wrap_socket(line) as wrapped:
        wrapped.recv(1024)


def test_server_with_a_trusted_certificate_takes_the_mail(
    security: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_server(security, certificate) as (server, port):
        assert send_mail(message(), box(port, security=security)) == SENT
        assert len(server.envelopes) == 1


def test_server_that_nobody_vouches_for_is_given_nothing(security: str, certificate: Path) -> None:
    with tls_server(security, certificate) as (server, port):
        outcome = send_mail(message(), box(port, security=security, login="ledger", password="secret"))

    assert (outcome.fate, server.envelopes) == (Fate.REFUSED, [])
    assert "证书不可信" in outcome.error


def test_certificate_of_another_name_is_refused(
    security: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with tls_server(security, certificate) as (server, port):
        outcome = send_mail(message(), box(port, security=security, host="localhost"))

    assert (outcome.fate, server.envelopes) == (Fate.REFUSED, [])
