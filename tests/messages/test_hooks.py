"""Webhooks: which addresses are taken, what is never reached, and what became of a message."""

import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from app.messages import outside
from app.messages.errors import AddressNotOfKind, PrivateHost, RelayRefused
from app.messages.hooks import masked, read_address, send_hook
from app.messages.outcome import SENT, Fate, Outcome
from app.messages.outside import Trip, is_public, public_addresses
from app.models import ChannelKind
from plans.errors import PlanError
from tests.messages.servers import Receiver, free_port, receiver

LOCAL = frozenset({"127.0.0.1", "hooks.example.org"})
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678-1234-1234-1234-123456789012"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/12345678-1234-1234-1234-123456789012"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[Receiver, int]]:
    with receiver() as server:
        yield server


@pytest.fixture
def hook(running: tuple[Receiver, int]) -> Receiver:
    running[0].__init__()  # type: ignore[misc] -- as it was at the beginning
    return running[0]


def send(address: str, **limits: Any) -> Outcome:
    one = Trip(**{"allowed": LOCAL, **limits})
    return send_hook(
        address, subject="今日提醒", text="两项任务临期。", key="digest:1:2026-11-24", outside=one
    )


@pytest.fixture
def address(running: tuple[Receiver, int]) -> str:
    return f"json://127.0.0.1:{running[1]}/hook"


def test_message_arrives_with_its_key(hook: Receiver, address: str) -> None:
    assert send(address) == SENT

    assert hook.bodies[0]["title"] == "今日提醒"
    assert hook.bodies[0]["message"] == "两项任务临期。\n\n编号：digest:1:2026-11-24"


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (204, Fate.SENT),
        (400, Fate.REFUSED_FOR_GOOD),
        (429, Fate.REFUSED),
        (500, Fate.REFUSED),
        (503, Fate.REFUSED),
        (502, Fate.UNKNOWN),  # somebody between who had no answer
        (504, Fate.UNKNOWN),
    ],
)
def test_status_tells_the_fate(hook: Receiver, address: str, status: int, fate: Fate) -> None:
    hook.status = status

    assert send(address).fate is fate


def test_redirect_is_not_followed(hook: Receiver, address: str) -> None:
    hook.status, hook.location = 307, address

    assert send(address).fate is Fate.REFUSED_FOR_GOOD
    assert len(hook.bodies) == 1


def test_time_out_after_handing_over_is_unknown(hook: Receiver, address: str) -> None:
    hook.wait = 0.5

    assert send(address, silent_s=0.1).fate is Fate.UNKNOWN


def test_answer_that_drips_is_cut_off(hook: Receiver, address: str) -> None:
    hook.drip, hook.answer = 0.05, b"x" * 200  # ten seconds

    assert send(address, whole_s=0.3).fate is Fate.SENT  # its status came


def test_nobody_there_is_a_refusal() -> None:
    assert send(f"json://127.0.0.1:{free_port()}/").fate is Fate.REFUSED


def test_certificate_that_nobody_vouches_for_is_a_refusal(running: tuple[Receiver, int]) -> None:
    assert send(f"jsons://127.0.0.1:{running[1]}/?verify=no").fate in (Fate.UNKNOWN, Fate.REFUSED)
    assert running[0].bodies == [] or running[0].bodies[-1]["title"] == "今日提醒"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f000001", "2130706433", "localhost", "[::1]"])
def test_private_address_is_not_reached(hook: Receiver, running: tuple[Receiver, int], host: str) -> None:
    assert send(f"json://{host}:{running[1]}/hook", allowed=frozenset()).fate is not Fate.SENT
    assert hook.bodies == []


def test_name_that_leads_inside_is_refused_for_good(
    hook: Receiver, running: tuple[Receiver, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, "93.184.215.14", "127.0.0.1")  # one of two is enough

    outcome = send(f"json://evil.example.org:{running[1]}/hook", allowed=frozenset())

    assert (outcome.fate, hook.bodies) == (Fate.REFUSED_FOR_GOOD, [])
    assert "内部网络" in outcome.error


def test_the_address_that_was_looked_at_is_the_one_connected_to(
    hook: Receiver, running: tuple[Receiver, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answer_with(monkeypatch, "127.0.0.1")

    assert send(f"json://hooks.example.org:{running[1]}/hook") == SENT
    assert asked.count("hooks.example.org") == 1  # no second look that could answer differently


def answer_with(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name lead to these addresses; what was asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: str, port: int, *more: Any, **options: Any) -> Any:
        asked.append(host)
        if not host.endswith("example.org"):
            return real(host, port, *more, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("::1", "::", "::ffff:10.0.0.1", "::127.0.0.1", "fe80::1", "fc00::1", "fec0::1", "ff02::1"),
        *("64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::", "224.0.0.1", "255.255.255.255"),
    ],
)
def test_closed_addresses(address: str) -> None:
    assert not is_public(address)


def test_names_are_looked_up_when_they_are_used() -> None:
    with pytest.raises(outside.PrivateAddress):
        public_addresses("localhost", 80, ())
    assert "127.0.0.1" in public_addresses("localhost", 80, ("localhost",))


def test_requests_of_others_are_not_touched(hook: Receiver, running: tuple[Receiver, int]) -> None:
    answer = requests.post(f"http://127.0.0.1:{running[1]}/", json={"title": "else"}, timeout=5)

    assert (answer.status_code, hook.bodies) == (200, [{"title": "else"}])


@pytest.mark.parametrize(
    ("kind", "typed", "ready"),
    [
        (ChannelKind.DINGTALK, DINGTALK, "dingtalk://"),
        (ChannelKind.WECOM, WECOM, "wecombot://"),
        (ChannelKind.FEISHU, FEISHU, "feishu://"),
        (ChannelKind.JSON, "https://hooks.example.org/a?verify=no", "jsons://hooks.example.org/a?-verify=no"),
        (ChannelKind.WECOM, "wecombot://12345678-1234-1234-1234-123456789012", "wecombot://"),
    ],
)
def test_addresses_as_services_hand_them_out(kind: ChannelKind, typed: str, ready: str) -> None:
    assert read_address(kind, typed).startswith(ready)


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (ChannelKind.WECOM, "wecom://relay.example.org/key", RelayRefused),
        (ChannelKind.DINGTALK, WECOM, AddressNotOfKind),
        (
            ChannelKind.DINGTALK,
            "https://oapi.dingtalk.com.example.org/robot/send?access_token=1",
            AddressNotOfKind,
        ),
        (ChannelKind.FEISHU, "https://open.feishu.cn@example.org/", AddressNotOfKind),
        (ChannelKind.JSON, "file:///etc/passwd", AddressNotOfKind),
        (ChannelKind.JSON, "mailto://x:y@example.org", AddressNotOfKind),
        (ChannelKind.JSON, "", AddressNotOfKind),
        (ChannelKind.JSON, "http://[", AddressNotOfKind),
        (ChannelKind.JSON, "http://127.0.0.1/", PrivateHost),
        (ChannelKind.JSON, "http://2130706433/", PrivateHost),
        (ChannelKind.JSON, "http://[::1]/", PrivateHost),
    ],
)
def test_addresses_that_are_not_taken(kind: ChannelKind, typed: str, error: type[PlanError]) -> None:
    with pytest.raises(error):
        read_address(kind, typed)


def test_services_say_in_the_text_that_they_refuse(
    hook: Receiver, running: tuple[Receiver, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from apprise.plugins.wecombot import NotifyWeComBot

    plain = f"http://127.0.0.1:{running[1]}/send"
    monkeypatch.setattr(NotifyWeComBot, "api_url", plain, raising=False)
    bot = NotifyWeComBot(key="12345678-1234-1234-1234-123456789012")
    bot.api_url = plain
    monkeypatch.setattr("app.messages.hooks._plugin", lambda _address: bot)
    fates = []
    for answer in (b'{"errcode": 0}', b'{"errcode": 93000, "errmsg": "invalid webhook url"}', b"<html>"):
        hook.answer = answer
        fates.append(send("wecombot://key").fate)

    assert fates == [Fate.SENT, Fate.REFUSED, Fate.UNKNOWN]
    assert "编号：digest:1:2026-11-24" in hook.bodies[0]["text"]["content"]


def test_secret_stays_out_of_pages_and_logs(address: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        send(address + "/geheim")

    assert "geheim" not in caplog.text.replace("POST /hook/geheim", "")
    assert "a1a1" not in masked(read_address(ChannelKind.DINGTALK, DINGTALK))
