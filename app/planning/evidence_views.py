"""Fetching kept files."""

from pathlib import Path

from flask import abort, current_app, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.auth.presence import current_actor
from app.extensions import db, talisman
from app.files import FileLost, path_of
from app.planning.blueprint import bp
from app.planning.queries import evidence_for

# Whatever the file is, a browser shall save it and run nothing of it.
RUN_NOTHING = "default-src 'none'; sandbox"


@bp.get("/evidence/<int:evidence_id>")
@talisman(content_security_policy=RUN_NOTHING)  # type: ignore[untyped-decorator]
def evidence(evidence_id: int) -> Response:
    kept = evidence_for(db.session(), current_actor(), evidence_id)
    try:
        path = path_of(kept, Path(current_app.config["FILES"]))
    except FileLost as loss:
        current_app.logger.error("%s", loss)
        abort(404, _("材料文件不在服务器上，请联系管理员从备份恢复。"))
    answer = send_file(path, mimetype=kept.media_type, as_attachment=True, download_name=kept.name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
