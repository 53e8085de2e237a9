"""What a file really is, told from its content; its name is only a wish.

Taken are the kinds in which county offices hand in evidence. Refused is what can run or hide something:
programs, macros, pages with scripts, archives (nobody sees what is inside) and the old binary Office formats
(macros cannot be told from text there).
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from plans.words import _

MAX_PARTS = 5000
MOST_UNPACKED = 200_000_000  # of one file; pictures in a report are packed already
MOST_RATIO = 200  # of a part above 1 MB


@dataclass(frozen=True)
class Kind:
    """A kind of file that may be kept."""

    suffix: str
    media_type: str
    name: str


WORD = Kind(
    ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _("Word 文档")
)
SHEET = Kind(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("Excel 工作簿"))
OFD = Kind(".ofd", "application/ofd", _("OFD 版式文件"))  # GB/T 33190, the format of official documents
PDF = Kind(".pdf", "application/pdf", _("PDF 文件"))
PNG = Kind(".png", "image/png", _("图片"))
JPEG = Kind(".jpg", "image/jpeg", _("图片"))
TEXT = Kind(".txt", "text/plain; charset=utf-8", _("文本文件"))
KINDS = (PDF, WORD, SHEET, OFD, PNG, JPEG, TEXT)
ACCEPT = ".pdf,.docx,.xlsx,.ofd,.png,.jpg,.jpeg,.txt"

_STARTS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
_MAIN_PARTS = {"word/document.xml": WORD, "xl/workbook.xml": SHEET, "OFD.xml": OFD}
_CAN_RUN = (".bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".html", ".htm", ".svg", ".jar")
_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "#!", "mz")

_OTHER_KIND = _(
    "不收这种文件。请上传 PDF、Word（.docx）、Excel（.xlsx）、OFD、图片（.jpg、.png）或文本（.txt）。"
)


class FileRefused(ValueError):
    """A file that is not kept; the message is fit for the user."""


def kind_of(content: bytes) -> Kind:
    """The kind of a file by its bytes.

    Raises FileRefused.
    """
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _package_kind(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused(
            _("这是旧版 Office 或加密的文件（如 .doc、.xls、.wps），请另存为 .docx、.xlsx 或 PDF 后再上传。")
        )
    return _text_kind(content)


def _package_kind(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            kind = _kind_of_parts(package.infolist())
            _refuse_entities(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as broken:
        raise FileRefused(_("文件已损坏或设有密码，打不开。请在本机打开核对并重新保存后再上传。")) from broken
    return kind


def _kind_of_parts(parts: list[zipfile.ZipInfo]) -> Kind:
    names = [part.filename for part in parts]
    kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    if kind is None or len(names) > MAX_PARTS:
        raise FileRefused(_("不收压缩包，核实人看不到里面的内容。请解压后逐个上传。"))
    if any(_leads_out(name) for name in names) or len(set(names)) < len(names):
        raise FileRefused(_("文件内部的路径不合规范，可能被改动过。请用 Word、Excel 或 WPS 另存后再上传。"))
    if any(_can_run(name) for name in names):
        raise FileRefused(_("文件带有宏或嵌入的对象，出于安全考虑不予保存。请另存为 PDF 后再上传。"))
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(map(_is_bomb, parts)):
        raise FileRefused(_("文件解压后过大，不予保存。请压缩图片或拆分文件后再上传。"))
    return kind


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 1_000_000 and part.file_size > MOST_RATIO * part.compress_size


def _refuse_entities(package: zipfile.ZipFile) -> None:
    # Office files have no document type; one that has wants whoever opens it to read another file.
    for name in package.namelist():
        if name.lower().endswith((".xml", ".rels")) and _has_document_type(package.read(name)):
            raise FileRefused(_("文件含有外部实体或文档类型声明，不予保存。请另存为 PDF 后再上传。"))


def _has_document_type(content: bytes) -> bool:
    plain = content.replace(b"\0", b"")  # in UTF-16 every other byte
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _can_run(name: str) -> bool:
    # Printer settings are the one harmless .bin that every saved workbook carries.
    return name.lower().endswith(_CAN_RUN) and "printersettings" not in name.lower()


def _text_kind(content: bytes) -> Kind:
    text = _decoded(content)
    if text is None or not text.strip() or text.lstrip("\ufeff \t\r\n").lower().startswith(_MARKUP):
        raise FileRefused(_OTHER_KIND)
    return TEXT


def _decoded(content: bytes) -> str | None:
    if b"\0" in content:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
