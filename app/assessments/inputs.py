"""What an assessment rests on beside figures, as plain values: chosen rules and statements."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from scoring.evidence import Attestation, Evidence, MonitoringResult, SchoolFinding


@dataclass(frozen=True)
class Target:
    """A limit of the county's own."""

    item: str
    part: str
    sense: str
    key: str
    limit: str  # a decimal, as written
    source: str


@dataclass(frozen=True)
class Inputs:
    """Everything beside the returns and the relaxations; kept with the result, so that it can be redone."""

    variant: str = ""  # of the region; "" = none
    targets: tuple[Target, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts in one order; a missing rate is None."""
        return {
            "variant": self.variant,
            "targets": [asdict(target) for target in self.targets],
            "settings": dict(sorted(self.evidence.settings.items())),
            "attestations": [_attestation_json(one) for one in self.evidence.attestations],
            "monitoring": [_result_json(one) for one in self.evidence.monitoring],
        }

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> "Inputs":
        """The opposite of ``to_json``; an empty table is an assessment of figures alone."""
        evidence = Evidence(
            tuple(_attestation(row) for row in table.get("attestations", ())),
            tuple(_result(row) for row in table.get("monitoring", ())),
            dict(table.get("settings", {})),
        )
        return cls(
            table.get("variant", ""), tuple(Target(**row) for row in table.get("targets", ())), evidence
        )


def _attestation_json(one: Attestation) -> dict[str, Any]:
    signed_on = one.signed_on.isoformat() if one.signed_on else None
    return {**asdict(one), "signed_on": signed_on, "failing": [asdict(finding) for finding in one.failing]}


def _attestation(row: Mapping[str, Any]) -> Attestation:
    signed = date.fromisoformat(row["signed_on"]) if row["signed_on"] else None
    failing = tuple(SchoolFinding(**finding) for finding in row["failing"])
    return Attestation(**{**row, "signed_on": signed, "failing": failing})


def _result_json(one: MonitoringResult) -> dict[str, Any]:
    return {
        **asdict(one),
        "difference_rate": None if math.isnan(one.difference_rate) else one.difference_rate,
    }


def _result(row: Mapping[str, Any]) -> MonitoringResult:
    rate = row["difference_rate"]
    return MonitoringResult(**{**row, "difference_rate": math.nan if rate is None else rate})
