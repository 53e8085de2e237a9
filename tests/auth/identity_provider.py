"""A small OpenID Connect provider on this machine: real HTTP, real signatures, and lies on demand."""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "ledger", "a secret between two servers"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
SHARED = OctKey.import_key(SECRET)
# What each lie changes of an honest provider.
LIES: dict[str, dict[str, object]] = {
    "nonce of another time": {"claims": {"nonce": "of another time"}},
    "no nonce": {"claims": {"nonce": None}},
    "for another client": {"claims": {"aud": "another client"}},
    "for two, given to the other": {"claims": {"aud": ["another client", CLIENT], "azp": "another client"}},
    "for nobody": {"claims": {"aud": None}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "expired": {"claims": {"exp": 1_000_000_000}},
    "never expires": {"claims": {"exp": None}},
    "of the future": {"claims": {"iat": 4_102_444_800}},
    "no subject": {"claims": {"sub": None}},
    "empty subject": {"claims": {"sub": ""}},
    "subject is a number": {"claims": {"sub": 7}},
    "subject is a list": {"claims": {"sub": ["person-1"]}},
    "subject with NUL": {"claims": {"sub": "person-1\0"}},
    "long subject": {"claims": {"sub": "x" * 256}},
    "another key": {"key": OTHER_KEY},
    "signed with the shared secret": {"key": SHARED, "algorithm": "HS256"},
    "not signed": {"algorithm": "none"},
    "no token": {"raw_token": b'{"access_token": "a", "token_type": "Bearer"}'},
    "token in pieces": {"raw_token": b'{"access_token": "a", "token_type": "Bearer", "id_token": "a.b.c"}'},
    "token is a number": {"raw_token": b'{"access_token": "a", "token_type": "Bearer", "id_token": 7}'},
    "empty answer": {"raw_token": b"{}"},
    "answer is a list": {"raw_token": b"[]"},
    "answer is a picture": {"raw_token": b"\x89PNG"},
    "error of the provider": {"raw_token": b'{"error": "server_error"}'},
}


@dataclass
class Provider:
    """What it says of whom; a test changes what it likes."""

    issuer: str = ""
    subject: str = "person-1"
    claims: dict[str, Any] = field(default_factory=dict)  # put over the right ones
    metadata: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    algorithm: str = "RS256"
    raw_token: bytes | None = None  # the whole answer of the token endpoint
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # by code

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        roads = {
            "/.well-known/openid-configuration": self._describe,
            "/authorize": self._authorize,
            "/token": self._token,
            "/jwks": lambda _request: _json({"keys": [KEY.as_dict(private=False)]}),
        }
        return roads[request.path](request)(environ, start_response)

    def _describe(self, _request: Request) -> Response:
        right = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        return _json(right | self.metadata)

    def _authorize(self, request: Request) -> Response:
        asked = request.args.to_dict()
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        back = urlencode({"code": code, "state": asked["state"]})
        return Response(status=303, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    def _token(self, request: Request) -> Response:
        asked, sent = self.asked.pop(request.form.get("code", ""), None), request.authorization
        if asked is None or sent is None or (sent.username, sent.password) != (CLIENT, SECRET):
            return _json({"error": "invalid_grant"}, 400)
        if _challenge(request.form["code_verifier"]) != asked["code_challenge"]:
            return _json({"error": "invalid_grant"}, 400)
        if self.raw_token is not None:
            return Response(self.raw_token, mimetype="application/json")
        return _json({"access_token": "a", "token_type": "Bearer", "id_token": self._id_token(asked)})

    def _id_token(self, asked: dict[str, str]) -> str:
        right = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "nonce": asked["nonce"],
        }
        said = {name: value for name, value in (right | self.claims).items() if value is not None}
        header = {"alg": self.algorithm, "kid": "one"}
        if self.algorithm == "none":
            return f"{_plain(header)}.{_plain(said)}."
        return jwt.encode(header, said, self.key, algorithms=[self.algorithm])


@contextmanager
def serving(provider: Provider) -> Iterator[Provider]:
    """The provider, answering on an address of its own."""
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


def _json(said: Any, status: int = 200) -> Response:
    return Response(json.dumps(said), status, mimetype="application/json")


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _plain(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
