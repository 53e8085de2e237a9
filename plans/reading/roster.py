"""One unit per office, whatever it is called: names of a whole document settled together."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.reading.offices import PARTY_ORGANS, SAME_OFFICE
from plans.reading.units import level_of, with_level

_BRACKET = re.compile(r"（(?P<other>[^（）]*)）$")
_TOWNSHIPS = re.compile(r"各(?:乡|镇)")


@dataclass(frozen=True)
class Roster:
    """The offices of a document by key; ``level`` is the sign (县, 市) that most names carry."""

    level: str
    names: Mapping[str, str]
    forms: Mapping[str, tuple[str, ...]]
    same: Mapping[str, str]

    @classmethod
    def of(cls, mentions: Iterable[str]) -> "Roster":
        """Settle the names; an office is called as it is called most often, at a tie as it is called first.

        >>> roster = Roster.of(["县编办", "县委编办", "县委编办", "教育局", "县教育局", "县教育局"])
        >>> roster.name("教育局"), roster.name("县编办"), roster.aliases("县委编办")
        ('县教育局', '县委编办', ('县编办',))
        """
        written = list(mentions)
        levels = Counter(level_of(form) for form in written if level_of(form))
        level = levels.most_common(1)[0][0] if levels else ""
        full = [with_level(form, level) for form in written]
        same = dict(pair for form in full for pair in _second_names(form))
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for form in full:
            counts[_office(form, same)][form] += 1
        names = {key: forms.most_common(1)[0][0] for key, forms in counts.items()}
        return cls(level, names, {key: tuple(forms) for key, forms in counts.items()}, same)

    def name(self, mention: str) -> str:
        """The one name of the office that the mention means; a new office keeps the words of the mention."""
        full = with_level(mention, self.level)
        return self.names.get(_office(full, self.same), full)

    def aliases(self, name: str) -> tuple[str, ...]:
        """The other names that the document uses."""
        return tuple(form for form in self.forms.get(_office(name, self.same), ()) if form != name)

    def settle(self, mentions: Iterable[str]) -> tuple[str, ...]:
        """The names of the mentions, each once."""
        return tuple(dict.fromkeys(self.name(mention) for mention in mentions))


def _second_names(form: str) -> Iterable[tuple[str, str]]:
    """市农业农村局（乡村振兴局）: the office in brackets is the same house."""
    if found := _BRACKET.search(form):
        main = _key(form)
        for other in found["other"].split("、"):
            yield _key(with_level(other, level_of(form))), main


def _office(form: str, same: Mapping[str, str]) -> str:
    key = _key(form)
    return same.get(key, key)


def _key(form: str) -> str:
    if form.startswith("各"):
        return "各乡镇" if _TOWNSHIPS.match(form) else form
    level = level_of(form)
    office = _BRACKET.sub("", form[len(level) :]).replace("人民政府", "政府")
    office = re.sub(r"办公室$", "办", office)
    if not level and office.startswith("市场"):
        level = "市"
    office = office[1:] if office.startswith("委") and len(office) > 2 else office
    office = SAME_OFFICE.get(office, office)
    return level + ("委" + office if office in PARTY_ORGANS else office)
