"""Where to send somebody on: to a page of ours only."""

import re

from flask import url_for


def own_address(address: str | None) -> str:
    """The address if it is a path of ours, else the first page."""
    # "//host" and "https://host" would send the person away after sign-in, and so would "/<tab>/host",
    # because browsers drop what cannot be printed.
    is_path = address is not None and re.match(r"/(?![/\\])", address) and address.isprintable()
    return address if address and is_path else url_for("dashboard.home")
