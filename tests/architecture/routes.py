"""The addresses of the application, one a line; run as a module it prints them."""

import sys

from flask import Flask

from app.factory import create_app


def route_lines(app: Flask) -> list[str]:
    """Methods, address and endpoint of every route, in the order of addresses."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
    return [
        f"{','.join(sorted(rule.methods - {'HEAD', 'OPTIONS'}))} {rule.rule} {rule.endpoint}"
        for rule in rules
    ]


if __name__ == "__main__":
    nowhere = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "unused", "FILES": "unused"}
    sys.stdout.write("\n".join(route_lines(create_app(nowhere))) + "\n")
