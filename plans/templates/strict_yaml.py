"""YAML without its surprises: double keys, dates, truth values and floats are errors."""

from pathlib import Path
from typing import Any

import yaml

from plans.templates.errors import BadTemplate


class _StrictLoader(yaml.SafeLoader):
    """Safe loader that keeps keys as written and refuses values which YAML would reinterpret."""


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str, Any]:
    # Keys are taken as written: YAML 1.1 would read the key ``no`` as False.
    keys = [str(key.value) for key, _ in node.value]
    doubles = sorted({key for key in keys if keys.count(key) > 1})
    if doubles:
        raise yaml.constructor.ConstructorError(None, None, f"重复的键 {'、'.join(doubles)}", node.start_mark)
    values = (loader.construct_object(value, deep=True) for _, value in node.value)
    return dict(zip(keys, values, strict=True))


def _refuse(loader: _StrictLoader, node: yaml.ScalarNode) -> None:
    raise yaml.constructor.ConstructorError(None, None, f"值 {node.value} 须加引号", node.start_mark)


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
for _tag in ("timestamp", "bool", "float"):
    _StrictLoader.add_constructor(f"tag:yaml.org,2002:{_tag}", _refuse)


def read_yaml(file: Path) -> Any:
    """Content of a template file. Raises BadTemplate naming the file and the line."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 -- is a SafeLoader
    except yaml.YAMLError as problem:
        raise BadTemplate(file.name, " ".join(str(problem).split())) from problem
