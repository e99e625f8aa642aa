"""The readable text of an HTML page, without scripts, menus and forms.

A tokenizer of our own, because the standard library's parser takes minutes over hostile markup; this one never goes
back, so its time grows with the page and no faster. Nothing of a page is run, fetched or kept but its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

_OPAQUE = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea", "title", "xmp",
    "noembed", "noframes",
))  # fmt: skip
_FURNITURE = frozenset(("nav", "footer", "aside", "form", "button", "dialog", "menu", "head"))
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_MAIN = frozenset(("article", "main"))
_TAG_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9:-]*)")
_ATTRIBUTE = re.compile(r"""([A-Za-z:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LONGEST_ATTRIBUTES = 4000
_META = {
    "article:published_time": "date", "datepublished": "date", "date": "date", "dc.date": "date", "pubdate": "date",
    "og:site_name": "source", "og:url": "url", "og:title": "shared_title",
}  # fmt: skip


@dataclass
class Page:
    """What a page says: its facts (title, date, lang, source, url; only those it gives) and its text."""

    facts: dict[str, str] = field(default_factory=dict)
    text: str = ""


class _Token(NamedTuple):
    """A tag (`kind` open or close, `value` its source), or text (`value` as written)."""

    kind: str
    name: str
    value: str


class _Block(NamedTuple):
    """A paragraph, heading or list item, and where it stands."""

    text: str
    tag: str
    in_main: bool
    in_furniture: bool


def read_page(markup: str) -> Page:
    """Title, text and stated date, language, source and address of the page `markup`.

    The text is that of its article or main element where it has one, one paragraph a line.
    """
    page, blocks = Page(), []
    for block in _blocks(markup, page.facts):
        blocks.append(block)
    heading = next((block.text for block in blocks if block.tag == "h1"), "")
    title = _title(page.facts.pop("head_title", ""), heading, page.facts.pop("shared_title", ""))
    if title:
        page.facts["title"] = title
    page.text = "\n".join(block.text for block in _body(blocks) if not (block.tag == "h1" and block.text == title))
    return page


def _title(head: str, heading: str, shared: str) -> str:
    # The head's title often has the site's name behind it; the heading has not.
    return heading if heading and head.startswith(heading) else head or heading or shared


def _body(blocks: list[_Block]) -> list[_Block]:
    plain = [block for block in blocks if not block.in_furniture]
    return [block for block in plain if block.in_main] or plain or blocks


def _blocks(markup: str, facts: dict[str, str]) -> Iterator[_Block]:
    depth = {"main": 0, "furniture": 0}
    words: list[str] = []
    tag = ""
    for token in _tokens(markup):
        if token.kind == "text":
            words.append(token.value)
            continue
        _note_facts(token, facts)
        if token.name in _INLINE:
            continue
        text = _collapse("".join(words))
        if text:
            yield _Block(text, tag, depth["main"] > 0, depth["furniture"] > 0)
        words = []
        tag = token.name if token.kind == "open" else ""
        _count_depth(token, depth)
    text = _collapse("".join(words))
    if text:
        yield _Block(text, tag, depth["main"] > 0, depth["furniture"] > 0)


def _count_depth(token: _Token, depth: dict[str, int]) -> None:
    for kind, names in (("main", _MAIN), ("furniture", _FURNITURE)):
        if token.name in names and not token.value.endswith("/>"):
            depth[kind] = max(0, depth[kind] + (1 if token.kind == "open" else -1))
    if token.name == "body":
        depth["furniture"] = 0


def _collapse(text: str) -> str:
    return " ".join(unescape(text).split())


def _note_facts(token: _Token, facts: dict[str, str]) -> None:
    if token.name == "title" and token.kind == "open":
        facts.setdefault("head_title", _collapse(token.value))
    if token.name not in ("html", "meta", "link", "time") or len(token.value) > _LONGEST_ATTRIBUTES:
        return
    attributes = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(token.value)}
    if token.name == "html":
        facts.setdefault("lang", attributes.get("lang", ""))
    elif token.name == "time":
        facts.setdefault("date", attributes.get("datetime", ""))
    elif token.name == "link" and attributes.get("rel", "").lower() == "canonical":
        facts["url"] = attributes.get("href", "")
    key = _META.get((attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower())
    if token.name == "meta" and key:
        facts.setdefault(key, attributes.get("content", ""))


def _tokens(markup: str) -> Iterator[_Token]:
    position, length = 0, len(markup)
    while position < length:
        opening = markup.find("<", position)
        if opening != position:
            yield _Token("text", "", markup[position : opening if opening >= 0 else length])
            position = opening if opening >= 0 else length
            continue
        match = _TAG_NAME.match(markup, position)
        if not match and not markup.startswith(("<!", "<?", "</"), position):
            yield _Token("text", "", "<")
            position += 1
            continue
        end = _tag_end(markup, position)
        if not match:
            position = end
            continue
        name, source = match[1].lower(), markup[position:end]
        kind = "close" if source.startswith("</") else "open"
        if kind == "open" and name in _OPAQUE and not source.endswith("/>"):
            inner_end, end = _element_end(markup, name, end)
            source = markup[position + len(source) : inner_end]
        yield _Token(kind, name, source)
        position = end


def _tag_end(markup: str, start: int) -> int:
    """Offset behind the tag, comment or declaration at `start`; the page's end where it is never closed."""
    mark = "-->" if markup.startswith("<!--", start) else ">"
    end = markup.find(mark, start)
    if mark == ">" and end >= 0 and markup.count('"', start, end) % 2:
        # The bracket stands inside a quoted attribute: the tag goes on behind the closing quote.
        quote = markup.find('"', end)
        end = markup.find(mark, quote) if quote >= 0 else end
    return end + len(mark) if end >= 0 else len(markup)


def _element_end(markup: str, name: str, start: int) -> tuple[int, int]:
    """Offsets of the closing tag of the element `name` whose inside begins at `start`, and behind that tag."""
    closing = re.compile(rf"</{name}\b", re.IGNORECASE).search(markup, start)
    if not closing:
        return len(markup), len(markup)
    return closing.start(), _tag_end(markup, closing.start())
