"""Data elements: code, Chinese header, unit and kind of every column (rulebooks/elements.yaml)."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scoring.strict_yaml import check_keys, read_yaml
from scoring.words import _

RULEBOOKS = Path(__file__).parent / "rulebooks"
_FILE = "elements.yaml"
_OPTIONAL = ("unit", "stages", "choices", "decimals", "at_most", "required", "only")
_LARGEST = 1_000_000_000  # keeps every scaled integer exact in a float64


@dataclass(frozen=True)
class Element:
    """One column: a figure or fact of a school (and stage) or of the county."""

    code: str
    label: str  # Chinese header
    level: str  # school or county
    kind: str  # int, float, text or choice
    unit: str = ""
    stage: str | None = None  # primary, junior, senior; None = the whole school or county
    stem: str = ""  # code without the stage suffix
    decimals: int = 0  # digits kept for exact judgement
    at_most: int = _LARGEST  # larger figures are refused as slips
    required: bool = False
    choices: dict[str, str] = field(default_factory=dict)  # what may be written → stored value
    only: tuple[str, ...] = ()  # standards that use it; empty = all
    name: str = ""  # the label without its stage

    @property
    def is_number(self) -> bool:
        """Whether cells hold figures."""
        return self.kind in ("int", "float")

    @property
    def header(self) -> str:
        """Header of the workbook template, with its unit.

        >>> ELEMENTS["teaching_area_m2"].header, ELEMENTS["equipment_value_wan"].header
        ('教学及辅助用房面积(㎡)', '教学仪器设备值(万元)')
        """
        bare = not self.unit or "(" in self.label
        return self.label if bare else _("%(label)s(%(unit)s)", label=self.label, unit=self.unit)


@dataclass(frozen=True)
class SchoolKind:
    """A kind of school and the stages it holds."""

    label: str
    stages: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def element_of(header: str) -> Element | None:
    """Element named by a code or a Chinese header, with or without its unit; None if there is no such.

    >>> element_of("小学在校生数").code, element_of(" students_primary ").code
    ('students_primary', 'students_primary')
    >>> element_of("教学仪器设备值（万元）").code
    'equipment_value_wan'
    >>> element_of("教学仪器设备值（元）") is None
    True
    """
    return _BY_HEADER.get(plain(header))


def bare(label: str) -> str:
    """A label without its unit, in the reader's language.

    >>> bare("教学仪器设备值(万元)")
    '教学仪器设备值'
    """
    return str(label).split("(")[0].strip()


def plain(text: str) -> str:
    """Text in one form: half-width, without spaces, lower case.

    >>> plain(" 小学 在校生数（人） ")
    '小学在校生数(人)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _read_kinds(tables: dict[str, Any]) -> dict[str, SchoolKind]:
    for label, table in tables.items():
        check_keys(_FILE, label, table, needed=["stages"], allowed=["aliases"])
    return {
        label: SchoolKind(_(label), tuple(table["stages"]), tuple(table.get("aliases", ())))
        for label, table in tables.items()
    }


def _read_elements(tables: list[dict[str, Any]]) -> Iterator[Element]:
    for table in tables:
        check_keys(
            _FILE, str(table.get("code")), table, needed=["code", "label", "level", "kind"], allowed=_OPTIONAL
        )
        yield from _by_stage(table)


def _by_stage(table: dict[str, Any]) -> Iterator[Element]:
    known: dict[str, Any] = {
        key: table[key] for key in ("level", "kind", "unit", "decimals", "at_most") if key in table
    }
    known |= {"only": tuple(table.get("only", ())), "choices": _choices(table), "stem": table["code"]}
    known |= {"required": table.get("required") == "yes", "name": table["label"]}
    if "stages" not in table:
        yield Element(code=table["code"], label=table["label"], **known)
    for stage in table.get("stages", ()):
        label = _("%(stage)s%(label)s", stage=STAGE_LABELS[stage], label=table["label"])
        yield Element(code=f"{table['code']}_{stage}", label=label, stage=stage, **known)


def _choices(table: dict[str, Any]) -> dict[str, str]:
    if table["code"] == "school_kind":
        return {name: kind.label for kind in SCHOOL_KINDS.values() for name in (kind.label, *kind.aliases)}
    choices = table.get("choices", {})
    return {**{value: code for code, value in choices.items()}, **{code: code for code in choices}}


def _headers(element: Element) -> Iterator[str]:
    yield plain(element.code)
    yield plain(element.label)
    yield plain(element.header)


_CONTENT = read_yaml(RULEBOOKS / _FILE)
check_keys(_FILE, "", _CONTENT, needed=["stages", "school_kinds", "elements"])
STAGE_LABELS: dict[str, str] = _CONTENT["stages"]
STAGES = ("primary", "junior")  # the stages that are assessed; senior only takes its share
SCHOOL_KINDS = _read_kinds(_CONTENT["school_kinds"])
ELEMENTS: dict[str, Element] = {element.code: element for element in _read_elements(_CONTENT["elements"])}
_BY_HEADER = {header: element for element in ELEMENTS.values() for header in _headers(element)}
