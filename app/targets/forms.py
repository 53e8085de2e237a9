"""The form of a target."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import FloatField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from app.targets.quantities import quantity_name
from plans.models import Quantity, Target
from plans.targets import Aim
from scoring.elements import STAGE_LABELS, STAGES

_STEP = re.compile(r"(\d{4})\s*年?\s*[:：,， ]\s*(\d+(?:\.\d+)?)\s*")
_YEAR = (2000, 2100)


class FigureField(FloatField):  # type: ignore[misc]
    """A number; whatever is none is refused in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("请填写数字。")) from None


class YearField(IntegerField):  # type: ignore[misc]
    """A year; whatever is none is refused in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("请填写四位年份。")) from None


class TargetForm(FlaskForm):  # type: ignore[misc]
    """One target; which figure it is about stays once it is set."""

    indicator_code = SelectField(_("指标"))
    stage = SelectField(_("学段"))
    quantity = SelectField(_("衡量"))
    baseline_year = YearField(
        _("基准年"), [InputRequired(_("请填写基准年。")), NumberRange(*_YEAR, message=_("请填写四位年份。"))]
    )
    baseline = FigureField(_("基准值"), [InputRequired(_("请填写基准值。"))])
    horizon_year = YearField(
        _("目标年"), [InputRequired(_("请填写目标年。")), NumberRange(*_YEAR, message=_("请填写四位年份。"))]
    )
    due = FigureField(_("目标值"), [InputRequired(_("请填写目标值。"))])
    steps = TextAreaField(
        _("分步目标"),
        description=_("不填按直线推进；分步的每行写一个年份和数值，如 2027 0.46。"),
        render_kw={"rows": 3},
    )

    seen = HiddenField()
    reason = StringField(
        _("调整理由"),
        [Length(max=500, message=_("理由不超过 500 字。"))],
        description=_("方案批准后须填。"),
    )

    def offer(self, indicators: list[tuple[str, str]]) -> None:
        """Fill the choices."""
        self.indicator_code.choices = indicators
        self.stage.choices = [(stage, STAGE_LABELS[stage]) for stage in STAGES]
        self.quantity.choices = [(quantity.value, quantity_name(quantity)) for quantity in Quantity]

    def validate_baseline(self, field: FigureField) -> None:
        _not_negative(field)

    def validate_due(self, field: FigureField) -> None:
        _not_negative(field)

    def validate_horizon_year(self, field: YearField) -> None:
        years = self.baseline_year.data, field.data  # None = not a year, which is told where it stands
        if None not in years and field.data <= self.baseline_year.data:
            raise ValidationError(_("目标年应晚于基准年。"))

    def validate_steps(self, field: TextAreaField) -> None:
        wrong = [line for line in _lines(field.data) if not _STEP.fullmatch(line)]
        if wrong:
            raise ValidationError(_("“%(line)s”读不出年份和数值。", line=wrong[0]))
        outside = [year for year in self._steps() if not self._is_between(year)]
        if outside:
            raise ValidationError(_("%(year)s 年不在基准年与目标年之间。", year=outside[0]))

    def aim(self) -> Aim:
        """What the form says."""
        return Aim(
            self.indicator_code.data,
            self.stage.data,
            Quantity(self.quantity.data),
            self.baseline_year.data,
            self.baseline.data,
            self.horizon_year.data,
            self.due.data,
            self._steps(),
        )

    def _steps(self) -> dict[int, float]:
        found = [_STEP.fullmatch(line) for line in _lines(self.steps.data)]
        return {int(one[1]): float(one[2]) for one in found if one}

    def _is_between(self, year: int) -> bool:
        years = self.baseline_year.data, self.horizon_year.data
        return None in years or years[0] < year < years[1]


def start_from(source: Target | Aim) -> dict[str, Any]:
    """What a form that shows a target begins with."""
    steps = "\n".join(f"{year} {value:g}" for year, value in source.steps.items())
    names = ("indicator_code", "stage", "quantity", "baseline_year", "horizon_year")
    figures = {name: float(f"{getattr(source, name):.6g}") for name in ("baseline", "due")}
    return {**{name: getattr(source, name) for name in names}, **figures, "steps": steps}


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _not_negative(field: FigureField) -> None:
    if field.data is not None and not 0 <= field.data < float("inf"):
        raise ValidationError(_("数值不能为负数。"))
