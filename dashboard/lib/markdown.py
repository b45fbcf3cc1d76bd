"""Pure: our own documents in Markdown as HTML: CommonMark, in which HTML is text and every heading has an address."""

import itertools

from markdown_it import MarkdownIt
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False})


def sections_of(text: str) -> list[str]:
    """Return the titles of a document's sections (``##``), in their order; each is its own address on the page."""
    tokens = _READER.parse(text)
    pairs = itertools.pairwise(tokens)
    return [title.content for opening, title in pairs if (opening.type, opening.tag) == ("heading_open", "h2")]


def to_html(text: str) -> Markup:
    """Return a document without its title as HTML. A section's ``id`` is its title."""
    tokens = _READER.parse(text)
    for opening, title in itertools.pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", title.content)
    after_title = next((place for place, token in enumerate(tokens) if token.type == "heading_close"), -1) + 1
    # The reader escapes everything that is not Markdown.
    return Markup(_READER.renderer.render(tokens[after_title:], _READER.options, {}))  # noqa: S704
