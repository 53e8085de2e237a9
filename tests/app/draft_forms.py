"""Kept drafts and their forms, for tests of the preview."""

from bs4 import BeautifulSoup

from plans.models import KeptDraft
from tests.conftest import NOW
from tests.factories import Factory
from tests.plans.drafts import draft

ROW = "/plan/drafts/{}/rows/measures/measures-1"


def kept(make: Factory, county: int, *, locked: tuple[str, ...] = (), **changes: object) -> int:
    with make.session(county) as session:
        row = KeptDraft(
            source_sha256="b" * 64,
            source_name="方案.docx",
            body=draft(**changes),
            source_texts={"12": "1.改善校舍。原来的话"},
            read_at=NOW,
            read_by="示例",
            locked_parts=list(locked),
            locked_by="地区教育局" if locked else None,
        )
        session.add(row)
        session.flush()
        return row.id


def sent(page: BeautifulSoup, **changes: str) -> dict[str, str]:
    """What the form of a row would send, with changes."""
    form = page.select_one("form.row-form")
    inputs = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    areas = {field["name"]: field.text.strip("\n") for field in form.select("textarea")}
    chosen = {
        field["name"]: (field.select_one("option[selected]") or {"value": ""})["value"]
        for field in form.select("select")
    }
    return {**inputs, **areas, **chosen, **changes}


def sent_accept(page: BeautifulSoup) -> dict[str, str]:
    return {"version": page.select_one("form[action$='/accept'] [name=version]")["value"]}
