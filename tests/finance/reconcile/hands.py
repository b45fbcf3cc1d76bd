"""What tests of comparisons do as a person would: upload a file, read the lists, answer what is asked."""

import io
from pathlib import Path

from bs4 import Tag
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.reader import Page, Reader, assert_house_rules

CASES = Path(__file__).parent / "cases"

SIDES = ("count", "theirs", "debited")


def upload(reader: Reader, content: bytes | str, name: str = "october.csv", **fields: str) -> Page:
    data = content.encode() if isinstance(content, str) else content
    form = {"csrf_token": reader.token(), "file": FileStorage(io.BytesIO(data), name), **fields}
    # The test client would leave a large form behind in a temporary file.
    boundary, body = encode_multipart(form)
    kind = f'multipart/form-data; boundary="{boundary}"'
    page = Page(reader.client.post("/finance/reconcile", data=body, content_type=kind, follow_redirects=True))
    assert_house_rules(page)
    return page


def upload_case(reader: Reader, name: str, **fields: str) -> Page:
    return upload(reader, (CASES / name).read_bytes(), name, **fields)


def sums(page: Page) -> dict[str, tuple[str, ...]]:
    """Number of rows, sum in the file, and sum debited, by list."""
    return {
        str(row["data-list"]): tuple(str(row.select(f'[data-sum="{side}"]')[0]["data-value"]) for side in SIDES)
        for row in page.all('[data-row="list"]')
    }


def counts(page: Page) -> dict[str, int]:
    """Number of rows of the lists that hold any."""
    return {name: int(values[0]) for name, values in sums(page).items() if values[0] != "0"}


def asked_form(page: Page) -> dict[str, str]:
    """What a browser would send of the page that asks, as it stands."""
    form = page.one('form[data-state="asked"]')
    sent = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]") if _is_sent(field)}
    for pick in form.select("select[name]"):
        chosen = pick.select("option[selected]") or pick.select("option")
        sent[str(pick["name"])] = str(chosen[0]["value"])
    return sent


def _is_sent(field: Tag) -> bool:
    return field.get("type") not in ("checkbox", "radio") or field.has_attr("checked")


def answer(reader: Reader, page: Page, choices: dict[str, str]) -> Page:
    """Send the form of the page that asks with these choices; a column may be chosen by its letter."""
    form = page.one('form[data-state="asked"]')
    chosen = {name: str(ord(value) - ord("A")) if value.isupper() else value for name, value in choices.items()}
    answered = Page(reader.client.post(str(form["action"]), data={**asked_form(page), **chosen}, follow_redirects=True))
    assert_house_rules(answered)
    return answered


def questions(page: Page) -> str:
    return " ".join(one.get_text(" ", strip=True) for one in page.all("[data-question]"))


def refused(page: Page) -> str:
    return page.text_of('[data-state="refused"]')
