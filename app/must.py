"""Fields that are required by what is done with the form, not by the form itself."""

from collections.abc import Iterable

from flask_wtf import FlaskForm


def mark(form: FlaskForm, names: Iterable[str]) -> None:
    """Show fields as required, so that the browser asks for them before chosen files would be lost."""
    for name in names:
        form[name].flags.required = True
