"""A filled workbook for users to try: what 甲县（示例） reports for its last year."""

from pathlib import Path
from typing import IO

from app.demo.county import DemoCounty
from app.demo.jia import JIA
from app.demo.schools import measures_in
from scoring.loader import load_standard
from scoring.workbook import write_template


def sample_workbook(target: Path | IO[bytes], county: DemoCounty = JIA) -> None:
    """Write the workbook of the quality standard, filled with the county's last year.

    Effect: creates or overwrites ``target`` (a path or a binary stream).
    """
    write_template(load_standard("quality-2017"), target, measures_in(county.last_year, county))
