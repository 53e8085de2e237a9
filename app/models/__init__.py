"""Rows of the application: people, schools, returns and assessments."""

from app.models.assessments import Assessment, AssessmentIndicator, AssessmentItem, AssessmentSection
from app.models.people import Account, Membership
from app.models.returns import CountyReturn, ReturnChange, SchoolReturn
from app.models.schools import School

__all__ = [
    "Account",
    "Assessment",
    "AssessmentIndicator",
    "AssessmentItem",
    "AssessmentSection",
    "CountyReturn",
    "Membership",
    "ReturnChange",
    "School",
    "SchoolReturn",
]
