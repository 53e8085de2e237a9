"""What goes to addresses that counties type in: never to private ones, round a redirect, or for long.

Apprise posts with ``requests``, which asks ``urllib3`` for a connection. Both are led through here while a
``Trip`` is under way in the current context and are themselves at all other times. The address that was
looked at is the address that is connected to, so a name that answers differently the second time gains
nothing.
"""

import ipaddress
import socket
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

import requests
from urllib3.exceptions import HTTPError
from urllib3.util import connection as urllib3_connection

CONNECT_S, SILENT_S, WHOLE_S = 5.0, 15.0, 20.0
LONGEST_ANSWER = 64 * 1024  # bytes that are read of it
# Ranges that lead to an IPv4 address inside them, private ones too, and one that is private but not said so.
_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96", "fec0::/10"),
    )
)


class PrivateAddress(OSError):
    """A name leads to an address that only the operator's own network reaches."""

    def __init__(self, host: str) -> None:
        super().__init__(f"{host} leads to a private address")


@dataclass
class Trip:
    """One request that leaves, and what became of it."""

    allowed: Collection[str] = ()  # private hosts that the operator has listed
    silent_s: float = SILENT_S
    whole_s: float = WHOLE_S
    is_refused: bool = False
    is_connected: bool = False
    is_untrusted: bool = False  # its certificate
    response: requests.Response | None = None
    watched: list[tuple[socket.socket, Timer]] = field(default_factory=list)


_under_way: ContextVar[Trip | None] = ContextVar("trip", default=None)
_connect = urllib3_connection.create_connection
_request = requests.Session.request


@contextmanager
def trip(one: Trip) -> Iterator[Trip]:
    """Guard what is requested inside the block."""
    token = _under_way.set(one)
    try:
        yield one
    finally:
        _under_way.reset(token)
        for line, timer in one.watched:
            timer.cancel()
            line.close()


def public_addresses(host: str, port: int, allowed: Collection[str]) -> list[str]:
    """The addresses of a host; every one that its name leads to has to be public.

    Raises PrivateAddress, OSError when the name leads nowhere.
    """
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host.lower() not in allowed and not all(is_public(address) for address in found):
        raise PrivateAddress(host)
    return found


def is_public(address: str) -> bool:
    """Whether everybody can reach an address.

    >>> [is_public(one) for one in ("93.184.215.14", "10.1.2.3", "::1", "::ffff:127.0.0.1", "169.254.1.1")]
    [True, False, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    is_closed = ip.version == 6 and any(ip in network for network in _CLOSED)
    return ip.is_global and not ip.is_multicast and not is_closed


def is_private_literal(host: str, allowed: Collection[str]) -> bool:
    """Whether a host is a private address itself, however it is spelled; names are looked at when sending.

    >>> [is_private_literal(one, ()) for one in ("127.1", "0x7f000001", "2130706433", "::1", "example.org")]
    [True, True, True, True, False]
    """
    try:
        entries = socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except OSError:
        return False
    return host.lower() not in allowed and not all(is_public(str(entry[4][0])) for entry in entries)


def _guarded_connect(address: tuple[str, int], *arguments: Any, **options: Any) -> socket.socket:
    one = _under_way.get()
    if one is None:
        return _connect(address, *arguments, **options)
    host, port = address
    try:
        ready = public_addresses(host.strip("[]"), port, one.allowed)
    except PrivateAddress:
        one.is_refused = True
        raise
    connected = _first_of(ready, port, arguments, options)
    one.is_connected = True
    _watch(one, connected)
    return connected


def _first_of(addresses: list[str], port: int, arguments: Any, options: Any) -> socket.socket:
    for address in addresses[:-1]:
        with suppress(OSError):
            return _connect((address, port), *arguments, **options)
    return _connect((addresses[-1], port), *arguments, **options)


def _watch(one: Trip, connected: socket.socket) -> None:
    # A time-out of the socket begins anew with each byte; this ends the whole conversation.
    line = connected.dup()

    def end() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = Timer(one.whole_s, end)
    timer.daemon = True
    timer.start()
    one.watched.append((line, timer))


def _guarded_request(session: requests.Session, *arguments: Any, **options: Any) -> requests.Response:
    one = _under_way.get()
    if one is None:
        return _request(session, *arguments, **options)
    session.trust_env = False  # a proxy would look the name up by itself
    own = {"allow_redirects": False, "stream": True, "timeout": (CONNECT_S, one.silent_s), "verify": True}
    try:
        response = _request(session, *arguments, **{**options, **own})
    except requests.exceptions.SSLError as trouble:
        one.is_untrusted = "CERTIFICATE_VERIFY_FAILED" in str(trouble)
        raise
    one.response = _with_short_answer(response)
    return response


def _with_short_answer(response: requests.Response) -> requests.Response:
    try:
        # What the program reads of it later is this and no more.
        response._content = response.raw.read(LONGEST_ANSWER, decode_content=True)
    except (OSError, HTTPError):  # its status is known, which is enough
        response._content = b""
    response._content_consumed = True
    response.close()
    return response


urllib3_connection.create_connection = _guarded_connect
setattr(requests.Session, "request", _guarded_request)  # noqa: B010 -- of another type for mypy
