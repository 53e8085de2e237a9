"""What hundreds of applications of one test run need not make again: routes and templates, once compiled.

Each test has an application of its own. Compiling its addresses and templates took a third of the whole run.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

if TYPE_CHECKING:
    from flask import Flask

Builder = Callable[..., tuple[str, str]]


def share_templates(app: "Flask", folder: Path) -> None:
    """Keep compiled templates in a folder; the cache itself sees when a template's text has changed."""
    folder.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))


@contextmanager
def shared_addresses() -> Iterator[None]:
    """Let rules that are alike share the functions that build their addresses."""
    original: Any = Rule._compile_builder
    known: dict[tuple[object, ...], Builder] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> Builder:
        key = (rule.rule, rule.subdomain, rule.host, str(rule.defaults), append_unknown)
        if key not in known:
            known[key] = original(rule, append_unknown)
        return known[key]

    Rule._compile_builder = compile_once  # type: ignore[method-assign]
    yield
    Rule._compile_builder = original  # type: ignore[method-assign]
