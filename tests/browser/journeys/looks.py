"""How the pages look on each walk: language, window, theme and size of type."""

from dataclasses import dataclass

from tests.architecture.english import english
from tests.browser.conftest import DESK, PHONE

ENGLISH = english()


@dataclass(frozen=True)
class Look:
    """One way of seeing the pages; ``no`` tells apart what each walk works on."""

    no: int
    name: str
    language: str
    window: tuple[int, int]
    theme: str = "system"
    size: str = "normal"

    @property
    def is_narrow(self) -> bool:
        return self.window == PHONE

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    def cookies(self, site: str) -> list[dict[str, str]]:
        """What the browser keeps of these choices."""
        kept = {"language": self.language, "theme": self.theme, "size": self.size}
        return [{"name": name, "value": value, "url": site} for name, value in kept.items()]

    def say(self, text: str, **values: object) -> str:
        """A text of the interface in the language of the walk; without English it is a KeyError."""
        form = 0 if values.get("n") == 1 else -1
        return (ENGLISH[text][form] if self.is_english else text) % values


LOOKS = (
    Look(1, "zh-desk", "zh-CN", DESK),
    Look(2, "zh-phone", "zh-CN", PHONE),
    Look(3, "en-desk", "en", DESK),
    Look(4, "en-phone", "en", PHONE),
    Look(5, "en-desk-dark-large", "en", DESK, theme="dark", size="large"),
)
