"""What can go wrong in plans: named facts, each with a sentence that says what, why and what now."""

from datetime import date


class PlanError(Exception):
    """Base of all refusals of this package; ``str(error)`` is fit for the user."""


class MoveNotAllowed(PlanError):
    """A task cannot make this move from where it stands."""

    def __init__(self, state: str, move: str) -> None:
        self.state, self.move = state, move
        super().__init__("任务当前状态不允许这一操作，可能已被他人处理。请刷新页面后再试。")


class ActNotAllowed(PlanError):
    """The actor's role or unit does not include this act."""

    def __init__(self, who_may: str) -> None:
        self.who_may = who_may
        super().__init__(f"您没有办理这一事项的权限，应由{who_may}办理。")


class NotFound(PlanError):
    """No such row in the county in scope."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"找不到该{kind}，可能已被删除，或不属于本县。")


class StaleTask(PlanError):
    """Somebody else changed the task since it was shown."""

    def __init__(self, by: str, at_text: str) -> None:
        self.by = by
        super().__init__(f"{by}已于{at_text}更新了该任务，您的填写已保留，请核对后再次提交。")


class ReasonMissing(PlanError):
    """The act needs a reason in words."""

    def __init__(self, act: str) -> None:
        super().__init__(f"{act}须写明理由。")


class EvidenceMissing(PlanError):
    """Close-out is asked for without a single piece of evidence."""

    def __init__(self) -> None:
        super().__init__("申请销号须至少附一份佐证材料，请先上传。")


class DeadlineOutsidePlan(PlanError):
    """The day lies before today or after the plan's horizon."""

    def __init__(self, due_on: date, horizon_year: int | None) -> None:
        self.due_on, self.horizon_year = due_on, horizon_year
        super().__init__(
            f"完成时限{due_on:%Y-%m-%d}不在可选范围内，应不早于今天"
            + (f"、不晚于{horizon_year}年年底。" if horizon_year else "。")
        )


class PlanAlreadyAccepted(PlanError):
    """The same document has been accepted before."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(f"该文件已导入为《{title}》，未重复建立。")
