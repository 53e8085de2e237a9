"""Rubrics in points: self score, computed hint and reviewer's score of each item, kept apart."""

from scoring.rubric.hints import Hint, hints
from scoring.rubric.loader import load_rubric
from scoring.rubric.model import Rubric
from scoring.rubric.scores import Scorecard, scorecard

__all__ = ["Hint", "Rubric", "Scorecard", "hints", "load_rubric", "scorecard"]
