"""Rows of the application: people, schools, returns and assessments."""

from app.models import audit_seal as _audit_seal  # noqa: F401 -- as the next
from app.models import seal as _seal  # noqa: F401 -- whoever has the rows has the guard over them
from app.models.access import AttemptCount, RecoveryCode, SecondFactor, SignIn
from app.models.assessments import (
    Assessment,
    AssessmentIndicator,
    AssessmentItem,
    AssessmentMove,
    AssessmentSection,
)
from app.models.attestations import Attestation, AttestationEvent, AttestationEvidence, MonitoringResult
from app.models.audit import (
    AuditCheckpoint,
    AuditEntry,
    AuditHead,
    PlatformCheckpoint,
    PlatformEntry,
    PlatformHead,
)
from app.models.delivery import Channel, ChannelKind, Preference
from app.models.jobs import JobRun
from app.models.membership import Invitation, PeopleEvent
from app.models.oversight import CountyStanding, Oversight, Region
from app.models.people import Account, Membership
from app.models.returns import CountyReturn, ReturnChange, SchoolReturn
from app.models.rubric import RubricScore, RubricScoreEvent
from app.models.rules import CountyTarget, InputEvent, RelaxationEvidence, RelaxationSwitch, RuleChoice
from app.models.saved_view import SavedView
from app.models.schools import School

__all__ = [
    "Account",
    "Assessment",
    "AssessmentIndicator",
    "AssessmentItem",
    "AssessmentMove",
    "AssessmentSection",
    "AttemptCount",
    "Attestation",
    "AttestationEvent",
    "AttestationEvidence",
    "AuditCheckpoint",
    "AuditEntry",
    "AuditHead",
    "Channel",
    "ChannelKind",
    "CountyReturn",
    "CountyStanding",
    "CountyTarget",
    "InputEvent",
    "Invitation",
    "JobRun",
    "Membership",
    "MonitoringResult",
    "Oversight",
    "PeopleEvent",
    "PlatformCheckpoint",
    "PlatformEntry",
    "PlatformHead",
    "Preference",
    "RecoveryCode",
    "Region",
    "RelaxationEvidence",
    "RelaxationSwitch",
    "ReturnChange",
    "RubricScore",
    "RubricScoreEvent",
    "RuleChoice",
    "SavedView",
    "School",
    "SchoolReturn",
    "SecondFactor",
    "SignIn",
]
