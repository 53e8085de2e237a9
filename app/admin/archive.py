"""Everything of one county as an archive: one file of JSON lines a table, the files, a manifest of hashes."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.audit.plain import HIDDEN, SECRET
from app.models import Account, CountyStanding, Membership
from plans.base import Base, County, CountyOwned
from plans.models import Evidence

FORMAT = "youjun-county-1"
Manifest = dict[str, dict[str, Any]]


def owned_models() -> list[type[Any]]:
    """Every table of counties, parents before children."""
    order = {table.name: number for number, table in enumerate(Base.metadata.sorted_tables)}
    models = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, CountyOwned)]
    return sorted(models, key=lambda model: order[model.__tablename__])


def write_archive(
    session: Session, county: County, target: IO[bytes], *, folder: Path, at: datetime
) -> Manifest:
    """Write the archive of the county in scope. Secrets, such as hashes of tokens, are left out.

    The manifest lists each file with its size, its hash and, for tables, the number of rows.
    """
    manifest: Manifest = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        _write_rows(package, manifest, "county", [_row(County, county)])
        _write_rows(package, manifest, "account", _accounts(session))
        _write_rows(package, manifest, "county_standing", _standings(session, county))
        for model in owned_models():
            _write_rows(package, manifest, model.__tablename__, _rows(session, model))
        for digest in session.scalars(sa.select(Evidence.sha256).order_by(Evidence.sha256)):
            _write_file(package, manifest, folder / str(county.id) / digest[:2] / digest, digest)
        head = {"format": FORMAT, "county": county.name, "code": county.code, "made_at": at.isoformat()}
        package.writestr("manifest.json", _json({**head, "files": manifest}))
    return manifest


def _write_rows(
    package: zipfile.ZipFile, manifest: Manifest, table: str, rows: Iterator[dict[str, Any]] | list[Any]
) -> None:
    name, digest, size, n_rows = f"tables/{table}.jsonl", sha256(), 0, 0
    with package.open(name, "w") as file:
        for row in rows:
            line = (_json(row) + "\n").encode()
            file.write(line)
            digest.update(line)
            size, n_rows = size + len(line), n_rows + 1
    manifest[name] = {"rows": n_rows, "size": size, "sha256": digest.hexdigest()}


def _write_file(package: zipfile.ZipFile, manifest: Manifest, path: Path, digest: str) -> None:
    name = f"files/{digest}"
    if not path.is_file():
        manifest[name] = {"missing": True}
        return
    package.write(path, name)
    manifest[name] = {"size": path.stat().st_size, "sha256": digest}


def _accounts(session: Session) -> Iterator[dict[str, Any]]:
    members = sa.select(Membership.account_id)
    statement = sa.select(Account.id, Account.login, Account.name, Account.is_enabled, Account.created_at)
    found = session.execute(statement.where(Account.id.in_(members)).order_by(Account.id))
    return ({name: _cell(name, value) for name, value in row.items()} for row in found.mappings())


def _standings(session: Session, county: County) -> Iterator[dict[str, Any]]:
    """What the county has told those above; the table is nobody's own, its rows are the county's word."""
    told = sa.select(CountyStanding).where(CountyStanding.county_code == county.code)
    return (_row(CountyStanding, one) for one in session.scalars(told.order_by(CountyStanding.id)))


def _rows(session: Session, model: type[Any]) -> Iterator[dict[str, Any]]:
    columns = [getattr(model, attribute.key) for attribute in sa.inspect(model).column_attrs]
    statement = sa.select(*columns).order_by(model.id).execution_options(yield_per=500)
    for row in session.execute(statement).mappings():
        yield {name: _cell(name, value) for name, value in row.items()}


def _row(model: type[Any], row: Any) -> dict[str, Any]:
    names = [attribute.key for attribute in sa.inspect(model).column_attrs]
    return {name: _cell(name, getattr(row, name)) for name in names}


def _cell(name: str, value: Any) -> Any:
    if SECRET.search(name) and value not in (None, ""):
        return HIDDEN
    if isinstance(value, Mapping):
        return {str(key): _cell(str(key), one) for key, one in value.items()}
    if isinstance(value, list):
        return [_cell("", one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
