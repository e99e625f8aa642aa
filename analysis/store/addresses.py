"""One spelling for each web address, so that an article met twice is known again.

The rules (docs/STORE.md lists them) take away only what is known never to tell articles apart. They err on the side
of two spellings: an article taken twice is dropped by its words, one taken for another would be lost.
"""

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

LONGEST = 4000
"""Characters of an address; a longer one is no article's."""
_TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|custom\d|link.*|ptr.*|bbc.*|format)|fb(?:clid|_.*)|gclid|gclsrc|dclid|gbraid|wbraid"
    r"|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_ga|_gl|_hsenc|_hsmi|ocid|cmpid|cmp|icid|ito|xtor|s_kwcid"
    r"|ns_(?:campaign|source|mchannel|linkname|fee)|ref_(?:src|url)|wt\.?mc(?:_.*)?|smid|sr_share|ftag|guccounter"
    r"|guce_.*|oly_.*_id|vero_.*|piano_.*|__twitter_impression|amp(?:=.*)?|outputtype",
    re.IGNORECASE,
)
_TWIN_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
"""Hosts that show the same pages; only where a whole host name is left without them."""
_AMP_CACHE = re.compile(r"/(?:c|v)/(?:s/)?([^/]+\.[^/]+)(/.*)?")
_GOOGLE_AMP = re.compile(r"/amp/(?:s/)?([^/]+\.[^/]+)(/.*)?")
_PORTS = {"http": 80, "https": 443}
_KEPT_IN_PATH = "/:@!$&'()*+,;=-._~"


def canonical_url(url: str | None) -> str:
    """The one spelling of a web address; "" where `url` is no http(s) address.

    The scheme becomes https; host names are lowered and lose www, m, mobile and amp; user, default port, fragment,
    tracking parameters and AMP marks go; what remains of the query is sorted. A path keeps its capitals.
    """
    text = (url or "").strip()
    if not text or len(text) > LONGEST:
        return ""
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in _PORTS or not host:
        return ""
    path = parts.path
    host, path = _unwrapped(host, path)
    place = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    query, fragment = _query(parts.query), f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    return f"https://{place}{_path(path)}{'?' if query else ''}{query}{fragment}"


def safe_url(url: str | None) -> str:
    """`url` where it is an http(s) address that may be linked to, else ""; without a user's name and password."""
    text = "".join(character for character in (url or "").strip() if character.isprintable()).replace(" ", "%20")
    if not canonical_url(text):
        return ""
    parts = urlsplit(text)
    # Browsers take a backslash for a slash, so that such an address leads elsewhere than it says.
    return "" if "\\" in parts.netloc else parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _host(name: str) -> str:
    lowered = name.lower().rstrip(".")
    if ":" in lowered:
        return f"[{lowered}]"
    if not re.fullmatch(r"[\w.-]+", lowered):
        return ""
    return _TWIN_HOST.sub("", lowered if lowered.isascii() else lowered.encode("idna").decode())


def _unwrapped(host: str, path: str) -> tuple[str, str]:
    """Host and path of the page behind the AMP caches' own addresses."""
    cached = None
    if host.endswith(".cdn.ampproject.org"):
        cached = _AMP_CACHE.fullmatch(path)
    elif re.fullmatch(r"google\.[a-z.]+", host):
        cached = _GOOGLE_AMP.fullmatch(path)
    return (_host(cached[1]), cached[2] or "/") if cached else (host, path)


def _path(path: str) -> str:
    """The path without AMP marks and last slash, escaped in one way."""
    plain = quote(unquote(path, errors="surrogateescape"), safe=_KEPT_IN_PATH, errors="surrogateescape")
    plain = re.sub(r"/{2,}", "/", plain)
    plain = re.sub(r"\.amp(?=\.html?$|$)", "", plain)
    plain = re.sub(r"^/amp(?=/.)|/amp/?$", "", plain)
    return plain.rstrip("/") or "/"


def _query(query: str) -> str:
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
             if not _TRACKING.fullmatch(pair[0])]  # fmt: skip
    return urlencode(sorted(pairs), errors="surrogateescape")
