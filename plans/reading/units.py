"""A written list of units → full names: 市财政局、教育局 is 市财政局 and 市教育局.

A name without a level takes the level of the name before it; organs of the party committee take 委 too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.reading.folding import fold, squeeze
from plans.reading.offices import ENDINGS, PARTY_ORGANS

_LEVEL = re.compile(r"(?:中共)?(?:自治(?=[州县旗区]))?(?P<level>[省州市县区旗盟])(?P<office>.{1,24})$")
# Words that begin with the sign of a level and are whole all the same.
_WHOLE = re.compile(
    r"市(?:场|容|民(?!政|族|宗)|政(?:工程|管理|园林|设施|公用|养护|处|局|集团|公司))|区(?:域|划|块)|县域|州际|旗帜"
)
_ENDING = re.compile(rf"(?:{ENDINGS})(?:（.*）)?$")
_NAME = re.compile(r"[\u4e00-\u9fff·（）、“”\d]{2,30}")
_ETC = re.compile(
    r"等?(?:其他)?(?:各?(?:有关|相关|成员|责任))?(?:单位|部门)?(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:分别|共同)?(?:负责|落实)?$"
)
_TOWNS = re.compile(
    r"(?:^|(?<=[、，；。]))各?(?:乡|镇|街道)[^、，；。]{0,8}(?:、(?:镇|街道|片区|园区|农?场|管委会)[^、，；。]{0,5})+"
)
_GUARD = "\x1f"  # stands for a 、 that does not separate
_AND = re.compile(r"(?<=[局委办部院联会室队府心])(?:以?及|和|与)(?=各|[县市区州旗]\S)")
_YOUTH_LEAGUE = re.compile(r"(?:共青)?团(?P<level>[市县区州旗])委$")


@dataclass(frozen=True)
class Names:
    """Full names in the order written; ``unclear`` holds words that are no unit."""

    found: tuple[str, ...]
    unclear: tuple[str, ...] = ()


@dataclass(frozen=True)
class NameReader:
    """Reads lists of units of one county, whose own name (示例县) stands for its level (县)."""

    county: str | None = None

    def read(self, text: str) -> Names:
        """Full names of a written list.

        >>> NameReader().read("市委组织部、编办，市财政局、市场监督管理局，各乡镇、街道").found
        ('市委组织部', '市委编办', '市财政局', '市场监督管理局', '各乡镇、街道')
        >>> NameReader("甲县").read("甲县教育局、财政局 (牵头)").found
        ('县教育局', '县财政局')
        """
        found: list[str] = []
        unclear: list[str] = []
        level = ""
        for word in _words(self._without_county(text)):
            full, level = _full_name(word, level)
            (found if is_unit(full) else unclear).append(full)
        return Names(tuple(dict.fromkeys(found)), tuple(unclear))

    def _without_county(self, text: str) -> str:
        text = fold(text)
        return text.replace(self.county, self.county[-1]) if self.county else text


def is_unit(name: str) -> bool:
    """Whether the words can be the name of an office or of a group of offices.

    >>> is_unit("县教育局"), is_unit("各乡镇、街道"), is_unit("按时完成")
    (True, True, False)
    """
    return bool(_NAME.fullmatch(name)) and (name.startswith("各") or bool(_ENDING.search(name)))


def level_of(name: str) -> str:
    """The sign of the level that a full name begins with; empty when it has none.

    >>> level_of("县教育局"), level_of("市场监督管理局"), level_of("各乡镇")
    ('县', '', '')
    """
    found = None if _WHOLE.match(name) else _LEVEL.match(name)
    return found["level"] if found else ""


def with_level(name: str, level: str) -> str:
    """The name under a level, unless it has one, is a group, or would say 市 twice.

    >>> with_level("教育局", "县"), with_level("市场监督管理局", "市"), with_level("各学校", "县")
    ('县教育局', '市场监督管理局', '各学校')
    """
    says_twice = bool(_WHOLE.match(name)) and name.startswith(level)
    if not level or says_twice or level_of(name) or name.startswith("各"):
        return name
    return level + ("委" if name in PARTY_ORGANS else "") + name


def _full_name(word: str, level: str) -> tuple[str, str]:
    """The name with its level, and the level that the next name inherits (市 or 市委 → 市)."""
    if youth := _YOUTH_LEAGUE.match(word):
        return f"{youth['level']}团委", youth["level"]
    if word.startswith("各"):
        return word, level
    if not _WHOLE.match(word) and (found := _LEVEL.match(word)):
        level, word = found["level"], found["office"]
        if _WHOLE.match(word):
            return level + word, level  # 市市场监督管理局, as it is written
    return with_level(word, level), level


def _words(text: str) -> Iterator[str]:
    """The names of a list one by one, as they are written."""
    for piece in _pieces(_join_broken(text)):
        word = _without_role(piece)
        if word:
            yield word


def _join_broken(text: str) -> str:
    """Lines and blanks of a broken cell: a mark where two whole names meet, nothing inside a name."""
    parts = text.split()
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        first = re.split(r"[、，；]", part, maxsplit=1)[0]
        meets = (
            _ENDING.search(joined) and len(first) > 2 and _ENDING.search(first) and joined[-1] not in "、，；"
        )
        joined += ("、" if meets else "") + part
    return joined


def _pieces(text: str) -> list[str]:
    """Split at marks outside brackets; 各乡镇、街道 stays one group."""
    guarded = _TOWNS.sub(lambda group: group[0].replace("、", _GUARD), _AND.sub("、", text))
    return [piece.replace(_GUARD, "、") for piece in re.split(r"[、，；。/](?![^（]*）)", guarded)]


def _without_role(piece: str) -> str:
    """The bare name: 县教育局（牵头） and 县财政局等部门负责 lose what is not name."""
    piece = squeeze(piece).strip("：:.-—")
    piece = re.sub(r"（(?:牵头|配合|负责|主办|协办|.*单位)）$", "", piece)
    piece = re.sub(r"(?:牵头|配合|参与|协助)(?:负责)?$", "", piece)
    is_group = re.search(r"^各|(?:^|[^等关])(?:单位|部门)$", piece)
    return piece if is_group else _ETC.sub("", piece)
