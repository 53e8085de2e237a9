"""The form of points."""

import re
import unicodedata

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, ValidationError
from wtforms.validators import Optional


class PointsForm(FlaskForm):  # type: ignore[misc]
    """Points of one item; an empty field takes them back."""

    points = StringField(_("得分"))
    seen = IntegerField(validators=[Optional()])

    def validate_points(self, field: StringField) -> None:
        if self.text and not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", self.text):
            raise ValidationError(_("请填数字，最多两位小数；留空表示未评。"))

    @property
    def text(self) -> str:
        """What was written, in half-width."""
        return unicodedata.normalize("NFKC", self.points.data or "").strip()

    @property
    def value(self) -> float | None:
        """The points; None where the field is empty."""
        return float(self.text) if self.text else None
