"""What a county may set about its work, each with the value that holds where nothing is set."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from plans.base import County
from plans.models.evidence import Strength
from plans.words import _

EXTENSIONS_ALLOWED = 2
STRENGTH_NAMES: Mapping[int, str] = {
    Strength.ORIGINAL: _("一级・原件或正式文件"),
    Strength.STAMPED: _("二级・盖章材料"),
    Strength.PICTURE: _("三级・照片或截图"),
    Strength.STATEMENT: _("四级・自述说明"),
}


def extensions_allowed(session: Session, county_id: int) -> int:
    """How often a task of the county may be extended (``extensions_allowed`` of its settings)."""
    return int(_settings(session, county_id).get("extensions_allowed", EXTENSIONS_ALLOWED))


def strength_names(session: Session, county_id: int) -> dict[int, str]:
    """Level of evidence → its name, the county's own (``strength_names`` of its settings) before ours."""
    own = _settings(session, county_id).get("strength_names", {})
    return {level: own.get(str(level), name) for level, name in STRENGTH_NAMES.items()}


def _settings(session: Session, county_id: int) -> Mapping[str, Any]:
    return session.scalars(sa.select(County.settings).where(County.id == county_id)).one()
