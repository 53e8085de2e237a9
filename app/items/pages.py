"""What the page of an item shows; the session is only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.assessments import sentences
from app.assessments.gathering import monitoring_rows
from app.assessments.items import ItemLine, item_lines
from app.assessments.queries import standard_of
from app.assessments.retelling import retold
from app.counting import counted as _n
from app.items.forms import ResultForm, StatementForm
from app.items.queries import input_log
from app.items.slots import Slot, slots
from app.models import Assessment, InputEvent, MonitoringResult
from app.returns.queries import known_schools
from plans.actors import Actor
from plans.errors import NotFound
from plans.queries import TaskFilter, TaskRow, ledger
from plans.rights import Act, may
from scoring.elements import STAGE_LABELS
from scoring.items import Item
from scoring.standard import Standard
from scoring.verdicts import VERDICT_LABELS

VERDICTS = {str(verdict): label for verdict, label in VERDICT_LABELS.items()}
Sent = Mapping[str, tuple[StatementForm, str]]


@dataclass(frozen=True)
class Monitoring:
    """The results of the national monitoring behind an item."""

    rows: list[MonitoringResult]
    form: ResultForm | None
    log: list[InputEvent]


@dataclass(frozen=True)
class ItemPage:
    """Everything about one item in one year."""

    headline: str
    basis: list[str]
    line: ItemLine
    others: list[ItemLine]
    stages: list[tuple[str, str]]  # of a resource indicator: code and name of each stage
    stage_names: Mapping[str, str]
    slots: list[Slot]
    monitoring: Monitoring | None
    tasks: list[TaskRow]
    may_assign: bool
    settings: list[tuple[str, str]]  # open question, the choice in words
    refusal: str = ""


def item_page(
    session: Session,
    actor: Actor,
    assessment: Assessment,
    code: str,
    *,
    today: date,
    sent: Sent | None = None,
    sent_result: ResultForm | None = None,
    refusal: str = "",
) -> ItemPage:
    """Put the page together; ``sent`` holds refused forms. Raises NotFound for an unknown item."""
    lines, standard = retold(item_lines(session, assessment), assessment), standard_of(assessment)
    line = next((one for one in lines if one.code == code), None)
    if line is None:
        raise NotFound(_("指标"))
    item, names = item_of(standard, code), known_schools(session)
    return ItemPage(
        headline=_headline(line),
        basis=[*sentences.basis(assessment, standard), line.clause],
        line=line,
        others=lines,
        stages=_stages(standard, line),
        stage_names=STAGE_LABELS,
        slots=slots(session, actor, assessment.year, item, names, sent or {}) if item else [],
        monitoring=_monitoring(session, actor, assessment.year, item, sent_result) if item else None,
        tasks=ledger(session, actor, today=today, wanted=TaskFilter(indicator=code)),
        may_assign=may(actor, Act.ASSIGN_TASK) and line.verdict != "met",
        settings=_settings(standard, line),
        refusal=refusal,
    )


def item_of(standard: Standard, code: str) -> Item | None:
    """The item of a code; None for a resource indicator."""
    return next((one for one in standard.items if one.code == code), None)


def subjects_of(item: Item | None) -> tuple[str, ...]:
    """Subjects of the national monitoring that an item judges; empty if none."""
    return next((part.subjects for part in item.parts if part.subjects), ()) if item else ()


def _headline(line: ItemLine) -> str:
    if line.is_veto:
        words = {"met": _("承诺无此情形"), "not_met": _("有此情形，一票否决"), "pending": _("尚未承诺")}
        return _("%(code)s %(label)s：%(word)s。", code=line.code, label=line.label, word=words[line.verdict])
    failing = _n("，%(n)s 所学校未达到", n=line.n_failing) if line.n_failing else ""
    word = VERDICTS[line.verdict] + failing
    return _("%(code)s %(label)s：%(word)s。", code=line.code, label=line.label, word=word)


def _stages(standard: Standard, line: ItemLine) -> list[tuple[str, str]]:
    if line.code not in standard.codes:
        return []
    return [(stage, STAGE_LABELS[stage]) for stage in standard.indicator(line.code).at_least]


def _settings(standard: Standard, line: ItemLine) -> list[tuple[str, str]]:
    return [
        (setting.label, setting.choices[line.settings[setting.name]])
        for setting in standard.settings
        if setting.name in line.settings
    ]


def _monitoring(
    session: Session, actor: Actor, year: int, item: Item, sent: ResultForm | None
) -> Monitoring | None:
    subjects = subjects_of(item)
    if not subjects:
        return None
    form = None
    if may(actor, Act.STATE_ITEM):
        form = sent or ResultForm(subjects, formdata=None, year=year)
    return Monitoring(monitoring_rows(session, year), form, input_log(session, ["monitoring"]))
