"""What a template of a plan must look like."""

from plans.templates.form import Form, day, decimal, nullable, one_of, text, whole

CODES = (
    *(f"R{number}" for number in range(1, 8)),
    *(f"G{number}" for number in range(1, 16)),
    *(f"Q{number}" for number in range(1, 10)),
    "S1",
)
PERIODS = ("每年", "每学期", "每季度", "每月")

_MEASURE: Form = {"no": whole, "title": text, "text": text, "units": [text]}
_TARGET: Form = {
    "indicator_code": nullable(one_of(*CODES)),
    "stage": nullable(one_of("primary", "junior")),
    "at_least": decimal,
    "national": nullable(decimal),
    "unit": text,
    "due": day,
    "measure": whole,
    "text": text,
}
_RECURRING: Form = {
    "title": text,
    "every": one_of(*PERIODS),
    "rule": text,
    "measure": whole,
    "units": [text],
}

PLAN: Form = {
    "title": text,
    "document_no": nullable(text),
    "horizon": whole,
    "goals": [text],
    "units": [{"name": text, "aliases": [text]}],
    "groups": [{"title": text, "measures": [_MEASURE]}],
    "phases": [{"title": text, "start": nullable(day), "end": day, "steps": [text]}],
    "milestones": [{"due": day, "text": text}],
    "indicators": [{"code": one_of(*CODES), "group": text, "text": text, "units": [text]}],
    "duties": [{"units": [text], "text": text}],
    "targets": [_TARGET],
    "recurring": [_RECURRING],
}
