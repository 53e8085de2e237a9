"""What every answer tells the browser beside the content security policy, whatever the answer is."""

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

PERMISSIONS_POLICY = dict.fromkeys(
    ("browsing-topics", "camera", "display-capture", "geolocation", "microphone", "payment", "usb"), "()"
)
_ALWAYS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_NEEDLESS = ("Accept-Ranges", "Content-Disposition", "Last-Modified")  # of assets: asked for whole, by ETag


def init_app(app: Flask) -> None:
    """Set the headers, and believe what the operator's own proxies say of the person's address."""
    app.after_request(_set_headers)
    if n := app.config["PROXIES"]:
        # Without proxies of ours these headers are anybody's; with them, the count is all that is believed.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]


def _set_headers(response: Response) -> Response:
    response.headers.update(_ALWAYS)
    if request.endpoint != "static" or response.status_code >= 400:
        # Pages of one person must not come up for the next one at the same computer.
        response.headers["Cache-Control"] = "no-store"
    else:
        for name in _NEEDLESS:
            response.headers.pop(name, None)
    return response
