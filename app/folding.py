"""Text as searchers type it: full and half width, capitals and small letters are one."""

import unicodedata
from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

NAME = "folded"


def fold(text: str) -> str:
    """The text as it is compared.

    >>> fold("Ｒ４　生均")
    'r4 生均'
    """
    return unicodedata.normalize("NFKC", text).lower()


class folded(FunctionElement[str]):  # noqa: N801 -- written as SQL functions are
    """``fold`` of a column, in the database."""

    type = String()
    inherit_cache = True


@compiles(folded)
def _on_postgresql(element: folded, compiler: Any, **kw: Any) -> str:
    return f"lower(normalize({compiler.process(element.clauses, **kw)}, NFKC))"


@compiles(folded, "sqlite")
def _on_sqlite(element: folded, compiler: Any, **kw: Any) -> str:
    return f"{NAME}({compiler.process(element.clauses, **kw)})"


def teach(connection: Any) -> None:
    """Give a new connection of SQLite the function, which it does not have by itself."""
    connection.create_function(NAME, 1, lambda text: None if text is None else fold(text), deterministic=True)
