"""Judging a few schools and what a county states, in one call."""

from datetime import date

from scoring.engine import assess
from scoring.evidence import Attestation
from scoring.measures import Measures
from tests.scoring.make import STANDARD, school, schools_frame


def item(result, code):
    return result.items.set_index("code").loc[code].to_dict()


def judged(*rows, county=None, evidence=None, relaxations=(), rooms=None, standard=STANDARD):
    parts = {"rooms": rooms} if rooms is not None else {}
    frame = schools_frame(*(rows or (school("1"),)))
    return assess(Measures(frame, county or {}, **parts), standard, relaxations, evidence=evidence)


def signed(code, conclusion="met", **more):
    given = {
        "statement": "经核查",
        "signed_by_role": "教育局局长",
        "signed_on": date(2026, 9, 1),
        "n_evidence": 1,
    }
    return Attestation(code, conclusion, **(given | more))
