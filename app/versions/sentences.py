"""Words of versions."""

from flask_babel import gettext

from app.assessments.sentences import moment
from app.counting import counted as _n
from app.models import Assessment
from app.models.assessments import AssessmentState
from app.punctuation import listed
from app.versions.differences import Difference
from app.versions.queries import Comparison, VersionLine
from app.versions.words import STATES


def _(text: str, **values: object) -> str:
    return str(gettext(text, **values))


def list_sentence(lines: list[VersionLine]) -> str:
    """How many years have a version for good, and which have later changes."""
    if not lines:
        return _("还没有评估版本。")
    frozen = {line.version.year for line in lines if line.version.is_frozen}
    parts = [_n("共 %(years)s 个年度，%(frozen)s 个已有上报版", years=len(_years(lines)), frozen=len(frozen))]
    changed = sorted({line.version.year for line in lines if line.version.is_frozen and line.has_later})
    if changed:
        years = listed(map(str, changed))
        parts.append(_("%(years)s 年度上报后数据又有改动", years=years))
    if returned := _returned_years(lines):
        years = listed(map(str, returned))
        parts.append(_("%(years)s 年度被上级退回，改好后重新冻结、上报", years=years))
    return _("；").join(parts) + _("。")


def _returned_years(lines: list[VersionLine]) -> list[int]:
    newest: dict[tuple[int, str], Assessment] = {}
    for one in (line.version for line in lines if line.version.is_frozen):
        newest.setdefault((one.year, one.standard), one)
    return sorted({one.year for one in newest.values() if one.state is AssessmentState.RETURNED})


def version_name(version: Assessment) -> str:
    """The version as a title calls it."""
    if version.state in (AssessmentState.DRAFT, AssessmentState.FROZEN):
        return _("%(year)s 年度%(state)s", year=version.year, state=STATES[version.state][1])
    return _("%(year)s 年度上报版（%(state)s）", year=version.year, state=STATES[version.state][1])


def version_sentence(version: Assessment, found: Comparison | None) -> str:
    """What the version is, and what has changed since."""
    name = version_name(version)
    if found is None:
        return name + (_("，此后数据没有改动。") if version.is_frozen else _("，尚未冻结。"))
    since = _("冻结后") if version.is_frozen else _("与上报版相比")
    return name + _("，") + since + change_words(found.difference) + _("。")


def change_words(found: Difference) -> str:
    """How much changed, in words without an end."""
    if found.is_empty:
        return _("没有改动")
    words = [_n("改动 %(n)s 个数值", n=len(found.values)), _n("%(n)s 项结论变化", n=len(found.flips))]
    words += [_n("新增 %(n)s 所学校", n=len(found.new_schools))] if found.new_schools else []
    words += [_n("减少 %(n)s 所学校", n=len(found.gone_schools))] if found.gone_schools else []
    return _("，").join(words)


def basis(version: Assessment, standard_title: str) -> list[str]:
    """What the version rests on."""
    parts = [_("%(at)s 测算", at=moment(version.made_at))]
    if version.frozen_at:
        parts.append(_("%(at)s 由%(by)s冻结", at=moment(version.frozen_at), by=version.frozen_by))
    return [*parts, _("%(title)s，%(day)s 版", title=standard_title, day=version.standard_version)]


def _years(lines: list[VersionLine]) -> set[int]:
    return {line.version.year for line in lines}
