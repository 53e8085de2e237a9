"""``kill -9`` of the scheduler at twenty random moments over five thousand due tasks, while mail goes out."""

import logging
import random

import pytest
from flask import Flask

from plans.models import MessageState
from tests.factories import Factory
from tests.jobs.crowd import Crowd, of_message
from tests.jobs.lives import Lives, moments
from tests.jobs.post_office import PostOffice, post_office
from tests.pages import PageClient

pytestmark = pytest.mark.slow
KILLS = 20
SERVER_S = 0.015  # before a mail is accepted, and again before that is said
log = logging.getLogger(__name__)


def test_twenty_kills_double_nothing_and_lose_nothing(app: Flask, make: Factory, client: PageClient) -> None:
    with post_office(SERVER_S) as (server, settings):
        lives = Lives(app, make, server, settings)
        whole = lives.whole()
        when = moments(random.Random(6), KILLS, whole=whole, mail=4 * SERVER_S)
        deaths = [lives.killed(moment) for moment in when]
        lives.finish()
    n_between, unknown = sum(one.is_between_mails for one in deaths), lives.unknown()
    n_rowless = sum(not one.rows for one in deaths)
    log.warning(
        "%s rows, %s mails, %s unknown; %s kills before the rows, %s between mails; a life of %.1f s",
        len(lives.crowd.expected),
        len(server.taken),
        unknown,
        n_rowless,
        n_between,
        whole,
    )

    assert sorted(lives.crowd.told()) == sorted(lives.crowd.expected)
    _nothing_is_sent_twice_or_lost(lives.crowd, server)
    _unknown_are_listed(lives.crowd, client, unknown)
    # They were killed in the middle of their work, not before and after.
    assert n_between >= 3
    assert 0 < n_rowless < KILLS
    assert 0 < unknown <= KILLS


def _nothing_is_sent_twice_or_lost(crowd: Crowd, server: PostOffice) -> None:
    messages = crowd.messages()
    sent, unknown = (
        {of_message(crowd.county, row.id) for row in messages if row.state is state}
        for state in (MessageState.SENT, MessageState.UNKNOWN)
    )
    taken = set(server.taken)
    assert server.twice() == []
    assert sent <= taken <= sent | unknown
    assert len(sent | unknown) == len(messages) == crowd.n_people
    carried = [reminder_id for row in messages for reminder_id in row.reminder_ids]
    assert sorted(carried) == sorted(crowd.reminder_ids())


def _unknown_are_listed(crowd: Crowd, client: PageClient, unknown: int) -> None:
    client.sign_in(crowd.office)
    page = client.get_page("/messages/outgoing?state=unknown")
    listed = [row.text for row in page.select("tbody tr")]
    assert len(listed) == unknown
    assert all("结果不明" in text and "同志" in text for text in listed)
