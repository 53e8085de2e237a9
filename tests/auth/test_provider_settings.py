"""Settings of the identity provider."""

from pathlib import Path

import pytest

from app.settings import ProviderNotSet, read_settings

NAME = "示例统一认证"


@pytest.mark.parametrize(
    "given",
    [
        {"OIDC_ISSUER": "https://id.example"},
        {"OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "ledger", "HTTPS": True},
    ],
)
def test_settings_that_cannot_work_are_refused_at_the_start(tmp_path: Path, given: dict[str, object]) -> None:
    with pytest.raises(ProviderNotSet):
        read_settings(tmp_path, given)


def test_settings_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "ledger", "OIDC_NAME": NAME}
    for name, value in {**wanted, "OIDC_SECOND_FACTOR": "1"}.items():
        monkeypatch.setenv(name, value)

    settings = read_settings(tmp_path, {})

    assert {name: settings[name] for name in wanted} == wanted
    assert settings["OIDC_SECOND_FACTOR"] is True
