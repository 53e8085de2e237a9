"""What can be wrong with a built-in plan."""

from collections.abc import Iterable

from plans.errors import PlanError


class UnknownTemplate(PlanError):
    """There is no built-in plan of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        super().__init__(f"没有名为 {name} 的内置方案，可选：{'、'.join(known)}。")


class BadTemplate(PlanError):
    """A template file breaks its form; ``place`` starts with the file name."""

    def __init__(self, place: str, problem: str) -> None:
        self.place, self.problem = place, problem
        super().__init__(f"内置方案文件有误（{place}）：{problem}。请更正该文件后重试。")
