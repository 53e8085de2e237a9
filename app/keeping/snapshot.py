"""What a database held at one moment."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Snapshot:
    """The revision of the tables and the number of rows in each."""

    revision: str
    rows: dict[str, int]
