"""A scheduler that a test may kill: ``python -m tests.jobs.child``, every job each tenth of a second."""

import sys
from dataclasses import replace

from app.factory import create_app
from app.jobs import scheduler

SECONDS = 0.1


def main() -> None:
    """Run until told to end."""
    scheduler.BEAT_SECONDS = SECONDS
    wanted = sys.argv[1:]
    scheduler.JOBS = tuple(replace(job, seconds=SECONDS) for job in scheduler.JOBS if job.name in wanted)
    app = create_app()
    with app.app_context():
        scheduler.serve(app)


if __name__ == "__main__":
    main()
