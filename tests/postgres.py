"""The private PostgreSQL of a test run: started when the first test needs it, gone with the run."""

import fcntl
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def socket_folder(shared: Path) -> str:
    """The folder of the server's socket; the first worker of a run starts the server for all.

    ``shared`` is a folder of this run that all its workers know.
    """
    note = shared / "postgres"
    with note.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if folder := file.read():
            return folder
        folder = _start()
        file.write(folder)
        return folder


def _start() -> str:
    # The server ends with the process that started the run: of workers of xdist that is the parent.
    run = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    started = subprocess.run(
        [ROOT / "deploy" / "test-postgres", str(run)], capture_output=True, text=True, check=False
    )
    if started.returncode:
        pytest.fail(f"No PostgreSQL to test on: {started.stderr}", pytrace=False)
    folder = started.stdout.strip()
    _make_template(folder)
    return folder


def _make_template(folder: str) -> None:
    """Roles and grants as a deployment has them, from the same file."""
    values = {"database": "template", "owner_password": "only for tests", "app_password": "only for tests"}
    command = ["psql", "-q", "-h", folder, "-U", "postgres", "-d", "postgres"]
    command += [word for name, value in values.items() for word in ("-v", f"{name}={value}")]
    subprocess.run([*command, "-f", ROOT / "deploy" / "postgres.sql"], check=True)
