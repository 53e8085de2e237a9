"""Habits of the code that a reviewer should not have to look for."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, called, name_of, nodes, python_files
from tests.architecture.test_imports import is_edge

PACKAGES = ("app", "plans", "scoring")
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time", "dt"}
# File and the one class in it, None for the whole file. Keys grow with time.
MAY_READ_THE_CLOCK = {"app/clock.py": None, "plans/base.py": "_Ids", "scoring/__main__.py": "_template"}
# The edge of the jobs: it logs what a county or a job failed of and goes on with the next one.
MAY_CATCH_ALL = {"app/jobs/counties.py", "app/jobs/runs.py"}
# Written apart, so that this file does not find itself.
LEFT_OVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
OURS = ("*.py", "*.html", "*.css", "*.js", "*.md", "*.toml", "*.yaml", "Makefile")
FOLDERS = (
    "app",
    "plans",
    "scoring",
    "migrations",
    "tests",
    "static/css",
    "static/js",
    "docs",
    "deploy",
    "benchmarks",
)


def test_no_file_is_too_long() -> None:
    lengths = {
        name_of(path): len(path.read_text("utf-8").splitlines()) for path in python_files(*PACKAGES, "tests")
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}, "split the file by subject"


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name_of(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files(*PACKAGES, "tests")
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}, "one level of thought each"


def test_clock_is_read_in_one_place() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*PACKAGES)
        for node in nodes(path, ast.Call)
        if _reads_clock(node) and not _may_read_clock(path, node)
    ]

    assert wrong == [], "take the time as an argument; views, jobs and commands get it from app.clock"


def test_only_the_edge_commits() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*PACKAGES)
        for node in nodes(path, ast.Call)
        if called(node) == "commit" and not is_edge(path)
    ]

    assert wrong == [], "one commit per POST view, job item or command"


def test_no_exception_is_swallowed() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*PACKAGES, "tests", "migrations")
        if name_of(path) not in MAY_CATCH_ALL
        for node in nodes(path, ast.ExceptHandler)
        if node.type is None
        or {"Exception", "BaseException"} & {n.id for n in ast.walk(node.type) if isinstance(n, ast.Name)}
    ]

    assert wrong == [], "name the exceptions that you can answer"


def test_nothing_is_left_to_be_done() -> None:
    files = [path for folder in FOLDERS for pattern in OURS for path in (ROOT / folder).rglob(pattern)]
    wrong = [
        f"{name_of(path)}:{number}"
        for path in [*files, *ROOT.glob("*.md"), *ROOT.glob("*.py"), ROOT / "Makefile"]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if LEFT_OVER.search(line)
    ]

    assert wrong == [], "do it, or write an issue"


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "common", "misc"])
def test_no_file_is_a_junk_drawer(name: str) -> None:
    assert [name_of(path) for path in python_files(*PACKAGES, "tests") if path.stem == name] == []


def _reads_clock(node: ast.Call) -> bool:
    function = node.func
    if not isinstance(function, ast.Attribute) or function.attr not in CLOCKS:
        return False
    owner = function.value
    return (owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")) in CLOCK_OWNERS


def _may_read_clock(path: Path, node: ast.Call) -> bool:
    if name_of(path) not in MAY_READ_THE_CLOCK:
        return False
    place = MAY_READ_THE_CLOCK[name_of(path)]
    inside = (found for found in nodes(path, ast.ClassDef, ast.FunctionDef) if found.name == place)
    return place is None or any(node in ast.walk(found) for found in inside)
