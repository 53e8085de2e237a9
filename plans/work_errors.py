"""What can go wrong when plans are worked and changed; as in ``plans.errors``."""

from datetime import date

from plans.calendar import deadline_words
from plans.errors import PlanError
from plans.words import _, _n, day_words


class WordsMissing(PlanError):
    """A text that must be written was left empty."""

    def __init__(self, what: str) -> None:
        super().__init__(_("%(what)s未填写，请补充后再提交。", what=what))


class WeightOutOfRange(PlanError):
    """A weight that is no whole number from 1 to 100."""

    def __init__(self, weight: int) -> None:
        self.weight = weight
        super().__init__(_("权重%(weight)s不在可填范围内，应为 1 至 100 的整数。", weight=weight))


class SubtaskOfSubtask(PlanError):
    """Tasks have one level of sub-tasks."""

    def __init__(self) -> None:
        super().__init__(_("子任务下不能再设子任务，请在上一级任务下添加。"))


class SubtaskTooLate(PlanError):
    """A sub-task would end after the task that it belongs to."""

    def __init__(self, due_on: date) -> None:
        self.due_on = due_on
        super().__init__(
            _(
                "子任务的完成时限不能晚于上级任务的时限%(due_on)s，请提前，或先延长上级任务。",
                due_on=day_words(due_on),
            )
        )


class ParentOverdue(SubtaskTooLate):
    """The task above is past its own day: no day is left for a part of it."""

    def __init__(self, stated: date, due_on: date) -> None:
        self.due_on = due_on
        when = deadline_words(stated, due_on)
        PlanError.__init__(
            self,
            _(
                "上级任务的时限%(when)s已过，子任务没有可选的日期。请先由交办方调整上级任务的时限。",
                when=when,
            ),
        )


class SubtasksOpen(PlanError):
    """Close-out is asked for while sub-tasks are still open."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            _n("还有 %(number)s 项子任务没有销号，不能申请销号。请先办结子任务。", number=number)
        )


class DeadlinePassed(PlanError):
    """More time is asked for after the deadline."""

    def __init__(self, due_on: date) -> None:
        self.due_on = due_on
        super().__init__(
            _(
                "完成时限%(due_on)s已过，不能再申请延期。请抓紧办理，并在进展中说明原因。",
                due_on=day_words(due_on),
            )
        )


class NotLater(PlanError):
    """The day asked for gives no more time."""

    def __init__(self, due_on: date) -> None:
        self.due_on = due_on
        super().__init__(
            _("延期后的时限应晚于现定时限%(due_on)s，请重新选择日期。", due_on=day_words(due_on))
        )


class SameDeadline(PlanError):
    """A deadline was moved to the day on which it stands."""

    def __init__(self, due_on: date) -> None:
        self.due_on = due_on
        super().__init__(_("新时限与现定时限%(due_on)s相同，请另选日期。", due_on=day_words(due_on)))


class ExtensionWaiting(PlanError):
    """The wish before this one has not been answered."""

    def __init__(self) -> None:
        super().__init__(_("上一次延期申请还没有答复，请等待答复后再申请。"))


class NoExtensionWaiting(PlanError):
    """There is no wish to answer."""

    def __init__(self) -> None:
        super().__init__(_("该任务没有待答复的延期申请，可能已被他人答复。请刷新页面后再看。"))


class ExtensionsUsedUp(PlanError):
    """The task was extended as often as the county allows."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(
            _n("该任务已延期 %(limit)s 次，达到上限，不能再延期。如确需调整，请报领导小组研究。", limit=limit)
        )


class WishUnanswered(PlanError):
    """A wish for more time waits while the terms of the task are changed."""

    def __init__(self) -> None:
        super().__init__(_("该任务有待答复的延期申请，请先同意或不同意，再作调整。"))


class SubtasksLater(PlanError):
    """A deadline would come to lie before that of sub-tasks that are still open."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(
            _n("还有 %(number)s 项子任务的时限晚于这一天，请先提前子任务的时限。", number=number)
        )


class SameLead(PlanError):
    """A task changes hands to the unit that has it."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(_("该任务现由%(unit)s牵头，请选择其他单位。", unit=unit))


class SameUnit(PlanError):
    """A unit was to be merged into itself."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        super().__init__(_("%(unit)s不能并入自己，请选择另一个单位。", unit=unit))


class UrgedAlready(PlanError):
    """The task was urged on this working day."""

    def __init__(self) -> None:
        super().__init__(_("该任务本工作日已催办过一次，请下一个工作日再催。"))


class NotInPlan(PlanError):
    """Something of another plan was named."""

    def __init__(self, what: str) -> None:
        super().__init__(_("所选%(what)s不属于这份方案，请重新选择。", what=what))


class StalePlan(PlanError):
    """Somebody else changed the same part of the plan since it was shown."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(
            _("该%(what)s已被他人修改，您的填写没有保存但已保留，请对照最新内容核对后再次提交。", what=what)
        )


class EndsBeforeStart(PlanError):
    """A stretch of days whose end lies before its start."""

    def __init__(self, what: str) -> None:
        super().__init__(_("%(what)s的结束日期早于开始日期，请核对。", what=what))


class InTheFuture(PlanError):
    """A milestone cannot have been reached on a day to come."""

    def __init__(self, day: date) -> None:
        super().__init__(_("达成日期%(day)s晚于今天，请核对。", day=day_words(day)))


class NotMissed(PlanError):
    """A milestone whose day has not gone by cannot be called missed."""

    def __init__(self, due_on: date) -> None:
        self.due_on = due_on
        super().__init__(_("该里程碑没有错过时限%(due_on)s，不能认定错过。", due_on=day_words(due_on)))


class MilestoneReached(PlanError):
    """The terms of a milestone that was claimed or confirmed stand still."""

    def __init__(self) -> None:
        super().__init__(
            _("该里程碑已申报或确认达成，内容和时限不能再改。确需更改，请先退回申报或撤回达成。")
        )


class BadRecurrence(PlanError):
    """A rule that is no recurrence of RFC 5545, or one without a single day."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(_("无法识别的周期“%(rule)s”，请重新选择周期和日期。", rule=rule))


class AlreadyPublished(PlanError):
    """A bulletin is not changed once it is out."""

    def __init__(self) -> None:
        super().__init__(_("该通报已印发，不能修改。需要更正的，请另发一期。"))


class NotPublished(PlanError):
    """Something was done to a bulletin that only one that is out allows."""

    def __init__(self, act: str) -> None:
        super().__init__(_("该通报还没有印发，不能%(act)s。", act=act))


class AlreadyWithdrawn(PlanError):
    """A bulletin that was taken back stays so."""

    def __init__(self) -> None:
        super().__init__(_("该通报已撤回，不必重复办理。需要更正的，请另发一期。"))
