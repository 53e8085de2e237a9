"""What the demo county attests: signed, waiting, incomplete, withdrawn once; by the commands people use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.assessments.inputs import Target
from app.clock import ZONE
from app.demo.county import DemoCounty
from app.files import keep_content
from app.items.commands import prepare, sign, withdraw
from app.models import Attestation
from app.rules.commands import choose_variant, set_target
from app.rules.local import with_variant
from plans.actors import Actor
from plans.models import Evidence
from scoring.loader import load_standard

VARIANT = "region-7000"
TARGET = Target("Q1", "net_intake", "at_least", "", "96", "甲县实施方案（示例）")
# BARE has no files yet; TWICE was withdrawn once.
SIGNED, PREPARED, BARE, TWICE = "signed", "prepared", "bare", "twice"
NO_CASE = "经排查和公示，本年度无此情形，未收到查实的举报（示例）。"


@dataclass(frozen=True)
class Statement:
    """One statement of the demo."""

    item: str
    part: str
    state: str
    words: str
    file: str
    conclusion: str = "met"
    failing: tuple[tuple[int, str], ...] = ()  # number of the school, grade


STATEMENTS = (
    Statement("G1", "", SIGNED, "布局专项规划已批复，新建小区配建学校同步交付（示例）。", "学校布局规划批复"),
    Statement("G2", "construction", SIGNED, "城乡学校执行同一建设标准（示例）。", "四统一执行情况说明"),
    Statement("G2", "staffing", SIGNED, "城乡学校执行同一编制标准（示例）。", "四统一执行情况说明"),
    Statement("G2", "funds", SIGNED, "生均公用经费基准定额城乡一致（示例）。", "四统一执行情况说明"),
    Statement("G2", "equipment", PREPARED, "装备标准一致，清单已核对（示例）。", "装备配置清单"),
    Statement("G10", "", SIGNED, "编制总额内按生源变化统筹到校（示例）。", "编制统筹分配文件"),
    Statement("G14", "rural", SIGNED, "分配名额向农村初中倾斜（示例）。", "名额分配办法"),
    Statement("G15", "left_behind", SIGNED, "留守儿童建档、结对、家访全覆盖（示例）。", "关爱台账"),
    Statement("Q3", "charter", SIGNED, "所有学校章程已核准备案（示例）。", "章程核准名单"),
    Statement("Q3", "digital", BARE, "管理平台使用情况正在汇总（示例）。", ""),
    Statement("Q5", "", SIGNED, "设施设备使用记录抽查良好（示例）。", "信息化教学抽查记录"),
    Statement("Q6", "", SIGNED, "逐校评定，多数学校良好以上（示例）。", "德育与校园文化评定表",
              "not_met", ((12, "合格"), (15, "合格"))),
    Statement("Q7", "", TWICE, "课程开齐开足，课表已逐校核对（示例）。", "课程开设核对表"),
    *(Statement(f"V{n}", "", SIGNED, NO_CASE, f"否决事项排查报告{n}") for n in (1, 2, 3, 5, 6)),
)  # fmt: skip


def load_statements(session: Session, offices: Mapping[str, Actor], county: DemoCounty, files: Path) -> None:
    """State all this for the last year, before it is assessed; nothing is committed."""
    at = datetime(county.last_year, 10, 20, 10, tzinfo=ZONE)
    national = load_standard("quality-2017", at.date())
    choose_variant(session, offices["office"], national, variant=VARIANT, at=at)
    set_target(session, offices["office"], with_variant(national, VARIANT), target=TARGET, at=at)
    for statement in STATEMENTS:
        _play(session, offices, county, files, statement, at)


def _play(
    session: Session,
    offices: Mapping[str, Actor],
    county: DemoCounty,
    files: Path,
    statement: Statement,
    at: datetime,
) -> None:
    row = _prepare(session, offices["office"], county, files, statement, statement.words, at)
    if statement.state in (SIGNED, TWICE):
        _sign(session, offices, row, at + timedelta(days=3))
    if statement.state == TWICE:
        reason, later = "核对表缺两所学校，请补齐后再签（示例）。", at + timedelta(days=5)
        withdraw(session, offices["supervisor"], attestation_id=row.id, reason=reason, at=later)
        words = statement.words + "已补齐。"
        _prepare(session, offices["office"], county, files, statement, words, at + timedelta(days=7))
        _sign(session, offices, row, at + timedelta(days=9))


def _sign(session: Session, offices: Mapping[str, Actor], row: Attestation, at: datetime) -> None:
    sign(session, offices["supervisor"], attestation_id=row.id, seen=row.last_event_no, at=at)


def _prepare(
    session: Session,
    office: Actor,
    county: DemoCounty,
    files: Path,
    statement: Statement,
    words: str,
    at: datetime,
) -> Attestation:
    return prepare(
        session,
        office,
        year=county.last_year,
        item=statement.item,
        part=statement.part,
        conclusion=statement.conclusion,
        statement=words,
        failing=[(f"{county.code}{number:04}", grade) for number, grade in statement.failing],
        evidence=_files(session, office, files, statement.file, at),
        seen=99,  # the demo is alone
        at=at,
    )


def _files(session: Session, office: Actor, files: Path, name: str, at: datetime) -> list[Evidence]:
    if not name:
        return []
    content = f"{name}（示例）\n".encode()
    return [keep_content(session, office, content, f"{name}.txt", folder=files, at=at)]
