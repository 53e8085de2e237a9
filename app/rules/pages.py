"""What the page of rules shows; the session is only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments.gathering import SETTING, VARIANT, choices, valid_settings
from app.assessments.inputs import Target
from app.assessments.queries import latest
from app.assessments.requirements import SIGNS
from app.items.queries import files_to_offer, input_log
from app.models import CountyTarget, InputEvent, RelaxationSwitch
from app.punctuation import bracketed
from app.returns.queries import known_schools
from app.rules.effects import Effect, effects
from app.rules.forms import RelaxationForm, SettingForm, TargetForm, VariantForm
from app.rules.local import limits_of, local_standard, target_conflicts, variant_titles, with_variant
from app.rules.queries import switches, target_rows
from plans.actors import Actor
from plans.base import County
from plans.rights import Act, may
from plans.words import _ as _l
from scoring.elements import STAGE_LABELS
from scoring.items import Setting
from scoring.loader import load_standard
from scoring.standard import Relaxation, Standard
from scoring.words import _ as marked

KINDS = {
    "relaxation": _l("放宽条款"),
    "setting": _l("口径选项"),
    "variant": _l("地方补充规定"),
    "target": _l("本县目标"),
}


@dataclass(frozen=True)
class SettingLine:
    """An open question with the choice that holds."""

    setting: Setting
    choice: str
    form: SettingForm | None

    @property
    def is_default(self) -> bool:
        return self.choice == self.setting.default


@dataclass(frozen=True)
class TargetLine:
    """A limit of the county's own beside the one above it."""

    id: int
    words: str
    above: str
    own: str
    source: str
    conflict: str  # both values in words, where the region has overtaken the county; "" = none


@dataclass(frozen=True)
class RelaxationLine:
    """A relaxation of the standard with its uses, newest first."""

    relaxation: Relaxation
    is_expired: bool  # on the day of the assessment
    uses: list[RelaxationSwitch]
    is_on: bool  # in the newest result of the year
    effects: list[Effect]


@dataclass(frozen=True)
class RulesPage:
    """Everything that a county may choose, and what came of it."""

    standard: Standard  # with the region's variant and the county's targets
    year: int
    variant: str
    variants: Mapping[str, str]
    variant_form: VariantForm | None
    settings: list[SettingLine]
    targets: list[TargetLine]
    target_form: TargetForm | None
    relaxations: list[RelaxationLine]
    relaxation_form: RelaxationForm | None
    school_names: Mapping[str, str]
    log: list[InputEvent]
    refusal: str = ""


@dataclass(frozen=True)
class Sent:
    """A refused form and why."""

    target: TargetForm | None = None
    relaxation: RelaxationForm | None = None
    refusal: str = ""


def national_standard(session: Session, actor: Actor, year: int) -> Standard:
    """The county's standard in force at the end of a year. Raises NoStandardInForce."""
    return load_standard(session.get_one(County, actor.county_id).standard, date(year, 12, 31))


def regional_standard(session: Session, actor: Actor, year: int) -> Standard:
    """The same with the region's variant."""
    national = national_standard(session, actor, year)
    return with_variant(national, choices(session)[VARIANT].get(national.id, ""))


def rules_page(session: Session, actor: Actor, year: int, sent: Sent) -> RulesPage:
    """Put the page together."""
    national, chosen = national_standard(session, actor, year), choices(session)
    variant, rows = chosen[VARIANT].get(national.id, ""), target_rows(session)
    regional = with_variant(national, variant)
    local = local_standard(national, variant, [target_of(row) for row in rows])
    may_change = may(actor, Act.SET_RULES)
    return RulesPage(
        standard=local,
        year=year,
        variant=variant,
        variants=variant_titles(national.id),
        variant_form=_variant_form(national, variant) if may_change else None,
        settings=_settings(local, chosen[SETTING], may_change=may_change),
        targets=[_target_line(row, regional) for row in rows],
        target_form=_target_form(regional, sent.target) if may_change else None,
        relaxations=_relaxations(session, local, year),
        relaxation_form=_relaxation_form(session, local, year, sent.relaxation) if may_change else None,
        school_names=known_schools(session),
        log=input_log(session, KINDS),
        refusal=sent.refusal,
    )


def target_of(row: CountyTarget) -> Target:
    """A row as scoring's side knows it."""
    return Target(row.item, row.part, row.sense, row.key, row.limit, row.source)


def place_choices(standard: Standard) -> list[tuple[str, str]]:
    """Every limit that may be tightened: value of the form, words."""
    labels = _labels(standard)
    return [
        ("|".join((*place, key)), _place_words(labels, place, key, limit))
        for place, limits in limits_of(standard).items()
        for key, limit in limits.items()
    ]


def _labels(standard: Standard) -> dict[tuple[str, str], str]:
    labels = {(one.code, ""): one.label for one in standard.indicators}
    return labels | {(item.code, part.key): part.label for item in standard.items for part in item.parts}


def _place_words(
    labels: Mapping[tuple[str, str], str], place: tuple[str, str, str], key: str, limit: Decimal
) -> str:
    code, part, sense = place
    stage = bracketed(STAGE_LABELS.get(key, marked(key))) if key else ""
    what = _("差异系数") if sense == "cv_at_most" else ""
    return f"{code} {labels[code, part]}{stage}{what} {SIGNS.get(sense, '≤')} {limit:f}"


def _variant_form(standard: Standard, chosen: str) -> VariantForm:
    form = VariantForm(formdata=None, variant=chosen)
    form.variant.choices = [("", _("不用地方补充规定")), *variant_titles(standard.id).items()]
    return form


def _settings(standard: Standard, chosen: Mapping[str, str], *, may_change: bool) -> list[SettingLine]:
    valid = valid_settings(standard, chosen)
    return [_setting_line(one, valid.get(one.name, one.default), may_change) for one in standard.settings]


def _setting_line(setting: Setting, choice: str, may_change: bool) -> SettingLine:
    form = SettingForm(formdata=None, prefix=f"{setting.name}-", choice=choice) if may_change else None
    if form is not None:
        form.choice.label.text = setting.label
        form.choice.choices = [
            (key, _("%(words)s（默认）", words=words) if key == setting.default else words)
            for key, words in setting.choices.items()
        ]
    return SettingLine(setting, choice, form)


def _target_line(row: CountyTarget, regional: Standard) -> TargetLine:
    place, labels = (row.item, row.part, row.sense), _labels(regional)
    above = limits_of(regional).get(place, {}).get(row.key)
    found = target_conflicts(regional, target_of(row))
    return TargetLine(
        id=row.id,
        words=f"{row.item} {labels.get((row.item, row.part), '')}"
        + (bracketed(STAGE_LABELS.get(row.key, row.key)) if row.key else ""),
        above="—" if above is None else f"{SIGNS.get(row.sense, '≤')} {above:f}",
        own=f"{SIGNS.get(row.sense, '≤')} {row.limit}",
        source=row.source,
        conflict=_("；").join(str(one) for one in found),
    )


def _target_form(standard: Standard, sent: TargetForm | None) -> TargetForm:
    form = sent or TargetForm(formdata=None)
    form.place.choices = [("", _("请选择")), *place_choices(standard)]
    return form


def _relaxations(session: Session, standard: Standard, year: int) -> list[RelaxationLine]:
    assessment, used = latest(session, year), switches(session)
    changed = effects(assessment) if assessment else {}
    return [
        RelaxationLine(
            relaxation=one,
            is_expired=one.until < date(year, 12, 31),
            uses=[row for row in used if row.code == one.code],
            is_on=one.code in changed,
            effects=changed.get(one.code, []),
        )
        for one in standard.relaxations
    ]


def _relaxation_form(
    session: Session, standard: Standard, year: int, sent: RelaxationForm | None
) -> RelaxationForm:
    form = sent or RelaxationForm(
        formdata=None, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31), code=""
    )
    labels = [(one.code, f"{one.code} {one.label}") for one in standard.relaxations]
    form.code.choices = [("", _("请选择")), *labels]
    form.kept.choices = files_to_offer(session, form.kept.data or [])
    return form
