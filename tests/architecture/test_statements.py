"""Nothing goes to the database past the session's scope."""

import ast
from pathlib import Path

from tests.architecture.source import imports, name_of, nodes, python_files

# The copies of the whole database are made below every wall, by the operator.
COPIES = {"app/keeping/postgres_copies.py", "app/keeping/sqlite_copies.py"}
# The scheduler's lock lives on a line of its own, which names no table.
GUARDS = COPIES | {
    "app/database.py",
    "app/guard.py",
    "app/jobs/leader.py",
    "app/jobs/lines.py",  # commits around each message; its statements are the models' all the same
    "app/read_only.py",
    "app/row_security.py",
    "app/tenancy.py",
}
# Each of these gives SQL, or a table without its model, to the database.
FORBIDDEN = {
    "__table__",
    "connect",
    "exec_driver_sql",
    "from_statement",
    "get_bind",
    "literal_column",
    "raw_connection",
    "read_sql",
    "read_sql_query",
    "read_sql_table",
    "to_sql",
}
FROM_SQLALCHEMY = {"text", "table", "Table", "literal_column", "create_engine"}
MAY_LEAVE_THE_SCOPE = (
    "app/admin/",
    "app/jobs/",
    "app/auth/accounts.py",
    "app/database.py",
    "app/guard.py",
    "app/row_security.py",
    "app/tenancy.py",
)


def test_no_statement_goes_past_the_orm() -> None:
    wrong = [
        f"{name_of(path)}:{line} uses {what}"
        for path in python_files("app", "plans", "scoring")
        if name_of(path) not in GUARDS
        for line, what in _raw_statements(path)
    ]

    assert wrong == [], "write the statement with the models; rows become a frame through mappings()"


def test_scope_is_left_in_few_places() -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in python_files("app", "plans", "scoring")
        if not name_of(path).startswith(MAY_LEAVE_THE_SCOPE)
        for line in _ways_out(path)
    ]

    assert wrong == [], "all_counties is for the platform's pages, for jobs and for the loader of accounts"


def _raw_statements(path: Path) -> list[tuple[int, str]]:
    attributes = [
        (node.lineno, node.attr)
        for node in nodes(path, ast.Attribute)
        if node.attr in FORBIDDEN or (node.attr in FROM_SQLALCHEMY and _is_sqlalchemy(node.value))
    ]
    taken = [
        (line, f"{module}.{name}")
        for line, module, name in imports(path)
        if module.split(".")[0] == "sqlalchemy" and name in FROM_SQLALCHEMY
    ]
    return attributes + taken


def _is_sqlalchemy(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Name) and owner.id in ("sa", "sqlalchemy")


def _ways_out(path: Path) -> list[int]:
    words = [node.lineno for node in nodes(path, ast.Constant) if node.value == "all_counties"]
    keywords = [node.value.lineno for node in nodes(path, ast.keyword) if node.arg == "all_counties"]
    names = [line for line, _module, name in imports(path) if name == "WAY_OUT"]
    return words + keywords + names
