"""Words of the story of an attestation."""

from plans.words import _

ACTS = {"prepare": _("准备材料"), "sign": _("签署"), "withdraw": _("撤回签署")}
