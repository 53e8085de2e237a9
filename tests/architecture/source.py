"""The repository's own files, read as text and as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def python_files(*folders: str) -> list[Path]:
    """Python files below the folders; migrations' versions are written by a tool and not among them."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if path.parent != ROOT / "migrations" / "versions")


def name_of(path: Path) -> str:
    """The path as one writes it from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    """Every node of these kinds in a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, kinds))


def imports(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, module and name of every import; ``import a.b`` has the name ""."""
    for node in nodes(path, ast.Import, ast.ImportFrom):
        for alias in node.names:
            if isinstance(node, ast.Import):
                yield node.lineno, alias.name, ""
            else:
                yield node.lineno, node.module or "", alias.name


def called(node: ast.Call) -> str:
    """The last name of what is called: ``c`` for ``a.b.c()`` and for ``c()``."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
