"""Theme, size of type and shortcuts as the person chose them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
FOLLOWING = 'media="screen and (prefers-color-scheme: dark)"'


def head(http: FlaskClient) -> tuple[str, str]:
    """The root element, and the line of the dark sheet if there is one."""
    lines = http.get("/sign-in").text.splitlines()
    return next(x for x in lines if "<html" in x), next((x for x in lines if 'id="dark"' in x), "")


def test_nothing_chosen_follows_the_system(app: Flask) -> None:
    root, dark = head(app.test_client())

    assert 'data-theme="system" data-size="normal" data-keys="on"' in root
    assert FOLLOWING in dark


@pytest.mark.parametrize(
    ("theme", "media"), [("dark", 'media="screen"'), ("system", FOLLOWING), ("light", "")]
)
def test_theme_is_in_the_page_as_it_leaves_the_server(app: Flask, theme: str, media: str) -> None:
    http = app.test_client()

    sent = http.post("/looks", data={"theme": theme, "next": "/sign-in?next=/tasks"})
    root, dark = head(http)

    assert (sent.status_code, sent.location) == (303, "/sign-in?next=/tasks")
    assert f'data-theme="{theme}"' in root
    assert (media in dark) if media else dark == ""


def test_one_choice_leaves_the_others(app: Flask) -> None:
    http = app.test_client()

    for choice in ({"theme": "dark"}, {"size": "large"}, {"keys": "off"}):
        http.post("/looks", data=choice)

    assert 'data-theme="dark" data-size="large" data-keys="off"' in head(http)[0]
    http.post("/looks", data={"size": "normal"})
    assert 'data-theme="dark" data-size="normal" data-keys="off"' in head(http)[0]


@pytest.mark.parametrize("value", ["", "pink", "DARK", 'dark" onload="x', "e" * 500])
def test_unknown_look_is_the_default(app: Flask, value: str) -> None:
    http = app.test_client()

    sent = http.post("/looks", data={"theme": value, "next": "//elsewhere.example"})
    http.set_cookie("size", value)

    assert sent.location == "/"
    assert "Set-Cookie" not in sent.headers
    assert 'data-theme="system" data-size="normal"' in head(http)[0]
