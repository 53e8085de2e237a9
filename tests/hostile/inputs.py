"""What strangers send, by kind."""

import io
import zipfile

import openpyxl

# Legitimate letters that mean something elsewhere: kept and shown as words.
WORDS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "${7*7}#{7*7}",
    "'; drop table task; --",
    "' or 1=1 --",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1,1)",
    "%s%n%(id)s{0}{x.__class__}",
    "../../../../etc/passwd",
    "\u202etxt.exe",
    "\u2066甲\u2069\u200f",
    "\ufeff甲\u200b",
    "𠀀𪚥👩‍👩‍👧‍👦",
    "e\u0301" * 20,
    "甲\x00乙",
    "甲\x07\x1b[31m乙",
    "甲\r\nSet-Cookie: a=b",
)
# No words at all, or more than any field takes.
TEXTS = ("", " \t\u3000", "\x00", "\r\n\r\n", "长" * 5000)
_NUMBERS = """
nan NaN inf -inf Infinity 1e999 1e400 -1 -0.0001 99999999999999999999 [] 1,5 1_0 0x10 1e-400
１２x 五 ½ --1 1.2.3 1/0 true null
"""
_DATES = """
0000-00-00 0000-01-01 9999-99-99 2027-02-29 2027-13-01 2027-06-31 10000-01-01 -2027-06-30
30/06/2027 2027-06-30T00:00 二〇二七年六月 now 1e9
"""
_IDS = """
-1 0 9223372036854775807 9223372036854775808 18446744073709551616 1e3 1.0 0x1 null ../1 1;2 甲 [1]
"""
NUMBERS = (*_NUMBERS.split(), "9" * 5000)
DATES = (*_DATES.split(), "2027-06-30\x00")
IDS = (*_IDS.split(), "9" * 100, "1 or 1=1", "\x00", "1\x002")
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


def workbook() -> bytes:
    """A sound workbook with nothing that anybody asked for."""
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The workbook with one part more."""
    target = io.BytesIO(workbook())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return target.getvalue()


def uploads() -> dict[str, tuple[str, bytes]]:
    """What is wrong with a file → its name and content."""
    sound = workbook()
    pages = b"<html><script>alert(1)</script></html>"
    return {
        "zip bomb": ("a.xlsx", with_part("xl/media/a.xml", b"0" * 5_000_000)),
        "external entity": ("a.xlsx", with_part("xl/a.xml", ENTITY)),
        "external entity in UTF-16": ("a.xlsx", with_part("xl/a.xml", ENTITY.decode().encode("utf-16"))),
        "entities of entities": ("a.xlsx", with_part("xl/a.xml", LAUGHS)),
        "macro": ("a.xlsx", with_part("xl/vbaProject.bin", b"macro")),
        "embedded program": ("a.xlsx", with_part("xl/embeddings/a.exe", b"MZ")),
        "path that climbs": ("a.xlsx", with_part("../../etc/passwd", b"x")),
        "path from the root": ("a.xlsx", with_part("/etc/passwd", b"x")),
        "path of Windows": ("a.xlsx", with_part("..\\..\\a", b"x")),
        "cut in half": ("a.xlsx", sound[: len(sound) // 2]),
        "cut at the end": ("a.xlsx", sound[:-30]),
        "head of a zip": ("a.xlsx", b"PK\x03\x04"),
        "nothing": ("a.xlsx", b""),
        "program by another name": ("a.xlsx", b"MZ\x90\x00" + b"\0" * 200),
        "script by another name": ("a.xlsx", b"#!/bin/sh\nrm -rf /\n"),
        "page by another name": ("a.pdf", pages),
        "picture that is a page": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        "archive": ("a.zip", _archive()),
        "old Office file": ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        "page before a workbook": ("a.xlsx", pages + sound),
        "noise": ("a.docx", bytes(range(256)) * 8),
        "zeros": ("a.docx", b"\0" * 4096),
    }


def huge_picture() -> bytes:
    """A picture of 50 MB."""
    return b"\x89PNG\r\n\x1a\n" + bytes(50 << 20)


def _archive() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("a.txt", "甲")
    return target.getvalue()
