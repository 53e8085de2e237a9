"""YAML without its surprises: double keys, dates, floats and stray keys are errors or exact values.

What people read in it (``texts_in``) is marked for translation: the files are published and stay Chinese.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from scoring.errors import BadRulebook
from scoring.words import Text, _, kept_words

_READ = ("title", "label", "group", "unit", "clause", "text", "what", "how", "source", "mistakes", "subjects")
_NAMES = ("choices", "stages")  # tables of codes and what they are called
_CHINESE = re.compile("[\u4e00-\u9fff]")


class _StrictLoader(yaml.SafeLoader):
    """Safe loader that refuses double keys and values which YAML would reinterpret."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str, Any]:
    keys = [loader.construct_object(key) for key, _value in node.value]
    doubles = sorted({str(key) for key in keys if keys.count(key) > 1})
    if doubles:
        raise yaml.constructor.ConstructorError(None, None, f"重复的键 {'、'.join(doubles)}", node.start_mark)
    return {
        str(key): loader.construct_object(value, deep=True)
        for key, (_key, value) in zip(keys, node.value, strict=True)
    }


def _refuse(loader: _StrictLoader, node: yaml.ScalarNode) -> None:
    # 2017-04-19 would become a date, no a False and 0.50 a binary float: each must be quoted.
    raise yaml.constructor.ConstructorError(None, None, f"值 {node.value} 须加引号", node.start_mark)


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
for _tag in ("timestamp", "bool", "float"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _refuse)


def read_yaml(file: Path) -> dict[str, Any]:
    """Content of a rulebook file. Raises BadRulebook naming the file and the line."""
    return parse_yaml(file.name, file.read_bytes())


def parse_yaml(name: str, given: bytes) -> dict[str, Any]:
    """Content of a rulebook that goes by a name. Raises BadRulebook naming it and the line."""
    try:
        content = yaml.load(given.decode("utf-8"), Loader=_StrictLoader)  # noqa: S506 -- is a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise BadRulebook(name, "", " ".join(str(problem).split())) from problem
    if not isinstance(content, dict):
        raise BadRulebook(name, "", "内容须是键值表")
    return {key: _marked(value, key) for key, value in content.items()}


def texts_in(content: Any) -> Iterator[str]:
    """Every text of a file that people read, as it is kept."""
    if isinstance(content, Text):
        yield kept_words(content)
    elif isinstance(content, Mapping | list):
        for value in content.values() if isinstance(content, Mapping) else content:
            yield from texts_in(value)


def _marked(given: Any, key: str) -> Any:
    if isinstance(given, dict):
        return {name: _marked(value, "label" if key in _NAMES else name) for name, value in given.items()}
    if isinstance(given, list):
        return [_marked(value, "" if key in _NAMES else key) for value in given]
    is_read = isinstance(given, str) and key in _READ and _CHINESE.search(given)
    return _(given) if is_read else given


def check_keys(
    file: str, place: str, given: Mapping[str, Any], *, needed: Iterable[str], allowed: Iterable[str] = ()
) -> None:
    """Refuse a table with missing or unknown keys. Raises BadRulebook."""
    if not isinstance(given, Mapping):
        raise BadRulebook(file, place, "须是键值表")
    missing = [key for key in needed if given.get(key) in (None, "", [], {})]
    if missing:
        raise BadRulebook(file, place, f"缺少 {'、'.join(missing)}")
    unknown = [key for key in given if key not in {*needed, *allowed}]
    if unknown:
        raise BadRulebook(file, place, f"未知的键 {'、'.join(unknown)}")
