"""Built-in plans in the words of this project, in the same JSON shape as a plan read from Word."""

from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plans.templates.consistency import check_consistency
from plans.templates.errors import UnknownTemplate
from plans.templates.form import check_form
from plans.templates.plan_form import PLAN
from plans.templates.shape import in_shape
from plans.templates.strict_yaml import read_yaml
from plans.words import _

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class TemplateEntry:
    """A built-in plan as it is offered for choice."""

    name: str
    title: str
    description: str


TEMPLATES = (
    TemplateEntry(
        "to-2029",
        _("到2029年的实施方案（已列责任单位）"),
        _("六个方面25项措施，附指标分工和单位职责，可直接分解任务。"),
    ),
    TemplateEntry(
        "to-2032",
        _("到2032年的推进方案（未列责任单位）"),
        _("六个方面26项任务，部分目标高于国家标准，责任单位由本县指定。"),
    ),
)


def load_template(name: str) -> dict[str, Any]:
    """A built-in plan in the JSON shape of the plan reading; the first unit of a measure leads.

    ``paragraph`` is None throughout. Two keys more than a plan that was read:
    ``targets``, each with ``at_least`` and ``national`` as decimal text (``national`` None = no
    national figure, ``indicator_code`` None = no indicator of the standard, ``stage`` None = both),
    and ``recurring``, each with a ``rule`` of RFC 5545 whose days are the deadlines.

    Raises UnknownTemplate, BadTemplate.

    >>> load_template("to-2032")["horizon"]
    2032
    """
    names = [entry.name for entry in TEMPLATES]
    if name not in names:
        raise UnknownTemplate(name, names)
    return deepcopy(_read_once(FOLDER / f"{name}.yaml"))


@cache
def _read_once(file: Path) -> dict[str, Any]:
    return read_template(file)


def read_template(file: Path) -> dict[str, Any]:
    """One template file, checked whole, in the shape of ``load_template``. Raises BadTemplate."""
    table = read_yaml(file)
    check_form(file.name, table, PLAN)
    check_consistency(file.name, table)
    return in_shape(table)
