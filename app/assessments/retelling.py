"""Sentences of items in the reader's language: rows keep Chinese, for others they are told anew."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

from app.assessments.items import ItemLine, PartLine
from app.assessments.runs import judged_again
from app.language import current_language
from app.models import Assessment


def retold(lines: list[ItemLine], assessment: Assessment) -> list[ItemLine]:
    """The lines with reasons and warnings in the language of who reads; verdicts and figures stay."""
    if current_language() == "zh-CN":
        return lines
    told = {row["code"]: row for row in judged_again(assessment).items.to_dict("records")}
    return [_retold(line, told[line.code]) if line.code in told else line for line in lines]


def _retold(line: ItemLine, row: Mapping[Hashable, Any]) -> ItemLine:
    parts = {part["key"]: part for part in row["parts"]}
    return replace(
        line,
        reason=row["reason"],
        warnings=row["warnings"],
        failing=row["failing"],
        parts=[_retold_part(part, parts) for part in line.parts],
    )


def _retold_part(line: PartLine, rows: Mapping[str, Mapping[str, Any]]) -> PartLine:
    return replace(line, reason=rows[line.key]["reason"]) if line.key in rows else line
