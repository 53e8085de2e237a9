"""The one place where the application is put together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

from app import (
    assets,
    cli,
    compression,
    counting,
    dates,
    errors,
    file_fields,
    frame,
    headers,
    language,
    limits,
    looks,
    plain_text,
    printing,
)
from app.admin.views import bp as admin
from app.assessments.views import bp as assessments
from app.audit import hooks as audit_hooks
from app.audit.views import bp as audit
from app.auth import presence, provider
from app.auth.views import bp as auth
from app.basic.views import bp as basic
from app.bulletins.views import bp as bulletins
from app.claims.views import bp as claims
from app.dashboard.views import bp as dashboard
from app.database import prepare_engine, refuse_unsafe_role
from app.duties.views import bp as duties
from app.explain.views import bp as explain
from app.extensions import csrf, db, htmx, migrate, talisman
from app.gaps.views import bp as gaps
from app.headers import PERMISSIONS_POLICY
from app.helping.views import bp as helping
from app.items.views import bp as items
from app.jobs.views import bp as jobs
from app.keys import KeyConverter
from app.language_views import bp as languages
from app.ledgers.views import bp as ledgers
from app.messages.views import bp as messages
from app.milestones.views import bp as milestones
from app.my_school.views import bp as my_school
from app.oversight.views import bp as oversight
from app.people.views import bp as people
from app.planning.views import bp as planning
from app.returns.county_views import bp as county_return
from app.returns.views import bp as returns
from app.revising.views import bp as revising
from app.rubric.views import bp as rubric
from app.rules.views import bp as rules
from app.search.views import bp as search
from app.settings import CONTENT_SECURITY_POLICY, read_settings
from app.starting.views import bp as starting
from app.supervision.views import bp as supervision
from app.targets.views import bp as targets
from app.tenant.views import bp as tenant
from app.versions.views import bp as versions
from app.work.views import bp as work

ROOT = Path(__file__).resolve().parent.parent


def create_app(given: Mapping[str, Any] | None = None) -> Flask:
    """Make an application; ``given`` settings win over the environment and the defaults."""
    app = Flask("app", instance_path=str(ROOT / "instance"), static_folder=None)
    app.url_map.converters["int"] = KeyConverter
    app.config.from_mapping(read_settings(Path(app.instance_path), given))
    _bind_extensions(app)
    assets.init_app(app, ROOT / "static")
    headers.init_app(app)
    compression.init_app(app)
    limits.init_app(app)
    provider.init_app(app)
    presence.init_app(app)
    plain_text.init_app(app)
    file_fields.init_app(app)
    audit_hooks.init_app(app)
    errors.init_app(app)
    frame.init_app(app)
    printing.init_app(app)
    dates.init_app(app)
    counting.init_app(app)
    cli.init_app(app)
    _register_areas(app)
    return app


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
        refuse_unsafe_role(db.engine)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), render_as_batch=True, compare_type=True)
    csrf.init_app(app)
    language.init_app(app)
    looks.init_app(app)
    htmx.init_app(app)
    talisman.init_app(
        app,
        force_https=app.config["HTTPS"],
        session_cookie_secure=app.config["HTTPS"],
        content_security_policy=CONTENT_SECURITY_POLICY,
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy=PERMISSIONS_POLICY,
    )


def _register_areas(app: Flask) -> None:
    results = (
        dashboard,
        assessments,
        items,
        rules,
        explain,
        gaps,
        ledgers,
        targets,
        versions,
        basic,
        rubric,
        claims,
    )
    work_areas = (planning, revising, duties, milestones, supervision, work, bulletins)
    front = (languages, auth, people, oversight, admin, audit, tenant, jobs, messages, helping, starting)
    for area in (*front, search, *results, *work_areas, returns, county_return, my_school):
        app.register_blueprint(area)
