"""Keeping files: what is taken, under which name, once a county, and by whom it can be fetched."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from app.file_kinds import JPEG, OFD, PDF, PNG, SHEET, TEXT, WORD, FileRefused, Kind, kind_of
from app.files import LIMIT_MB, FileLost, keep_content, keep_files, path_of
from plans.actors import Actor
from plans.models import Evidence
from tests.conftest import NOW
from tests.factories import Factory

A_PDF = b"%PDF-1.7\n1 0 obj\n"


def package(*names: str) -> bytes:
    """A zip file with parts of these names."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


def upload(content: bytes, name: str) -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


@pytest.fixture
def office(make: Factory) -> Actor:
    return make.member(make.county()).actor


def keep(
    session: Session, actor: Actor, folder: Path, content: bytes = A_PDF, name: str = "通知.pdf"
) -> Evidence:
    return keep_content(session, actor, content, name, folder=folder, at=NOW)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (A_PDF, PDF),
        (b"\x89PNG\r\n\x1a\n0", PNG),
        (b"\xff\xd8\xff\xe0", JPEG),
        (package("[Content_Types].xml", "word/document.xml"), WORD),
        (package("xl/workbook.xml", "xl/printerSettings/printerSettings1.bin"), SHEET),
        (package("OFD.xml", "Doc_0/Document.xml"), OFD),
        ("会议纪要".encode(), TEXT),
        ("会议纪要".encode("gb18030"), TEXT),
    ],
)
def test_kind_is_told_from_content(content: bytes, kind: Kind) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"MZ\x90\x00\x03", "不收这种文件"),
        (b"MZ this could be text", "不收这种文件"),
        (b"#!/bin/sh\nrm", "不收这种文件"),
        (b"\x7fELF\x02\x01\x01\x00", "不收这种文件"),
        (b" <html><script>alert(1)</script>", "不收这种文件"),
        (b"\xef\xbb\xbf<svg onload='x'>", "不收这种文件"),
        (b"<?xml version='1.0'?><svg/>", "不收这种文件"),
        (b"  \n", "不收这种文件"),
        (package("photo.jpg"), "不收压缩包"),
        (package("word/document.xml", "word/vbaProject.bin"), "宏"),
        (package("xl/workbook.xml", "xl/embeddings/oleObject1.bin"), "宏"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office"),
    ],
)
def test_what_can_run_or_hide_something_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(FileRefused, match=word):
        kind_of(content)


def test_same_content_twice_is_one_row_and_one_file(make: Factory, office: Actor, tmp_path: Path) -> None:
    with make.session(office.county_id) as session:
        first = keep(session, office, tmp_path / "files")
        second = keep(session, office, tmp_path / "files", name="另一个名字.pdf")

        assert second is first
        assert (first.name, first.size, first.kept_by) == ("通知.pdf", len(A_PDF), office.name)
        assert path_of(first, tmp_path / "files").read_bytes() == A_PDF
        assert [p.name for p in (tmp_path / "files").rglob("*") if p.is_file()] == [first.sha256]


def test_two_counties_keep_their_own_copies(make: Factory, office: Actor, tmp_path: Path) -> None:
    other = make.member(make.county()).actor

    with make.session(office.county_id) as session:
        mine = path_of(keep(session, office, tmp_path), tmp_path)
    with make.session(other.county_id) as session:
        theirs = path_of(keep(session, other, tmp_path), tmp_path)

    assert mine != theirs
    assert mine.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\资料\\验收单.PDF", "验收单.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("照片.exe", "照片.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        (".pdf", "pdf.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_name_is_cleaned_and_ends_as_the_content(
    make: Factory, office: Actor, tmp_path: Path, given: str, kept: str
) -> None:
    with make.session(office.county_id) as session:
        assert keep(session, office, tmp_path, name=given).name == kept


def test_one_bad_file_keeps_none_of_them(make: Factory, office: Actor, tmp_path: Path) -> None:
    uploads = [upload(A_PDF, "好.pdf"), upload(b"MZ\0", "坏.pdf"), upload(b"", "")]

    with make.session(office.county_id) as session:
        with pytest.raises(FileRefused, match=r"“坏\.pdf”：不收这种文件"):
            keep_files(session, office, uploads, folder=tmp_path / "files", at=NOW)

        assert session.query(Evidence).count() == 0
    assert not (tmp_path / "files").exists()


def test_file_over_the_limit_is_refused_and_one_at_the_limit_is_kept(
    make: Factory, office: Actor, tmp_path: Path
) -> None:
    at_limit = A_PDF.ljust(LIMIT_MB << 20, b" ")

    with make.session(office.county_id) as session:
        kept = keep_files(session, office, [upload(at_limit, "刚好.pdf")], folder=tmp_path, at=NOW)
        with pytest.raises(FileRefused, match="超过 20 MB"):
            keep_files(session, office, [upload(at_limit + b" ", "太大.pdf")], folder=tmp_path, at=NOW)

        assert [file.size for file in kept] == [LIMIT_MB << 20]


def test_empty_file_is_refused(make: Factory, office: Actor, tmp_path: Path) -> None:
    with make.session(office.county_id) as session, pytest.raises(FileRefused, match="文件是空的"):
        keep_files(session, office, [upload(b"", "空.pdf")], folder=tmp_path, at=NOW)


def test_file_gone_from_disk_is_named(app: Flask, make: Factory, office: Actor, tmp_path: Path) -> None:
    with make.session(office.county_id) as session:
        evidence = keep(session, office, tmp_path)
        path_of(evidence, tmp_path).unlink()

        with pytest.raises(FileLost):
            path_of(evidence, tmp_path)
