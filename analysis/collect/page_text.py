"""Web pages read into the words of their article."""

import re
from typing import Any, NamedTuple
from urllib.parse import urljoin

from analysis.collect.dates import read_given
from analysis.collect.errors import Unreadable, shown
from analysis.collect.feed_text import feed_text
from analysis.collect.fetch import PAGE, Client
from analysis.load.dates import ArticleDate
from analysis.load.html_text import read_page as read_markup
from analysis.store.addresses import canonical_url, safe_url

MOST_BYTES = 4_000_000
MOST_TAGS, MOST_MARKUP = 15_000, 2_000_000
"""Beyond so many tags or characters, which no article has, a page is read by our own reader alone: trafilatura's time
and memory grow fast with them (4 MB of nothing but paragraphs: half a minute and 800 MB)."""
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)


class PageText(NamedTuple):
    """What a page says: its address (its own word for it, where that is on the same host), and its article."""

    url: str
    title: str
    text: str
    date: ArticleDate
    lang: str
    source: str


def fetch_page(client: Client, url: str, *, robots: bool = True, attempts: int | None = None) -> PageText:
    """The article at `url`. Fails as Client.get does, and with Unreadable where there are no words."""
    answer = client.get(url, PAGE, robots=robots, attempts=attempts, most_bytes=MOST_BYTES)
    return page_text(answer.body, answer.content_type, answer.url)


def page_text(body: bytes, content_type: str, url: str) -> PageText:
    """The article in the page `body`, sent as `content_type` from `url`. Raises Unreadable where it has no words."""
    markup = _DECLARATION.sub("", decoded(body, content_type).replace("\0", " "), count=1)
    plain = read_markup(markup)
    is_modest = markup.count("<") <= MOST_TAGS and len(markup) <= MOST_MARKUP
    found = _extracted(markup, url) if is_modest else None
    text = (found.text or "").strip() if found else ""
    title = plain.facts.get("title") or (found.title if found else "") or ""
    if not (text or plain.text or title):
        raise Unreadable(f"{shown(url)} has no words to read")
    date = read_given(plain.facts.get("date"))
    if date.published_at is None and found:
        date = read_given(found.date)
    source = plain.facts.get("source") or (found.sitename if found else "") or ""
    return PageText(_own_address(plain.facts.get("url", ""), url), title.strip(), text or plain.text, date,
                    plain.facts.get("lang", "")[:2].lower(), source)  # fmt: skip


def decoded(body: bytes, content_type: str) -> str:
    """The characters of a page: as feeds are decoded, and by the charset that the page itself tells."""
    told = _META_CHARSET.search(body[:4096])
    return feed_text(body, f"{content_type}; charset={told[1].decode()}" if told else content_type)


def _extracted(markup: str, url: str) -> Any:
    """What trafilatura finds in a page: an object with title, text, date and sitename; None where it finds nothing."""
    # Only when a page is read: most runs read feeds alone, and it takes half a second to import.
    import trafilatura

    # Its guesses at dates beyond the markup are often those of other articles on the page.
    dates = {"original_date": True, "extensive_search": False}
    return trafilatura.bare_extraction(markup, url=url, include_comments=False, include_tables=False,
                                       with_metadata=True, date_extraction_params=dates)  # fmt: skip


def _own_address(told: str, url: str) -> str:
    """The address that a page gives itself, believed only on its own host; else the one it came from."""
    try:
        own = safe_url(urljoin(url, told)) if told else ""
    except ValueError:
        own = ""
    is_same_host = canonical_url(own).split("/")[2:3] == canonical_url(url).split("/")[2:3]
    return own if own and is_same_host else url
