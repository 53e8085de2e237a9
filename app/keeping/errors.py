"""What can stop a backup or a restoration; nothing is ever written over."""

from pathlib import Path

from flask_babel import gettext as _

from plans.errors import PlanError


class PlaceNotEmpty(PlanError):
    """Something is there already."""

    def __init__(self, what: object) -> None:
        super().__init__(
            _("“%(what)s”不是空的，没有动它。请换一个空的位置，或先自行移走原有内容。", what=what)
        )


class BackupDamaged(PlanError):
    """A backup is not as it was made."""

    def __init__(self, names: list[str]) -> None:
        some = "、".join(names[:5])
        super().__init__(
            _(
                "备份不完整：%(names)s 等 %(n)s 处缺失或与清单不符，没有恢复。请换另一份备份。",
                names=some,
                n=len(names),
            )
        )


class NoBackup(PlanError):
    """A folder holds no backup."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_("“%(folder)s”里没有备份清单，请核对路径。", folder=folder))


class OtherDatabase(PlanError):
    """A backup of one kind of database for another kind."""

    def __init__(self, made_on: str, here: str) -> None:
        super().__init__(
            _("这份备份来自 %(made)s，这里用的是 %(here)s，不能互相恢复。", made=made_on, here=here)
        )


class NewerBackup(PlanError):
    """A backup of tables that this version does not know."""

    def __init__(self, revision: str) -> None:
        super().__init__(_("备份的数据版本 %(no)s 比本程序新，请先升级程序再恢复。", no=revision))


class CopyFailed(PlanError):
    """The database or its tools did not do it."""

    def __init__(self, words: str) -> None:
        super().__init__(_("没有办成：%(words)s", words=words))
