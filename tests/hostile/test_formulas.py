"""Texts that begin like a formula stay texts in every workbook that is handed out."""

import ast
import io

import openpyxl
import pytest
from flask import Flask

from plans.actors import Role
from tests.architecture.source import called, name_of, nodes, python_files
from tests.factories import Factory
from tests.hostile.roads import FORMULA, path_to, rules
from tests.pages import PageClient
from tests.tenancy.places import Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SUPERVISOR])
def test_every_workbook_holds_the_word_as_text(
    app: Flask, client: PageClient, make: Factory, place: Place, role: Role
) -> None:
    client.sign_in(make.member(place.county_id, role))
    books = {}
    for rule in rules(app, "GET"):
        with client.http.get(path_to(rule, place)) as answer:
            if answer.mimetype == XLSX:
                books[rule.rule] = answer.data

    cells = [(rule, cell) for rule, content in books.items() for cell in _cells(content)]
    said = {rule for rule, cell in cells if str(cell.value).startswith(FORMULA)}

    assert len(books) >= 4
    assert said, "no workbook says the word: the test looks at nothing"
    assert [(rule, cell.coordinate) for rule, cell in cells if cell.data_type == "f"] == []
    assert [(rule, cell.coordinate) for rule, cell in cells if cell.hyperlink] == []


def test_every_writer_of_workbooks_keeps_texts_as_texts() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("app", "plans", "scoring")
        for node in nodes(path, ast.Call)
        if called(node) == "Workbook" and [ast.unparse(one) for one in node.args[1:]] != ["INERT"]
    ]

    assert wrong == [], "xlsxwriter.Workbook(target, INERT) of scoring/workbook/inert.py"


def _cells(content: bytes):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
