"""What can be wrong about a county's settings."""

from flask_babel import gettext as _

from app.counting import counted as _n
from plans.errors import PlanError


class BadLine(PlanError):
    """A line of the calendar that nobody can read."""

    def __init__(self, no: int, text: str, why: str) -> None:
        super().__init__(_("第 %(no)s 行“%(text)s”：%(why)s。", no=no, text=text[:30], why=why))


class SettingsOvertaken(PlanError):
    """Somebody else saved settings meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("设置刚刚被他人改过，本次没有保存，所填内容仍在。再次保存即以本页为准。"))


class RemindersRefused(PlanError):
    """Settings of reminders that make no sense; ``problems`` are told field by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(_n("有 %(n)s 处要改，本次没有保存：", n=len(problems)))
