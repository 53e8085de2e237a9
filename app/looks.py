"""How pages look to a person: theme, size of type, single-key shortcuts.

The browser keeps the choice and the server paints by it, so that no page flashes in the other theme first.
"""

from dataclasses import dataclass

from flask import Blueprint, Flask, Response, redirect, request

from app.auth.addresses import own_address
from app.auth.presence import open_to_all
from app.cookies import keep_choice

CHOICES = {  # what can be chosen, the default first
    "theme": ("system", "light", "dark"),
    "size": ("normal", "large"),
    "keys": ("on", "off"),
}

bp = Blueprint("looks", __name__)


@dataclass(frozen=True)
class Looks:
    """What the person chose, or the defaults."""

    theme: str
    size: str
    keys: str

    @property
    def dark_on(self) -> str:
        """The media on which the dark sheet holds; paper is always light."""
        return {"system": "screen and (prefers-color-scheme: dark)", "dark": "screen"}.get(self.theme, "")


def init_app(app: Flask) -> None:
    """Tell every page how to look."""
    app.context_processor(lambda: {"looks": current_looks()})
    app.register_blueprint(bp)


@bp.post("/looks")
@open_to_all  # chosen before signing in too
def choose() -> Response:
    answer = redirect(own_address(request.form.get("next")), 303)
    for name, values in CHOICES.items():
        if (wanted := request.form.get(name)) in values:
            keep_choice(answer, name, wanted)  # type: ignore[arg-type]
    return answer  # type: ignore[return-value]


def current_looks() -> Looks:
    """The choices of this browser; what is unknown counts as not chosen."""
    return Looks(**{name: _chosen(name, values) for name, values in CHOICES.items()})


def _chosen(name: str, values: tuple[str, ...]) -> str:
    wanted = request.cookies.get(name, "")
    return wanted if wanted in values else values[0]
