"""Files that are no plan get one clear refusal each."""

import io
import zipfile

import docx
import pytest

from plans import errors
from plans.reading import read_plan
from tests.plans.reading.sample import saved, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _package(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def _changed(content: bytes, changes: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return _package(parts | changes)


def _bomb() -> bytes:
    return _changed(word(["一、目标"]), {"word/document.xml": b" " * (31 << 20)})


TYPES = {"[Content_Types].xml": b"<Types/>"}
REFUSED = {
    "empty": (b"", "plan.docx", errors.EmptyPlanFile),
    "blank_text": (b" \n\t\n", "plan.txt", errors.EmptyPlanFile),
    "blank_word": (word(["", " "]), "plan.docx", errors.EmptyPlanFile),
    "legacy_doc": (OLE + b"WordDocument", "plan.doc", errors.LegacyWordFile),
    "legacy_doc_named_docx": (OLE + bytes(600), "plan.docx", errors.LegacyWordFile),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "plan.docx", errors.EncryptedFile),
    "docm": (word(["一、目标"]), "plan.docm", errors.MacroFile),
    "macro_inside": (_changed(word(["目标"]), {"word/vbaProject.bin": b"x"}), "a.docx", errors.MacroFile),
    "macro_type": (_package({"[Content_Types].xml": b"macroEnabled"}), "a.docx", errors.MacroFile),
    "bomb": (_bomb(), "plan.docx", errors.OversizedFile),
    "workbook": (_package(TYPES | {"xl/workbook.xml": b""}), "plan.xlsx", errors.NotAPlanFile),
    "other_zip": (_package({"a.txt": b"x"}), "plan.zip", errors.NotAPlanFile),
    "pdf": (b"%PDF-1.7", "plan.pdf", errors.NotAPlanFile),
    "rtf": (b"{\\rtf1", "plan.doc", errors.NotAPlanFile),
    "text_named_docx": ("一、目标".encode(), "plan.docx", errors.NotAPlanFile),
    "cut_zip": (word(["一、目标"])[:2000], "plan.docx", errors.BrokenWordFile),
    "no_document": (_package(TYPES), "plan.docx", errors.BrokenWordFile),
    "bad_xml": (_changed(word(["目"]), {"word/document.xml": b"<w"}), "a.docx", errors.BrokenWordFile),
    "binary": (b"\x00\x01\x02\x03", "plan.txt", errors.UnknownTextEncoding),
    "big5": ("優質均衡發展實施計畫".encode("big5"), "plan.txt", errors.UnknownTextEncoding),
    "latin": ("Pl\xe4ne f\xfcr Schulen".encode("latin-1"), "plan.txt", errors.UnknownTextEncoding),
}


@pytest.mark.parametrize(("content", "filename", "error"), REFUSED.values(), ids=REFUSED)
def test_refused_file(content, filename, error):
    with pytest.raises(error) as caught:
        read_plan(content, filename)

    assert type(caught.value) is error
    assert "\n" not in str(caught.value)


def test_encrypted_zip_entry_is_refused():
    content = bytearray(word(["一、目标"]))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)

    with pytest.raises(errors.EncryptedFile):
        read_plan(bytes(content), "plan.docx")


def test_external_entity_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(word(["一、目标ENTITY"]))) as package:
        body = package.read("word/document.xml").decode()
    declaration = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]><w:document'
    body = body.replace("<w:document", declaration, 1).replace("ENTITY</w:t>", "&x;</w:t>")

    content = _changed(word(["甲"]), {"word/document.xml": body.encode()})

    assert "机密" not in str(read_plan(content, "plan.docx"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_encodings(encoding):
    draft = read_plan("二、工作目标\n（一）建好学校。".encode(encoding), "plan.txt")

    assert [goal.text for goal in draft.goals] == ["建好学校。"]


def test_word_file_is_known_by_its_bytes_not_by_its_name():
    document = docx.Document()
    document.add_paragraph("示例县工作方案")

    assert read_plan(saved(document), "plan.txt").title == "示例县工作方案"
