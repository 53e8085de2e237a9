"""Short words and signs of the board."""

from flask_babel import lazy_gettext as _

from app.oversight.cells import Arrow

VERDICTS = {
    "met": _("达标"),
    "not_met": _("未达标"),
    "pending": _("待定"),
    "no_data": _("缺数据"),
}
ARROWS = {Arrow.BETTER: "↑", Arrow.WORSE: "↓", Arrow.SAME: "", Arrow.UNKNOWN: ""}
ARROW_WORDS = {
    Arrow.BETTER: _("比上年好转"),
    Arrow.WORSE: _("比上年变差"),
    Arrow.SAME: _("与上年持平"),
    Arrow.UNKNOWN: _("上年无版本"),
}
TONES = {"met": "green", "not_met": "red", "pending": "grey", "no_data": "grey"}
FORECAST_TONES = {"met": "green", "on_time": "green", "late": "red", "unknown": "grey"}
