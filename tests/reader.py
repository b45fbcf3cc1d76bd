"""Pages as a reader sees them: fetched, parsed, held to the house rules, and asked by CSS selector."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Page:
    """An answer of the dashboard."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @cached_property
    def html(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    @property
    def text(self) -> str:
        return " ".join(self.html.get_text(" ").split())

    def all(self, selector: str) -> list[Tag]:
        return list(self.html.select(selector))

    def one(self, selector: str) -> Tag:
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements match {selector!r}"
        return found[0]

    def text_of(self, selector: str) -> str:
        return " ".join(self.one(selector).get_text(" ").split())

    def values(self, field: str) -> list[str]:
        """The exact values shown for a field of the API, in the page's order."""
        return [str(tag["data-value"]) for tag in self.all(f'[data-field="{field}"][data-value]')]

    def value(self, field: str) -> str:
        """The exact value of a field, where the page shows one value for it (however often)."""
        found = set(self.values(field))
        assert len(found) == 1, f"{field} is shown as {sorted(found)}"
        return found.pop()

    def buy_ids(self) -> list[int]:
        return [int(str(row["data-buy-id"])) for row in self.all('[data-row="purchase"]')]


def assert_house_rules(page: Page) -> None:
    """What holds for every whole page."""
    html = page.html
    # One walk for all rules: a selector for each would walk the page again, in thousands of tests.
    tags = html.find_all(True)
    assert [tag.name for tag in tags].count("h1") == 1, "a page has one heading"
    assert html.title is not None
    assert html.title.get_text(strip=True)
    assert html.html is not None
    assert html.html.get("lang") == "en"
    ids = Counter(str(tag["id"]) for tag in tags if tag.has_attr("id"))
    assert max(ids.values(), default=0) <= 1, f"ids stand twice: {sorted(i for i in ids if ids[i] > 1)}"
    labels = {tag.get("for") for tag in tags if tag.name == "label"}
    for tag in tags:
        assert not is_forbidden(tag), f"the Content-Security-Policy forbids {tag}"
        if tag.name in ("select", "textarea") or (tag.name == "input" and tag.get("type") != "hidden"):
            is_labelled = tag.get("aria-label") or tag.get("id", "") in labels or tag.find_parent("label")
            assert is_labelled, f"no label on {tag}"
    assert "None" not in page.text.split(), "a missing value is shown as None"


def is_forbidden(tag: Tag) -> bool:
    """Say whether a browser would ignore it by the Content-Security-Policy: style and script belong into files."""
    is_inline = tag.name == "style" or (tag.name == "script" and not tag.has_attr("src"))
    return is_inline or any(name == "style" or name.startswith("on") for name in tag.attrs)


class Reader:
    """Somebody with a browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **parameters: object) -> Page:
        """Fetch a whole page and hold it to the house rules."""
        page = Page(self.client.get(path, query_string=parameters or None, follow_redirects=True))
        if page.response.mimetype == "text/html":
            assert_house_rules(page)
        return page

    def fragment(self, path: str, **parameters: object) -> Page:
        """Fetch what htmx would: a part without a frame."""
        page = Page(self.client.get(path, query_string=parameters or None, headers={"HX-Request": "true"}))
        assert "<html" not in page.response.get_data(as_text=True)
        return page

    def post(self, path: str, *, follow: bool = True, headers: dict[str, str] | None = None, **fields: str) -> Page:
        """Send a form with the token of a page that has one."""
        fields.setdefault("csrf_token", self.token())
        return Page(self.client.post(path, data=fields, follow_redirects=follow, headers=headers))

    def token(self) -> str:
        # Parsing the whole page for it would take longer than most answers.
        page = self.client.get("/login", follow_redirects=True).get_data(as_text=True)
        found = re.search('name="csrf_token" value="([^"]+)"', page)
        assert found
        return found[1]

    def sign_in(self, email: str, password: str) -> Page:
        return self.post("/login", email=email, password=password, next="/")
