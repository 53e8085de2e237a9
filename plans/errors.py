"""What can go wrong in plans: named facts, each with a sentence that says what, why and what now."""

from datetime import date, datetime

from plans.calendar import ZONE
from plans.words import _


class PlanError(Exception):
    """Base of all refusals of this package; ``str(error)`` is fit for the user."""


class MoveNotAllowed(PlanError):
    """A task or a notice cannot make this move from where it stands."""

    def __init__(self, state: str, move: str, thing: str = _("任务")) -> None:
        self.state, self.move = state, move
        super().__init__(
            _("%(thing)s当前状态不允许这一操作，可能已被他人处理。请刷新页面后再试。", thing=thing)
        )


class ActNotAllowed(PlanError):
    """The actor's role or unit does not include this act."""

    def __init__(self, who_may: str) -> None:
        self.who_may = who_may
        super().__init__(_("您没有办理这一事项的权限，应由%(who_may)s办理。", who_may=who_may))


class NotFound(PlanError):
    """No such row in the county in scope."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(_("找不到该%(kind)s，可能已被删除，或不属于本县。", kind=kind))


class StaleTask(PlanError):
    """Somebody else acted on the task or notice since it was shown."""

    def __init__(self, by: str, at: datetime, thing: str = _("任务")) -> None:
        self.by, self.at = by, at
        when = at.astimezone(ZONE)
        super().__init__(
            _(
                "%(by)s已于%(month)s月%(day)s日%(when)s办理了该%(thing)s，您的填写没有保存但已保"
                "留，请对照下方最新情况核对后再次提交。",
                by=by,
                month=when.month,
                day=when.day,
                when=f"{when:%H:%M}",
                thing=thing,
            )
        )


class ReasonMissing(PlanError):
    """The act needs a reason in words."""

    def __init__(self, act: str) -> None:
        super().__init__(_("%(act)s须写明理由。", act=act))


class EvidenceMissing(PlanError):
    """Something is said to be done without a single piece of evidence."""

    def __init__(self, act: str = _("申请销号")) -> None:
        super().__init__(_("%(act)s须至少附一份佐证材料，请先上传。", act=act))


class ProgressOutOfRange(PlanError):
    """A percentage below 0 or above 100."""

    def __init__(self, percent: int) -> None:
        self.percent = percent
        super().__init__(_("进展%(percent)s%%不在可填范围内，应为 0 至 100。", percent=percent))


class DeadlineOutsidePlan(PlanError):
    """The day lies before today or after the plan's horizon."""

    def __init__(self, due_on: date, horizon_year: int | None) -> None:
        self.due_on, self.horizon_year = due_on, horizon_year
        super().__init__(
            _(
                "完成时限%(year)s年%(month)s月%(day)s日不在可选范围内，应不早于今天",
                year=due_on.year,
                month=due_on.month,
                day=due_on.day,
            )
            + (_("、不晚于%(horizon_year)s年年底。", horizon_year=horizon_year) if horizon_year else "。")
        )


class TargetYearsOutOfOrder(PlanError):
    """A target that is due before its baseline, or a step outside of the two."""

    def __init__(self, baseline_year: int, horizon_year: int) -> None:
        self.baseline_year, self.horizon_year = baseline_year, horizon_year
        super().__init__(
            _(
                "目标年 %(horizon_year)s 应晚于基准年 %(baseline_year)s，分步年份应在两者之间，请核对年份。",
                horizon_year=horizon_year,
                baseline_year=baseline_year,
            )
        )


class PlanAlreadyAccepted(PlanError):
    """The same document has been accepted before."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(_("该文件已导入为《%(title)s》，未重复建立。", title=title))


class NothingToAccept(PlanError):
    """A draft without a single measure or indicator."""

    def __init__(self) -> None:
        super().__init__(_("文件中没有读到措施，也没有读到指标任务，不能建立方案。请核对文件后重新上传。"))


class ReadingError(PlanError):
    """A plan document cannot be read; base of the refusals below."""


class LegacyWordFile(ReadingError):
    """The binary .doc (or .wps) of before 2007."""

    def __init__(self) -> None:
        super().__init__(
            _("这是旧版 .doc（或 .wps）文件，无法直接读取。请用 Word 或 WPS 打开，另存为 .docx 后再上传。")
        )


class EncryptedFile(ReadingError):
    """The document is protected by a password."""

    def __init__(self) -> None:
        super().__init__(_("文件设有打开密码，无法读取。请取消密码后重新保存，再上传。"))


class MacroFile(ReadingError):
    """The document carries macros."""

    def __init__(self) -> None:
        super().__init__(_("文件带有宏，出于安全考虑不予读取。请另存为不带宏的 .docx 后再上传。"))


class OversizedFile(ReadingError):
    """The document is, or unpacks to, far more than any plan."""

    def __init__(self, limit_mb: int) -> None:
        self.limit_mb = limit_mb
        super().__init__(
            _(
                "文件过大（展开后超过 %(limit_mb)s MB），不予读取。请删去大幅图片或附件后再上传。",
                limit_mb=limit_mb,
            )
        )


class NotAPlanFile(ReadingError):
    """The bytes are no Word document and no plain text."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(
            _("这不是可读取的 Word 文件（%(found)s）。请提供 .docx 或 .txt 格式的方案。", found=found)
        )


class BrokenWordFile(ReadingError):
    """A Word package whose inside cannot be followed."""

    def __init__(self) -> None:
        super().__init__(_("Word 文件已损坏，无法读取。请用 Word 或 WPS 打开并重新保存后再上传。"))


class UnknownTextEncoding(ReadingError):
    """Text that is neither UTF-8 nor GB18030."""

    def __init__(self) -> None:
        super().__init__(_("无法识别文本文件的编码。请用记事本打开，另存为 UTF-8 编码后再上传。"))


class EmptyPlanFile(ReadingError):
    """The file holds no words."""

    def __init__(self) -> None:
        super().__init__(_("文件中没有文字，无法读取。请核对是否选错文件；扫描件请先转成文字。"))
