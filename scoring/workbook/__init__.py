"""The workbook in which a county fills its figures: the same file out and in."""

from scoring.workbook.reader import Filled, read_filled, read_workbook
from scoring.workbook.writer import write_template

__all__ = ["Filled", "read_filled", "read_workbook", "write_template"]
