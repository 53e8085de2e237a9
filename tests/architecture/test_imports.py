"""Which way the arrows point."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT, imports, name_of, python_files

# The outer edge: the only modules that hold the session, the clock and the person who acts.
EDGE = {
    "app/admin/platform_cli.py",  # a command: each county in a session of its own
    "app/audit/audit_cli.py",  # a command: each county in a session of its own
    "app/audit/hooks.py",
    "app/auth/accounts_cli.py",
    "app/auth/presence.py",
    "app/cli.py",
    "app/demo/setup.py",  # a command: each county in a session of its own
    "app/errors.py",
    "app/extensions.py",
    "app/factory.py",
    "app/frame.py",
    "app/keeping/keeping_cli.py",
    "app/limits.py",
    "app/planning/push_cli.py",  # a command: each county in a session of its own
}


def is_edge(path: Path) -> bool:
    return name_of(path) in EDGE or is_view(path) or name_of(path).startswith("app/jobs/")


def is_view(path: Path) -> bool:
    return path.stem.endswith("views")


def test_import_contracts_are_kept() -> None:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_views_are_imported_by_their_own_area_and_the_factory_only() -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {module}.{name}"
        for path in python_files("app")
        for line, module, name in imports(path)
        if (view := _view_in(module, name)) and name_of(path) != "app/factory.py" and _area(path) != view
    ]

    assert wrong == []


def test_nobody_imports_from_the_package_itself() -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {name} from app; take it from the module that defines it"
        for path in python_files("app", "tests")
        for line, module, name in imports(path)
        if module == "app" and name and not _is_module(name)
    ]

    assert wrong == []


def test_flask_g_is_not_used() -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in python_files("app")
        for line, module, name in imports(path)
        if (module, name) in (("flask", "g"), ("flask.globals", "g"))
    ]

    assert wrong == [], "pass what you need as an argument; flask.g hides it"


def test_only_the_edge_holds_session_clock_and_person() -> None:
    held = {
        ("app.extensions", "db"),
        ("app.clock", "now"),
        ("app.clock", "today"),
        ("flask_login", "current_user"),
    }
    wrong = [
        f"{name_of(path)}:{line} imports {module}.{name}; take it as an argument"
        for path in python_files("app")
        for line, module, name in imports(path)
        if (module, name) in held and not is_edge(path)
    ]

    assert wrong == []


def test_models_know_nothing_of_the_areas() -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {module}"
        for path in python_files("app/models")
        for line, module, _name in imports(path)
        if module.startswith("app.") and not module.startswith("app.models")
    ]

    assert wrong == []


def test_edge_names_files_that_exist() -> None:
    assert {name for name in EDGE if not (ROOT / name).is_file()} == set()


def _view_in(module: str, name: str) -> str | None:
    """The area of the view that an import reaches for."""
    parts = [*module.split("."), name]
    found = any(part.endswith("views") for part in parts)
    return parts[1] if parts[0] == "app" and found else None


def _area(path: Path) -> str:
    return path.relative_to(ROOT / "app").parts[0]


def _is_module(name: str) -> bool:
    return (ROOT / "app" / f"{name}.py").exists() or (ROOT / "app" / name).is_dir()
