"""Words from articles, made harmless where Markdown, HTML, a header or a terminal will read them."""

import html
import re
from urllib.parse import quote

from analysis.store.addresses import safe_url

_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
"""Controls, marks that turn the direction of writing, and halves of characters: nothing a reader would miss."""
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$^&!])")
_LEADING = re.compile(r"^(\d*)([-+=.):])")
"""What begins a list, a heading or a definition at the beginning of a line."""
_ALIVE = re.compile(r"(?i)(:(?=\S)|/(?=/)|www(?=\.)|@(?=\w)|(?<=\w)\.(?=[^\W\d]))")
"""Where addresses, names of persons and names of emoji would come alive."""
_KEPT = "/:?#@!$&*+,;=%-._~"
"""Characters of an address that stay; brackets, quotes and spaces would end it in Markdown."""


def one_line(value: object) -> str:
    """`value` as one line without controls."""
    return _UNSEEN.sub("", _SPACES.sub(" ", str(value))).strip()


def in_markdown(value: object) -> str:
    """`value` as text in Markdown: no emphasis, link, directive, emoji or HTML; it stays one line.

    Backslashes disarm the punctuation; a word joiner (no width) keeps addresses, which some renderers link after
    that, from coming alive.
    """
    safe = _MARKDOWN.sub(r"\\\1", _ALIVE.sub("\\1\u2060", one_line(value)))
    return _LEADING.sub(r"\1\\\2", safe)


def in_html(value: object) -> str:
    """`value` as text in HTML or an attribute of it."""
    return html.escape(one_line(value), quote=True)


def address(url: str) -> str:
    """`url` as a link may have it, "" where it is not http(s); what would end a link in Markdown or HTML is encoded."""
    return quote(safe_url(one_line(url)), safe=_KEPT)


def markdown_link(label: object, url: str) -> str:
    """A Markdown link with `label` as its text; the text alone where `url` is not http(s)."""
    target = address(url)
    return f"[{in_markdown(label)}](<{target}>)" if target else in_markdown(label)


def html_link(label: object, url: str) -> str:
    """An HTML link with `label` as its text; the text alone where `url` is not http(s)."""
    target = address(url)
    return f'<a href="{in_html(target)}" rel="noopener noreferrer">{in_html(label)}</a>' if target else in_html(label)
