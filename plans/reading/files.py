"""Which kind of file this is, told by its bytes; what must not be opened is refused here."""

import io
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePath

from plans.errors import (
    BrokenWordFile,
    EmptyPlanFile,
    EncryptedFile,
    LegacyWordFile,
    MacroFile,
    NotAPlanFile,
    OversizedFile,
)
from plans.words import _

LIMIT_MB = 100  # a plan with pictures has a few MB; the unpacked whole is what costs memory
LIMIT_XML_MB = 30
LIMIT_TEXT_MB = 5
MAX_PARTS = 5000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"%PDF": _("PDF 文件"),
    b"{\\rtf": _("RTF 文件"),
    b"\x89PNG": _("图片"),
    b"\xff\xd8\xff": _("图片"),
    b"GIF8": _("图片"),
    b"Rar!": _("RAR 压缩包"),
    b"7z\xbc\xaf": _("7z 压缩包"),
}
_OTHER_PACKAGES = {"xl/workbook.xml": _("Excel 工作簿"), "ppt/presentation.xml": _("演示文稿")}
_WORD_SUFFIXES = {".docx", ".dotx", ".doc", ".wps"}
_MACRO_SUFFIXES = {".docm", ".dotm"}


class FileKind(StrEnum):
    """The two kinds that can be read."""

    WORD = "word"
    TEXT = "text"


def kind_of(content: bytes, filename: str | None = None) -> FileKind:
    """Tell Word from text and refuse the rest.

    Raises EmptyPlanFile, LegacyWordFile, EncryptedFile, MacroFile, OversizedFile, NotAPlanFile or
    BrokenWordFile.
    """
    suffix = PurePath(filename or "").suffix.lower()
    if not content:
        raise EmptyPlanFile
    if content.startswith(_OLE):
        raise EncryptedFile if _ENCRYPTED_STREAM in content else LegacyWordFile
    if content.startswith(b"PK"):
        _check_package(content, suffix)
        return FileKind.WORD
    _refuse_foreign(content, suffix)
    return FileKind.TEXT


def _refuse_foreign(content: bytes, suffix: str) -> None:
    found = next((name for magic, name in _FOREIGN.items() if content.startswith(magic)), None)
    if found:
        raise NotAPlanFile(found)
    if suffix in _WORD_SUFFIXES | _MACRO_SUFFIXES:
        raise NotAPlanFile(_("扩展名是 %(suffix)s，内容却不是 Word", suffix=suffix))
    if len(content) > LIMIT_TEXT_MB << 20:
        raise OversizedFile(LIMIT_TEXT_MB)


def _check_package(content: bytes, suffix: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = {part.filename: part for part in package.infolist()}
            _check_parts(parts, suffix)
            types = package.read("[Content_Types].xml")
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, zlib.error) as error:
        raise BrokenWordFile from error
    if b"macroEnabled" in types:
        raise MacroFile


def _check_parts(parts: dict[str, zipfile.ZipInfo], suffix: str) -> None:
    _check_size(parts)
    if any(part.flag_bits & 1 for part in parts.values()):
        raise EncryptedFile
    if suffix in _MACRO_SUFFIXES or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise MacroFile
    other = next((label for name, label in _OTHER_PACKAGES.items() if name in parts), None)
    if other or "[Content_Types].xml" not in parts:
        raise NotAPlanFile(other or _("压缩包"))


def _check_size(parts: dict[str, zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts.values()) > LIMIT_MB << 20:
        raise OversizedFile(LIMIT_MB)
    if any(
        name.endswith((".xml", ".rels")) and part.file_size > LIMIT_XML_MB << 20
        for name, part in parts.items()
    ):
        raise OversizedFile(LIMIT_XML_MB)
