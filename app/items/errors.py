"""Refusals of this area: each says what, why and what now."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.clock import ZONE
from app.models import AttestationEvent
from app.punctuation import listed
from plans.errors import PlanError


class AttestationSigned(PlanError):
    """A signed attestation is locked."""

    def __init__(self) -> None:
        super().__init__(_("该项已签署，内容已锁定。确需修改的，请督导室先撤回签署并写明理由。"))


class NotYetComplete(PlanError):
    """An attestation that lacks something cannot be signed; names what."""

    def __init__(self, lacking: Sequence[str]) -> None:
        super().__init__(_("还不能签署，缺%(what)s。请创建办补充后再签。", what=listed(lacking)))


class PreparerSigns(PlanError):
    """Who prepared a statement never signs it."""

    def __init__(self) -> None:
        super().__init__(_("材料由您准备，不能由本人签署，请督导室的其他同志签署。"))


class SchoolUnknown(PlanError):
    """A failing school that has no return in the year."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(_("找不到学校：%(names)s。请填写学校名称或标识码，每行一所。", names=listed(names)))


class StaleAttestation(PlanError):
    """Somebody acted on the attestation since it was shown."""

    def __init__(self, event: AttestationEvent) -> None:
        at = event.at.astimezone(ZONE)
        super().__init__(
            _(
                "%(by)s已于%(month)s月%(day)s日%(time)s办理了该项，您的填写没有保存但已保留，请对照最新内容核对后再次提交。",
                by=event.actor_name,
                month=at.month,
                day=at.day,
                time=f"{at:%H:%M}",
            )
        )
