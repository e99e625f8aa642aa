"""One article has one address, however it is spelt; two articles keep two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.store.addresses import LONGEST, canonical_url, safe_url

PLAIN = "https://gazzetta.it/Calcio/a-b"
SAME = {
    "as it is": PLAIN,
    "http": "http://gazzetta.it/Calcio/a-b",
    "capital host": "HTTPS://Gazzetta.IT/Calcio/a-b",
    "www": "https://www.gazzetta.it/Calcio/a-b",
    "mobile": "https://m.gazzetta.it/Calcio/a-b",
    "mobile in full": "https://mobile.gazzetta.it/Calcio/a-b",
    "amp host": "https://amp.gazzetta.it/Calcio/a-b",
    "amp folder": "https://gazzetta.it/amp/Calcio/a-b",
    "amp at the end": "https://gazzetta.it/Calcio/a-b/amp/",
    "amp ending": "https://gazzetta.it/Calcio/a-b.amp",
    "amp parameter": "https://gazzetta.it/Calcio/a-b?amp=1",
    "amp cache": "https://gazzetta-it.cdn.ampproject.org/c/s/www.gazzetta.it/Calcio/a-b",
    "search engine's amp": "https://www.google.com/amp/s/www.gazzetta.it/Calcio/a-b",
    "default port": "https://gazzetta.it:443/Calcio/a-b",
    "default port of http": "http://gazzetta.it:80/Calcio/a-b",
    "dot behind the host": "https://gazzetta.it./Calcio/a-b",
    "user": "https://reader:secret@gazzetta.it/Calcio/a-b",
    "fragment": "https://gazzetta.it/Calcio/a-b#comments",
    "last slash": "https://gazzetta.it/Calcio/a-b/",
    "double slash": "https://gazzetta.it//Calcio/a-b",
    "spaces around": f"  {PLAIN}\n",
    "escaped letters": "https://gazzetta.it/%43alcio/a%2Db",
    "utm": f"{PLAIN}?utm_source=rss&utm_medium=feed&UTM_Campaign=x",
    "click ids": f"{PLAIN}?fbclid=1&gclid=2&msclkid=3&yclid=4&igshid=5",
    "mail ids": f"{PLAIN}?mc_cid=1&mc_eid=2",
    "campaigns of papers": f"{PLAIN}?xtor=RSS-1&CMP=share&at_medium=RSS&at_campaign=KARANGA&cmpid=9&ito=x",
    "empty query": f"{PLAIN}?",
}  # fmt: skip
APART = {
    "capitals of the path": "https://gazzetta.it/calcio/a-b",
    "another host": "https://video.gazzetta.it/Calcio/a-b",
    "another path": "https://gazzetta.it/Calcio/a-c",
    "another port": "https://gazzetta.it:8080/Calcio/a-b",
    "a parameter that tells": f"{PLAIN}?id=2",
    "an empty parameter": f"{PLAIN}?print=",
    "an address of a script's": "https://gazzetta.it/Calcio/a-b#!/2",
}
NONE = ("", None, "   ", "gazzetta.it/a", "//gazzetta.it/a", "ftp://gazzetta.it/a", "mailto:a@b.it", "https://",
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://[::1", "https://a b/c",
        "https://gazzetta.it:99999/a", "https://<img>/a", "https://a/" + "b" * LONGEST)  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_spellings_of_one_address_are_one(name):
    assert canonical_url(SAME[name]) == PLAIN


@pytest.mark.parametrize("name", APART)
def test_other_addresses_stay_apart(name):
    assert canonical_url(APART[name]) not in ("", PLAIN)


def test_the_order_of_parameters_does_not_count():
    assert canonical_url(f"{PLAIN}?b=2&a=1") == canonical_url(f"{PLAIN}?a=1&b=2") == f"{PLAIN}?a=1&b=2"


def test_a_host_with_marks_is_its_ascii_form():
    assert canonical_url("https://münchen.de/a") == canonical_url("https://xn--mnchen-3ya.de/a")


@pytest.mark.parametrize("host", ["m.com", "amp.dev", "www.it"])
def test_a_host_is_never_cut_down_to_its_ending(host):
    assert canonical_url(f"https://{host}/a") == f"https://{host}/a"


@pytest.mark.parametrize("url", NONE)
def test_what_is_no_web_address_has_no_spelling_and_no_link(url):
    assert canonical_url(url) == "" == safe_url(url)


def test_a_link_holds_no_controls():
    assert safe_url("https://a.it/x\r\nSet-Cookie: y\u2028") == "https://a.it/xSet-Cookie:%20y"


@given(st.text() | st.text().map(lambda text: f"https://a.it/{text}") | st.text().map(lambda text: f"http://{text}/b"))
def test_a_spelling_is_its_own(url):
    once = canonical_url(url)
    assert canonical_url(once) == once
