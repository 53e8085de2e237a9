"""What can be wrong with a built-in plan."""

from collections.abc import Iterable

from plans.errors import PlanError
from plans.words import _, listed


class UnknownTemplate(PlanError):
    """There is no built-in plan of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(_("没有名为 %(name)s 的内置方案，可选：%(known)s。", name=name, known=listed(known)))


class BadTemplate(PlanError):
    """A template file breaks its form; ``place`` starts with the file name."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place, problem
        super().__init__(
            _(
                "内置方案文件有误（%(place)s）：%(problem)s。请更正该文件后重试。",
                place=place,
                problem=problem,
            )
        )
