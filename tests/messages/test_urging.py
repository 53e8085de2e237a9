"""催办 by hand, from the office's page to the mail and back to the very task."""

import re
from email import message_from_bytes
from email.policy import default

import time_machine

from app.jobs.lines import everywhere
from app.jobs.reminders import tick
from app.messages.outcome import Fate
from tests.messages.post import NINE, Post
from tests.pages import PageClient

AT = NINE.replace(hour=8, minute=10)  # before the digest
WORDS = "请于本周内报送进展"


def test_urging_reaches_the_unit_by_mail_whose_link_opens_that_very_task(
    post: Post, client: PageClient
) -> None:
    scene, make = post.scene, post.scene.make
    make.task(scene.county, unit_id=scene.unit_id, title="另一项任务")  # which the link could open instead
    scene.address(scene.stranger, "stranger@example.org")
    with time_machine.travel(AT, tick=False):
        _urge(client, post)
        _write_reminders(post)
        assert (post.compose(AT), post.deliver(AT)) == (1, {Fate.SENT: 1})
        client.http.post("/sign-out")
        client.sign_in(scene.unit)
        page = client.get_page(_link(post))
        _write_reminders(post)

        assert page.h1.get_text(strip=True).startswith("补齐音乐教室")
        assert page.find("form", action=re.compile(f"/tasks/{scene.task_id}/"))
        assert WORDS in page.get_text()
        assert (post.compose(AT), post.deliver(AT)) == (0, {})
    assert [one.rcpt_tos for one in post.server.envelopes] == [["jia@example.org"]]


def _urge(client: PageClient, post: Post) -> None:
    client.sign_in(post.scene.office)
    path = f"/tasks/{post.scene.task_id}"
    form = client.get_page(path).find("form", action=f"{path}/acts/urge")
    fields = {field["name"]: field.get("value", "") for field in form.select("[name]")}
    client.post_page(form["action"], {**fields, "urge-note": WORDS})


def _write_reminders(post: Post) -> None:
    with post.scene.make.app.app_context(), everywhere() as connection:
        tick(connection, at=AT)
        connection.commit()


def _link(post: Post) -> str:
    """The only link to a message in the only mail, as a path."""
    (envelope,) = post.server.envelopes
    assert isinstance(envelope.content, bytes)
    text = message_from_bytes(envelope.content, policy=default).get_body(("plain",)).get_content()
    assert "催办" in text
    (path,) = re.findall(r"https?://[^/]+(/messages/\d+)", text)
    return str(path)
