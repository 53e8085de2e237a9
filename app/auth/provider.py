"""Sign-in by an identity provider (OpenID Connect): the way there and back, and what comes back proven.

Code flow with PKCE, state and nonce; what is to be remembered on the way lies in the browser's signed session
under its state. Nothing is believed of the provider but the issuer and the subject of a token that it signed.
"""

from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskOAuth2App, OAuth
from flask import Flask, current_app, request, session
from flask_babel import gettext as _
from joserfc.errors import JoseError

from app.auth.errors import ProviderRefused, ProviderUnreachable

NAME, TIMEOUT_S, LEEWAY_S = "provider", 10, 60
_KEPT = f"_state_{NAME}_"
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
# What a provider may send is not ours to choose: wrong tokens, and answers of another form than agreed.
_WRONG = (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, AttributeError, RuntimeError)


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows her: the one pair that never changes hands."""

    issuer: str
    subject: str


def init_app(app: Flask) -> None:
    """Get to know the provider of the settings, if there is one; it is asked for nothing yet."""
    if app.config["OIDC_ISSUER"]:
        OAuth(app).register(
            NAME,
            client_id=app.config["OIDC_CLIENT_ID"],
            client_secret=app.config["OIDC_CLIENT_SECRET"] or None,
            server_metadata_url=app.config["OIDC_ISSUER"].rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_S,
            },
        )


def is_offered() -> bool:
    """Whether the operator has set a provider up."""
    return bool(current_app.config["OIDC_ISSUER"])


def way_there(back: str, kept: dict[str, Any]) -> str:
    """The provider's address to send the browser to; ``kept`` is there again when it comes ``back``.

    Raises ProviderUnreachable, ProviderRefused.
    """
    client = _client()
    try:
        _check_metadata(client)
        begun = client.create_authorization_url(back)
    except requests.RequestException as error:
        raise ProviderUnreachable(_name()) from error
    except _WRONG as error:
        raise _refused(error) from error
    for key in [key for key in session if key.startswith(_KEPT)]:
        session.pop(key)  # one way at a time: the cookie has little room
    client.save_authorize_data(redirect_uri=back, kept=kept, **begun)
    return str(begun["url"])


def kept_on_the_way() -> dict[str, Any]:
    """What was to be kept, told by the state that came back; empty when the way did not begin here."""
    data: Any = _client().framework.get_state_data(session, request.args.get("state"))
    kept: dict[str, Any] = data["kept"] if data else {}
    return kept


def proven_identity() -> Identity:
    """Who came back, once everything about the token holds.

    Raises ProviderUnreachable, ProviderRefused.
    """
    client = _client()
    try:
        _check_metadata(client)
        token = client.authorize_access_token(claims_options=_claims(), leeway=LEEWAY_S)
        return _identity(token["userinfo"])
    except requests.RequestException as error:
        raise ProviderUnreachable(_name()) from error
    except _WRONG as error:
        raise _refused(error) from error


def _client() -> FlaskOAuth2App:
    return current_app.extensions["authlib.integrations.flask_client"].create_client(NAME)


def _check_metadata(client: FlaskOAuth2App) -> None:
    metadata = client.load_server_metadata()
    if metadata["issuer"] != current_app.config["OIDC_ISSUER"]:
        client.server_metadata.clear()  # to be asked again
        raise ValueError("the provider says to be another issuer")
    # A token signed with a shared secret, or not at all, proves nothing.
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    metadata["id_token_signing_alg_values_supported"] = [name for name in offered if name in _ALGORITHMS]


def _claims() -> dict[str, Any]:
    settings = current_app.config
    return {
        "iss": {"essential": True, "value": settings["OIDC_ISSUER"]},
        "aud": {"essential": True, "value": settings["OIDC_CLIENT_ID"]},
        "sub": {"essential": True},
    }


def _identity(claims: dict[str, Any]) -> Identity:
    subject = claims["sub"]
    if not (0 < len(subject) <= 255 and subject.isascii() and subject.isprintable()):
        raise ValueError("no subject as the standard has it")
    return Identity(current_app.config["OIDC_ISSUER"], subject)


def _refused(error: Exception) -> ProviderRefused:
    # Class and reason only: descriptions may hold what somebody put into the address.
    current_app.logger.warning("Sign-in by the provider refused: %s", type(error).__name__)
    return ProviderRefused(_name())


def _name() -> str:
    return str(current_app.config["OIDC_NAME"] or _("统一身份认证"))
